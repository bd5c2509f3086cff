//! Fingerprints of passages, and which passages are copies of which.
//!
//! A fingerprint is made from one passage alone, so it can be stored beside it. Families are made
//! from all fingerprints together: candidates by MinHash and locality-sensitive hashing (A. Broder,
//! "On the resemblance and containment of documents", 1997; P. Indyk and R. Motwani 1998), and of
//! the candidates only those whose texts truly overlap.

mod families;
mod print;
mod shape;
mod units;

pub use families::families;
pub use print::{Fingerprint, fingerprint};
pub use shape::{are_copies, resemblance};
