//! What means the same: curated concepts and topics, a person's own, and those mined from the
//! corpus. Parsed when an index is built, mapped when it is asked.

mod compiled;

pub use compiled::{Compiled, Entry, Kind, Sense};
