//! The topics of each passage, as bits. They are computed once, when a generation is written, from
//! its own postings (`write/topic_labels.rs`).
//!
//! A passage has a topic when it, or its title, holds a name of one of the topic's concepts.

use crate::index::trust::VerifiedFile;

/// The topic bits of all passages, topics in the lexicon's order.
#[derive(Debug)]
pub(crate) struct TopicTable {
    bytes: VerifiedFile,
    /// Bytes for each passage.
    width: usize,
}

impl TopicTable {
    /// Opens the bits of `passages` passages; nothing where the length does not fit.
    pub(crate) fn open(bytes: VerifiedFile, passages: u32) -> Option<Self> {
        let passages = passages as usize;
        let width = bytes.len().checked_div(passages).unwrap_or(0);
        (bytes.len() == width * passages).then_some(Self { bytes, width })
    }

    /// Whether a passage has a topic; false where there is no such topic.
    #[inline]
    pub(crate) fn has_topic(&self, passage: u32, topic: usize) -> bool {
        self.bits(passage).get(topic / 8).is_some_and(|it| it >> (topic % 8) & 1 == 1)
    }

    /// How many passages have a topic.
    pub(crate) fn count(&self, topic: usize) -> u64 {
        let all = self.bytes.get(0..self.bytes.len()).unwrap_or_default();
        let own = all.iter().skip(topic / 8).step_by(self.width.max(1));
        own.map(|it| u64::from(it >> (topic % 8) & 1)).sum()
    }

    /// The numbers of a passage's topics, rising.
    pub(crate) fn of(&self, passage: u32) -> impl Iterator<Item = usize> {
        let bytes = self.bits(passage).iter().enumerate();
        bytes.flat_map(|(at, byte)| {
            (0..8).filter(move |it| byte >> it & 1 == 1).map(move |it| at * 8 + it)
        })
    }

    fn bits(&self, passage: u32) -> &[u8] {
        let start = passage as usize * self.width;
        self.bytes.get(start..start + self.width).unwrap_or_default()
    }
}
