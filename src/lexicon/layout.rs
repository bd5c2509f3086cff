//! The byte layout of a compiled lexicon: a header, a hash table of keys, the keys with their
//! senses, the entries, the topics. Numbers are little-endian, and all reading is bounds-checked.
//!
//! A hash table suits better than a sorted table or an fst: a query looks up every run of its
//! tokens, and nearly all look-ups miss. A miss touches one page here, and `fst` panics on damaged
//! bytes.

use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64;

/// Bytes that are read piece by piece, so that their owner can verify each piece when it is
/// touched.
pub trait Bytes {
    /// The bytes of a range; `None` where they are out of bounds or differ from what was written.
    fn piece(&self, range: Range<usize>) -> Option<&[u8]>;
}

impl Bytes for Vec<u8> {
    fn piece(&self, range: Range<usize>) -> Option<&[u8]> {
        self.get(range)
    }
}

/// The first bytes; the digit is the version of the layout.
const MAGIC: [u8; 4] = *b"PLX1";
/// The magic bytes and six numbers.
pub(super) const HEADER_BYTES: usize = 4 + 6 * 4;
/// The mark of a key and its offset.
pub(super) const BUCKET_BYTES: usize = 8;
/// The flag of a name that counts only in capitals.
pub(super) const IS_CAPITALS_ONLY: u8 = 1;

/// The first character of keys that are readings; no token starts with it.
pub(super) const READING: char = '\u{1}';

/// The header of a compiled lexicon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    /// The most tokens of any key.
    pub(super) longest_key_tokens: u32,
    /// The number of buckets: a power of two, or 0.
    pub(super) buckets: u32,
    /// The number of entries.
    pub(super) entries: u32,
    /// The offset of the first entry.
    pub(super) entries_start: u32,
    /// The number of topics.
    pub(super) topics: u32,
    /// The offset of the first topic.
    pub(super) topics_start: u32,
}

impl Header {
    pub(super) fn read(bytes: &dyn Bytes) -> Option<Self> {
        if bytes.piece(0..4)? != MAGIC {
            return None;
        }
        let mut at = ByteReader::at(bytes, 4);
        let header = Self {
            longest_key_tokens: at.u32()?,
            buckets: at.u32()?,
            entries: at.u32()?,
            entries_start: at.u32()?,
            topics: at.u32()?,
            topics_start: at.u32()?,
        };
        (header.buckets == 0 || header.buckets.is_power_of_two()).then_some(header)
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        out.extend(MAGIC);
        let (tokens, buckets) = (self.longest_key_tokens, self.buckets);
        let numbers = [tokens, buckets, self.entries, self.entries_start];
        for number in numbers.into_iter().chain([self.topics, self.topics_start]) {
            out.extend(number.to_le_bytes());
        }
    }
}

/// The bucket of a key, and the mark that tells it from its neighbours.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hash {
    pub(super) place: u32,
    pub(super) mark: u32,
}

pub(super) fn hash(key: &str) -> Hash {
    let [a, b, c, d, e, f, g, h] = xxh3_64(key.as_bytes()).to_le_bytes();
    Hash { place: u32::from_le_bytes([a, b, c, d]), mark: u32::from_le_bytes([e, f, g, h]) }
}

/// Reads forward from an offset. Reading past the end gives `None`.
pub(super) struct ByteReader<'a> {
    bytes: &'a dyn Bytes,
    at: usize,
}

impl<'a> ByteReader<'a> {
    pub(super) fn at(bytes: &'a dyn Bytes, offset: u32) -> Self {
        Self { bytes, at: offset as usize }
    }

    pub(super) fn offset(&self) -> u32 {
        u32::try_from(self.at).unwrap_or(u32::MAX)
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        self.take().map(|[it]| it)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.take().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    pub(super) fn bytes(&mut self) -> Option<&'a [u8]> {
        let len = usize::from(self.u16()?);
        let found = self.bytes.piece(self.at..self.at.checked_add(len)?)?;
        self.at += len;
        Some(found)
    }

    pub(super) fn text(&mut self) -> Option<String> {
        self.str().map(str::to_owned)
    }

    pub(super) fn str(&mut self) -> Option<&'a str> {
        str::from_utf8(self.bytes()?).ok()
    }

    pub(super) fn texts(&mut self) -> Option<Vec<String>> {
        (0..self.u16()?).map(|_| self.text()).collect()
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let found = self.bytes.piece(self.at..self.at.checked_add(N)?)?;
        self.at += N;
        found.try_into().ok()
    }
}

/// Appends a text for [`ByteReader::text`]. A text that is too long is cut at a character.
pub(super) fn push_text(out: &mut Vec<u8>, text: &str) {
    let end = text.floor_char_boundary(usize::from(u16::MAX));
    let text = text.get(..end).unwrap_or_default();
    push_count(out, text.len());
    out.extend(text.as_bytes());
}

/// Appends texts for [`ByteReader::texts`].
pub(super) fn push_texts(out: &mut Vec<u8>, texts: &[String]) {
    push_count(out, texts.len());
    for text in texts.iter().take(usize::from(u16::MAX)) {
        push_text(out, text);
    }
}

/// Appends a count in 16 bits; a greater one becomes the maximum.
pub(super) fn push_count(out: &mut Vec<u8>, count: usize) {
    out.extend(u16::try_from(count).unwrap_or(u16::MAX).to_le_bytes());
}
