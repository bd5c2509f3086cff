//! What an analysis needs on the way, kept from one text to the next.

use std::sync::{Mutex, PoisonError};

use crate::text::{Folded, Span};

use super::cut::Route;
use super::runs::Runs;
use super::stem::Stems;

/// Buffers, and the stems and runs that were met.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    pub(super) stems: Stems,
    /// Of texts for an index.
    pub(super) runs: Runs,
    pub(super) folded: Folded,
    /// The Han run that is being read, folded, and where its characters stand.
    pub(super) run: Vec<char>,
    pub(super) places: Vec<Place>,
    /// Where it is cut.
    pub(super) route: Route,
    /// Where a word is put together.
    pub(super) word: String,
}

/// Where a character of a Han run stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) position: u32,
    pub(super) span: Span,
    pub(super) text: Span,
}

/// Memories at rest: each thread that analyses takes one and gives it back.
#[derive(Debug)]
pub(super) struct Pool {
    #[expect(clippy::vec_box, reason = "each text takes one out and puts it back")]
    rest: Mutex<Vec<Box<Memory>>>,
    most_stems: usize,
}

impl Pool {
    /// Each memory is to keep so many stems.
    pub(super) fn new(most_stems: usize) -> Self {
        Self { rest: Mutex::default(), most_stems }
    }

    pub(super) fn take(&self) -> Box<Memory> {
        let at_rest = self.rest.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let stems = || Stems::remembering(self.most_stems);
        at_rest.unwrap_or_else(|| Box::new(Memory { stems: stems(), ..Memory::default() }))
    }

    pub(super) fn give_back(&self, memory: Box<Memory>) {
        self.rest.lock().unwrap_or_else(PoisonError::into_inner).push(memory);
    }
}
