//! From candidates to hits.

pub(crate) mod explain;
pub(crate) mod hits;
