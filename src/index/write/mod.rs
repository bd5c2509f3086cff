//! Writes a generation: what changed, what was read, and how it is put together.

#[expect(clippy::indexing_slicing, reason = "its numbers are its own; a build is fenced")]
mod batch;
mod change_set;
mod generation_writer;
mod inverted;
mod merge_jobs;
mod outcome;
#[expect(clippy::indexing_slicing, reason = "its numbers are its own; a build is fenced")]
mod passage_order;
mod read_files;
mod repeated_lines;
mod spool;
mod topic_labels;
mod work_queue;

pub(crate) use change_set::{ChangeSet, PlannedFile, PreviousGeneration};
pub(crate) use generation_writer::{NewGeneration, write};
pub(crate) use outcome::ReadFiles;
pub(crate) use read_files::{WorkerContext, read_files};
pub(crate) use repeated_lines::CandidateLines;
pub(crate) use spool::SPOOLS;
