//! Topics: their names and numbers, and which of them a passage touches.

use crate::index::Index;
use crate::lexicon::Topic;

/// The topics of an index, numbered as its passages name them.
pub(super) struct Topics(Vec<Topic>);

impl Topics {
    pub(super) fn new(index: &Index) -> Self {
        Self(index.lexicon().topics())
    }

    /// The number of the topic of a name.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|it| it.name == name)
    }

    /// The names of the topics that a passage touches, sorted.
    pub(super) fn of(&self, index: &Index, passage: u32) -> Vec<String> {
        let own = index.topics_of(passage).filter_map(|it| self.0.get(it));
        let mut names: Vec<String> = own.map(|it| it.name.clone()).collect();
        names.sort_unstable();
        names
    }
}
