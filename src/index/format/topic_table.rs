//! Which topics a passage touches: a few bits for each, worked out once when a generation is
//! written, from its own postings.
//!
//! A passage touches a topic when it, or its title, holds a name of any of the topic's concepts.

use crate::index::trust::VerifiedFile;

/// The bits of each passage, topic by topic in the lexicon's order.
#[derive(Debug)]
pub(crate) struct TopicTable {
    bytes: VerifiedFile,
    /// Bytes a passage.
    width: usize,
}

impl TopicTable {
    /// Takes the bits of `passages` passages; nothing where the length does not fit.
    pub(crate) fn open(bytes: VerifiedFile, passages: u32) -> Option<Self> {
        let passages = passages as usize;
        let width = bytes.len().checked_div(passages).unwrap_or(0);
        (bytes.len() == width * passages).then_some(Self { bytes, width })
    }

    /// Whether a passage touches the topic of a number; never where there is no such number.
    #[inline]
    pub(crate) fn has_topic(&self, passage: u32, topic: usize) -> bool {
        self.bits(passage).get(topic / 8).is_some_and(|it| it >> (topic % 8) & 1 == 1)
    }

    /// How many passages touch the topic of a number.
    pub(crate) fn count(&self, topic: usize) -> u64 {
        let all = self.bytes.get(0..self.bytes.len()).unwrap_or_default();
        let own = all.iter().skip(topic / 8).step_by(self.width.max(1));
        own.map(|it| u64::from(it >> (topic % 8) & 1)).sum()
    }

    /// The numbers of the topics that a passage touches, rising.
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
