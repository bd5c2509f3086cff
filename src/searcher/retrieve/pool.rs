//! Buffers at rest between searches.

use std::sync::{Mutex, PoisonError};

use super::match_window::MatchWindow;
use super::score_window::ScoreWindow;

/// More threads than these make windows for themselves.
const MOST_AT_REST: usize = 16;

/// Empty windows at rest: to make one anew takes longer than a rare word's search.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    windows: Pool<MatchWindow>,
    /// For those who need bounds alone.
    pub(crate) scores: Pool<ScoreWindow>,
}

impl Buffers {
    /// An empty window with so many words of evidence a passage.
    pub(crate) fn take(&self, words: usize) -> MatchWindow {
        self.windows.take(|it| it.words == words).unwrap_or_else(|| MatchWindow::new(words))
    }

    /// Puts an empty window by.
    pub(crate) fn give_back(&self, window: MatchWindow) {
        self.windows.give_back(window);
    }
}

/// What is at rest between searches.
#[derive(Debug)]
pub(crate) struct Pool<T>(Mutex<Vec<T>>);

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Pool<T> {
    /// One that fits, if there is any.
    pub(crate) fn take(&self, fits: impl FnMut(&T) -> bool) -> Option<T> {
        let mut rest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        rest.iter().position(fits).map(|at| rest.swap_remove(at))
    }

    /// Puts one by.
    pub(crate) fn give_back(&self, one: T) {
        let mut rest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if rest.len() < MOST_AT_REST {
            rest.push(one);
        }
    }
}
