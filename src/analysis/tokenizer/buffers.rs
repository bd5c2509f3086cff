//! Buffers and caches that are reused from one text to the next.

use std::sync::{Mutex, PoisonError};

use crate::analysis::english::StemCache;
use crate::text::{Folded, Span};

use super::run_cache::RunCache;

/// The buffers of one analysis at a time, and its caches of stems and runs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Buffers {
    pub(crate) stems: StemCache,
    /// Used only for texts of an index.
    pub(crate) runs: RunCache,
    pub(crate) folded: Folded,
    /// The characters of the current Han run.
    pub(crate) places: Vec<HanPlace>,
    /// The words of that run: the first character and the one after the last.
    pub(crate) words: Vec<(usize, usize)>,
    /// Holds a word while it is folded.
    pub(crate) word: String,
}

/// Where a character of a Han run stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HanPlace {
    pub(crate) position: u32,
    pub(crate) span: Span,
    pub(crate) text: Span,
}

/// Unused buffers: each analysis takes some and gives them back, on any thread.
#[derive(Debug)]
pub(crate) struct Pool {
    #[expect(clippy::vec_box, reason = "each text takes one out and puts it back")]
    rest: Mutex<Vec<Box<Buffers>>>,
    most_stems: usize,
}

impl Pool {
    /// A pool of buffers that cache up to `most_stems` stems each.
    pub(crate) fn new(most_stems: usize) -> Self {
        Self { rest: Mutex::default(), most_stems }
    }

    pub(crate) fn take(&self) -> Box<Buffers> {
        let at_rest = self.rest.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let stems = || StemCache::remembering(self.most_stems);
        at_rest.unwrap_or_else(|| Box::new(Buffers { stems: stems(), ..Buffers::default() }))
    }

    pub(crate) fn give_back(&self, buffers: Box<Buffers>) {
        self.rest.lock().unwrap_or_else(PoisonError::into_inner).push(buffers);
    }
}
