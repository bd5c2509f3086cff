//! Writes a new generation. `change_set` finds what changed, `read_files` reads and analyses it in
//! batches on all cores, `passage_order` numbers all passages by path, `merge_jobs` merges the
//! batches with what is kept, and `generation_writer` writes every file, the manifest last.

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
pub(crate) use generation_writer::{NewGeneration, write_generation};
pub(crate) use outcome::ReadFiles;
pub(crate) use read_files::{WorkerContext, read_files};
pub(crate) use repeated_lines::CandidateLines;
pub(crate) use spool::SPOOL_NAMES;
pub(crate) use work_queue::ArticleCount;
