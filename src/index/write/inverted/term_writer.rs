//! Writes a term dictionary with tantivy's bytes: an FST from each term to its number, then the
//! `TermInfo` of each term in bit-packed blocks.

use std::io::{self, Write};

use tantivy::postings::TermInfo;

use super::fst_writer::FstWriter;

/// Terms of a block.
const BLOCK: usize = 256;
/// Kind and version of the dictionary, with which it ends.
const KIND_AND_VERSION: [u32; 2] = [1, 1];

/// Writes a term dictionary.
pub(crate) struct TermDictionaryWriter<O: Write> {
    fst: FstWriter<O>,
    /// The entries of the current block.
    infos: Vec<TermInfo>,
    /// The heads of the full blocks, and their packed entries.
    heads: Vec<u8>,
    packed: Vec<u8>,
    terms: u64,
}

impl<O: Write> TermDictionaryWriter<O> {
    /// A dictionary without terms.
    pub(crate) fn create(out: O) -> io::Result<Self> {
        let (heads, packed) = (Vec::new(), Vec::new());
        let infos = Vec::with_capacity(BLOCK);
        Ok(Self { fst: FstWriter::create(out)?, infos, heads, packed, terms: 0 })
    }

    /// Appends a term; terms rise.
    pub(crate) fn push(&mut self, term: &[u8], info: TermInfo) -> io::Result<()> {
        self.fst.push(term)?;
        self.infos.push(info);
        self.terms += 1;
        if self.infos.len() == BLOCK {
            self.close_block();
        }
        Ok(())
    }

    /// Packs a block. Its first entry is written out in its head; of the others the starts of
    /// postings and positions, relative to the first, and the document frequencies; then the ends
    /// of the last.
    fn close_block(&mut self) {
        let Some((first, others)) = self.infos.split_first() else { return };
        let last = others.last().unwrap_or(first);
        let (postings, positions) = (first.postings_range.start, first.positions_range.start);
        let ends = [last.postings_range.end - postings, last.positions_range.end - positions];
        let most = others.iter().map(|it| it.doc_freq).max().unwrap_or(0);
        let widths = [ends[0] as u64, ends[1] as u64, most.into()].map(width);
        self.heads.extend((self.packed.len() as u64).to_le_bytes());
        self.heads.extend(first.doc_freq.to_le_bytes());
        for range in [&first.postings_range, &first.positions_range] {
            self.heads.extend((range.start as u64).to_le_bytes());
            self.heads.extend(u32::try_from(range.len()).unwrap_or(u32::MAX).to_le_bytes());
        }
        self.heads.extend([widths[2], widths[0], widths[1]].map(|it| it as u8));
        let mut bits = BitWriter { out: &mut self.packed, open: 0, count: 0 };
        for info in others {
            let starts =
                [info.postings_range.start - postings, info.positions_range.start - positions];
            bits.push(starts[0] as u64, widths[0]);
            bits.push(starts[1] as u64, widths[1]);
            bits.push(info.doc_freq.into(), widths[2]);
        }
        bits.push(ends[0] as u64, widths[0]);
        bits.push(ends[1] as u64, widths[1]);
        bits.close();
        self.infos.clear();
    }

    /// Writes the rest and returns the output.
    pub(crate) fn finish(mut self) -> io::Result<O> {
        self.close_block();
        let mut out = self.fst.finish()?;
        let lengths = [self.heads.len() as u64, self.terms];
        lengths.iter().try_for_each(|it| out.write_all(&it.to_le_bytes()))?;
        out.write_all(&self.heads)?;
        out.write_all(&self.packed)?;
        let length = 16 + self.heads.len() + self.packed.len();
        out.write_all(&(length as u64).to_le_bytes())?;
        KIND_AND_VERSION.iter().try_for_each(|it| out.write_all(&it.to_le_bytes()))?;
        Ok(out)
    }
}

/// The number of bits of a number; 64 where it takes more than 56, which could not be read at once.
fn width(number: u64) -> u32 {
    let bits = u64::BITS - number.leading_zeros();
    if bits > 56 { 64 } else { bits }
}

/// Packs numbers bit by bit, lowest first, padded to a whole byte.
struct BitWriter<'a> {
    out: &'a mut Vec<u8>,
    open: u64,
    count: u32,
}

impl BitWriter<'_> {
    fn push(&mut self, number: u64, width: u32) {
        self.open |= number << self.count;
        self.count += width;
        if let Some(over) = self.count.checked_sub(u64::BITS) {
            self.out.extend(self.open.to_le_bytes());
            self.open = number.checked_shr(width - over).unwrap_or(0);
            self.count = over;
        }
    }

    fn close(self) {
        let bytes = self.open.to_le_bytes();
        self.out.extend(bytes.iter().take(self.count.div_ceil(8) as usize));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use tantivy::termdict::TermDictionaryBuilder;

    use super::*;

    /// The bytes that tantivy writes.
    #[track_caller]
    fn check(terms: &BTreeSet<Vec<u8>>) {
        let mut own = TermDictionaryWriter::create(Vec::new()).unwrap();
        let mut theirs = TermDictionaryBuilder::create(Vec::new()).unwrap();
        let (mut postings, mut positions) = (8, 0);
        for (term, seed) in terms.iter().zip(0_usize..) {
            let lengths = [seed * seed % 977 + 1, seed % 7 * (seed % 1013)];
            let (postings_range, positions_range) =
                (postings..postings + lengths[0], positions..positions + lengths[1]);
            (postings, positions) = (postings_range.end, positions_range.end);
            let doc_freq = u32::try_from(seed % 300 + 1).unwrap();
            let info = TermInfo { doc_freq, postings_range, positions_range };
            theirs.insert(term, &info).unwrap();
            own.push(term, info).unwrap();
        }
        assert!(own.finish().unwrap() == theirs.finish().unwrap(), "{} terms", terms.len());
    }

    /// Bytes without a pattern, from a seed.
    fn random(seed: u64) -> u64 {
        let it = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        it ^ (it >> 31)
    }

    #[test]
    fn a_dictionary_has_the_bytes_of_tantivys_own() {
        check(&BTreeSet::new());
        check(&BTreeSet::from([vec![]]));
        check(&["", "a", "ab", "abc", "b", "train", "trains"].map(|it| it.into()).into());
        // Nodes of 2, 33, 64 and 256 transitions.
        for count in [2, 32, 33, 63, 64, 255, 256] {
            check(&(0..count).map(|it| vec![b'x', it as u8]).collect());
        }
        // More nodes than the registry keeps, of few letters, so that many are equal.
        let word = |seed: u64| {
            let letters = random(seed).to_le_bytes();
            let length = random(seed + 1_000_000) as usize % 7 + 1;
            let letter = |it: &u8| b"aent.7\xc3z".get(usize::from(it % 8)).copied();
            letters.iter().take(length).filter_map(letter).collect()
        };
        check(&(0..60_000).map(word).collect());
        // Words of this text.
        let text = include_str!("term_writer.rs").as_bytes();
        check(&text.split(|it| !it.is_ascii_alphanumeric()).map(<[u8]>::to_vec).collect());
    }
}
