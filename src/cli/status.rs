//! `search status`: what the index holds.

use clap::Args;

use super::fault::Fault;
use super::global::Global;
use super::{Outcome, output, place};

/// Tell what the index holds
#[derive(Args, Debug)]
pub(super) struct Typed {
    #[command(flatten)]
    global: Global,
}

/// Tells it.
pub(super) fn run(typed: &Typed) -> Result<Outcome, Fault> {
    let folder = place::index_folder(typed.global.index.as_deref())?;
    let index = passages::index::Index::open(&folder)?;
    output::write(&format!("{}\n", index.manifest().statistics.articles))?;
    Ok(Outcome::Done)
}
