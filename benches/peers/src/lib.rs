//! What the programs of this package share: the words of a text, the passages, and how the driver
//! and an engine talk.

pub mod engine;
pub mod passage;
pub mod words;
