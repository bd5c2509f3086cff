//! What an analysis needs on the way, kept from one text to the next.

use std::sync::{Mutex, PoisonError};

use crate::text::{Folded, Span};

use super::Token;
use super::segment::Workspace;
use super::stem::Stems;

/// Buffers, and the stems that were met.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    pub(super) stems: Stems,
    pub(super) folded: Folded,
    /// The Han run that is being read, folded, and where its characters stand.
    pub(super) run: String,
    pub(super) places: Vec<Place>,
    /// Where it is cut.
    pub(super) space: Workspace,
    /// Where a word is put together.
    pub(super) word: String,
    pub(super) spare: Vec<Token>,
}

/// Where a character of a Han run stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) position: u32,
    pub(super) span: Span,
    pub(super) in_run: Span,
}

/// Memories at rest: each thread that analyses takes one and gives it back.
#[derive(Debug, Default)]
pub(super) struct Pool(Mutex<Vec<Memory>>);

impl Pool {
    pub(super) fn take(&self) -> Memory {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.pop().unwrap_or_else(|| Memory { stems: Stems::remembering(), ..Memory::default() })
    }

    pub(super) fn give_back(&self, memory: Memory) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(memory);
    }
}
