//! Topics: their names and numbers, and which of them a passage has.

use std::cell::OnceCell;

use crate::index::Generation;

/// The topics of an index, in the order of their numbers; read when the first name is needed.
pub(super) struct Topics<'a> {
    index: &'a Generation,
    names: OnceCell<Vec<&'a str>>,
}

impl<'a> Topics<'a> {
    pub(super) fn new(index: &'a Generation) -> Self {
        Self { index, names: OnceCell::new() }
    }

    fn names(&self) -> &[&'a str] {
        self.names.get_or_init(|| self.index.lexicon().topic_names())
    }

    /// The number of the topic of a name.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.names().iter().position(|it| *it == name)
    }

    /// The names of a passage's topics, sorted.
    pub(super) fn of(&self, passage: u32) -> Vec<String> {
        let own = self.index.topics_of(passage).filter_map(|it| self.names().get(it));
        let mut names: Vec<String> = own.map(|it| (*it).to_owned()).collect();
        names.sort_unstable();
        names
    }
}
