//! Writes a generation: what changed, what was read, and how it is put together.

#[expect(clippy::indexing_slicing, reason = "its numbers are its own; a build is fenced")]
mod batch;
mod change_set;
mod generation_writer;
pub(crate) mod inverted;
mod merge_jobs;
#[expect(clippy::indexing_slicing, reason = "its numbers are its own; a build is fenced")]
mod passage_order;
mod read_files;
mod repeated_lines;

pub(crate) use batch::Stores;
pub(crate) use change_set::{Before, Plan, Planned};
pub(crate) use generation_writer::{Content, write};
pub(crate) use read_files::{Gathered, SPOOLS, Shop, gather};
pub(crate) use repeated_lines::Lines;
