//! What an analysis needs on the way, kept from one text to the next.

use std::sync::{Mutex, PoisonError};

use crate::analysis::english::StemCache;
use crate::text::{Folded, Span};

use super::run_cache::RunCache;

/// Buffers, and the stems and runs that were met.
#[derive(Clone, Debug, Default)]
pub(crate) struct Buffers {
    pub(crate) stems: StemCache,
    /// Of texts for an index.
    pub(crate) runs: RunCache,
    pub(crate) folded: Folded,
    /// Where the characters of the Han run stand that is being read.
    pub(crate) places: Vec<HanPlace>,
    /// The words into which it is cut: first character and past the last.
    pub(crate) words: Vec<(usize, usize)>,
    /// Where a word is put together.
    pub(crate) word: String,
}

/// Where a character of a Han run stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HanPlace {
    pub(crate) position: u32,
    pub(crate) span: Span,
    pub(crate) text: Span,
}

/// Memories at rest: each thread that analyses takes one and gives it back.
#[derive(Debug)]
pub(crate) struct Pool {
    #[expect(clippy::vec_box, reason = "each text takes one out and puts it back")]
    rest: Mutex<Vec<Box<Buffers>>>,
    most_stems: usize,
}

impl Pool {
    /// Each memory is to keep so many stems.
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
