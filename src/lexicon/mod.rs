//! What means the same: curated concepts and topics, a person's own, and those mined from the
//! corpus. Parsed when an index is built, mapped when it is asked.

mod compile;
mod compiled;
mod curated;
mod layout;
mod mine;

pub use compile::compile;
pub use compiled::{Compiled, Entry, Kind, Sense, Topic};
pub use curated::{Lexicon, curated};
pub use mine::Miner;
