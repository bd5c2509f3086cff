//! Builds the inverted index: tokens become sorted runs, and runs (with the postings kept from
//! before) one tantivy segment. The bytes are those of tantivy's own serializer; a test compares
//! them.

#[expect(clippy::indexing_slicing, reason = "a byte among 256 norms")]
mod field_norms;
#[expect(clippy::indexing_slicing, reason = "its numbers are its own; a build is fenced")]
mod fst_writer;
#[expect(clippy::indexing_slicing, reason = "its numbers are its own; a build is fenced")]
mod inverter;
#[expect(clippy::indexing_slicing, reason = "its numbers are its own; a build is fenced")]
mod merge;
mod postings_writer;
mod segment_writer;
mod sorted_run;
#[expect(clippy::indexing_slicing, reason = "its numbers are its own; a build is fenced")]
mod term_ids;
mod term_writer;

pub(crate) use field_norms::FieldNorms;
pub(crate) use inverter::Inverter;
pub(crate) use merge::{DELETED, PostingSources, PreviousPostings};
pub(crate) use segment_writer::{SegmentWriter, SpooledFamily};
pub(crate) use sorted_run::RunKind;
