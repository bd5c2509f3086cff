//! Buffers that are kept from one search to the next.

use std::sync::{Mutex, PoisonError};

use super::match_window::MatchWindow;
use super::score_window::ScoreWindow;

/// So many buffers of a kind are kept; further threads make their own each time.
const MOST_KEPT: usize = 16;

/// Empty windows: to make one anew takes longer than to search for a rare word.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    match_windows: Pool<MatchWindow>,
    pub(super) score_windows: Pool<ScoreWindow>,
}

impl Buffers {
    /// An empty window with so many words of bits a passage.
    pub(super) fn match_window(&self, words: usize) -> MatchWindow {
        self.match_windows.take(|it| it.words == words).unwrap_or_else(|| MatchWindow::new(words))
    }

    /// Keeps an empty window.
    pub(super) fn keep_match_window(&self, window: MatchWindow) {
        self.match_windows.give_back(window);
    }
}

/// Values that are kept for the next user.
#[derive(Debug)]
pub(super) struct Pool<T>(Mutex<Vec<T>>);

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Pool<T> {
    /// Takes one that fits, if there is any.
    pub(super) fn take(&self, fits: impl FnMut(&T) -> bool) -> Option<T> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().position(fits).map(|at| kept.swap_remove(at))
    }

    /// Keeps one.
    pub(super) fn give_back(&self, one: T) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < MOST_KEPT {
            kept.push(one);
        }
    }
}
