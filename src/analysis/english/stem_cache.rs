//! A cache of stems by word.

use crate::text::Span;

use super::stem::stem;

/// How many stems are cached while an index is built: a power of two.
pub(crate) const INDEX_STEMS: usize = 1 << 16;
/// How many are cached for a query and a few passages.
pub(crate) const QUERY_STEMS: usize = 1 << 10;
/// With more bytes of text for each slot than this the cache is emptied.
const MOST_BYTES: usize = 64;

/// Stems words and caches the stems: a lookup takes a tenth of the time of the stemmer.
#[derive(Clone, Debug, Default)]
pub(crate) struct StemCache {
    slots: Vec<Slot>,
    texts: String,
    /// How many are kept; none at 0.
    most: usize,
}

/// A word and its stem, one after the other in the texts.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    word: Span,
    stem: Span,
    /// The word's hash: of another word it is another one, nearly always.
    hash: u64,
}

impl Slot {
    #[inline]
    fn is_of(&self, word: &str, hash: u64, texts: &str) -> bool {
        self.hash == hash && self.word.of(texts) == word
    }
}

impl StemCache {
    /// Remembers up to `most` stems, a power of two.
    pub(crate) fn remembering(most: usize) -> Self {
        Self { most, ..Self::default() }
    }

    /// The stem of a folded word.
    pub(crate) fn stem(&mut self, word: &str) -> &str {
        if self.most < 2 {
            self.texts.clear();
            self.texts.push_str(&stem(word));
            return &self.texts;
        }
        if self.slots.is_empty() || self.texts.len() > self.most * MOST_BYTES {
            self.slots.clear();
            self.slots.resize(self.most, Slot::default());
            self.texts.clear();
        }
        // A word has two slots; the one that was met last stands in its first.
        let hash = hash(word.as_bytes());
        let at = hash as usize & (self.most - 2);
        let Some([first, second]) = self.slots.get_mut(at..at + 2) else { return "" };
        if !first.is_of(word, hash, &self.texts) {
            std::mem::swap(first, second);
            if !first.is_of(word, hash, &self.texts) {
                let start = self.texts.len();
                self.texts.push_str(word);
                let middle = self.texts.len();
                self.texts.push_str(&stem(word));
                let (word, stem) = (Span::new(start, middle), Span::new(middle, self.texts.len()));
                *first = Slot { word, stem, hash };
            }
        }
        first.stem.of(&self.texts)
    }
}

/// Spreads short words well enough over the slots; nothing depends on its values.
fn hash(word: &[u8]) -> u64 {
    let (chunks, rest) = word.as_chunks::<8>();
    let mut last = [0; 8];
    last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    let mix = |hash: u64, chunk: &[u8; 8]| {
        (hash.rotate_left(23) ^ u64::from_le_bytes(*chunk)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    };
    let hash = mix(chunks.iter().fold(word.len() as u64, mix), &last);
    hash >> 32
}
