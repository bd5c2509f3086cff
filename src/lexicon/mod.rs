//! Knows which names mean the same: curated concepts and topics, a person's own, dictionaries, and
//! names mined from the corpus.
//!
//! `curated`, `own`, `cedict` and `mine` give entries, `compile` turns them into bytes when an
//! index is built, and [`Compiled`] looks names up in these bytes (`layout`).

mod cedict;
mod compile;
mod compiled;
mod curated;
mod import;
mod irregular;
mod layout;
mod lemma;
mod mine;
mod own;
mod reading;

pub use cedict::cedict;
pub use compile::compile;
pub use compiled::{Compiled, Entry, Kind, Sense, Topic};
pub use curated::{Lexicon, curated, fingerprint};
pub use import::{Form, Import, dictionary};
pub use irregular::irregular;
pub use layout::Bytes;
pub use lemma::lemmas;
pub use mine::Miner;
pub use own::{Own, own};
pub use reading::{letters, readings};
