//! Fingerprints of passages, and the families of passages that are copies of each other.
//!
//! A fingerprint is made from one passage, so it can be stored beside it. Families are made from
//! all fingerprints together. MinHash with locality-sensitive hashing finds candidates (A. Broder,
//! "On the resemblance and containment of documents", 1997; P. Indyk and R. Motwani 1998); of these
//! only the ones whose texts really overlap count.

mod families;
mod print;
mod shape;
mod units;

pub use families::families;
pub use print::{Fingerprint, fingerprint};
pub use shape::{are_copies, resemblance};
