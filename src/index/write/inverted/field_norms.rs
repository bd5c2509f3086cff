//! Field norms: the lengths of passages as tantivy encodes them, and which posting of a block
//! scores highest by tantivy's BM25.

use tantivy::fieldnorm::FieldNormReader;

/// The constants of tantivy's BM25 (`tantivy::query::bm25`).
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// The lengths of all passages of a generation.
///
/// Lengths are counted our way: a Han character counts as .6 word.
pub(crate) struct FieldNorms {
    /// The length of each passage in one byte, rounded down (`FieldNormReader`).
    codes: Vec<u8>,
    total: u64,
    /// For each code what tantivy adds to the frequency in the denominator of BM25.
    norms: [f32; 256],
}

impl FieldNorms {
    /// From the lengths of the passages, in order.
    pub(crate) fn new(lengths: impl Iterator<Item = u16>) -> Self {
        let mut total = 0_u64;
        let code = |length: u16| {
            total += u64::from(length);
            FieldNormReader::fieldnorm_to_id(length.into())
        };
        let codes: Vec<u8> = lengths.map(code).collect();
        #[expect(clippy::cast_precision_loss, reason = "tantivy divides the same two numbers so")]
        let mean = total as f32 / codes.len() as f32;
        let mut norms = [0.0; 256];
        for (code, norm) in (0..=u8::MAX).zip(&mut norms) {
            #[expect(clippy::cast_precision_loss, reason = "as in tantivy")]
            let length = FieldNormReader::id_to_fieldnorm(code) as f32;
            *norm = K1 * (1.0 - B + B * length / mean);
        }
        Self { codes, total, norms }
    }

    /// The codes, in the order of the passages.
    pub(crate) fn codes(&self) -> &[u8] {
        &self.codes
    }

    /// The sum of all lengths.
    pub(crate) fn total(&self) -> u64 {
        self.total
    }

    /// The length code and frequency of the posting with the highest score, the last one among
    /// equals: what tantivy's skip list stores for each block (block-max WAND; Ding & Suel, "Faster
    /// Top-k Document Retrieval Using Block-Max Indexes", 2011).
    pub(crate) fn highest(&self, passages: &[u32], frequencies: &[u32]) -> (u8, u32) {
        let mut highest = (0, 0);
        let mut highest_score = 0.0;
        for (passage, frequency) in passages.iter().zip(frequencies) {
            let code = self.codes.get(*passage as usize).copied().unwrap_or(0);
            #[expect(clippy::cast_precision_loss, reason = "a passage holds few thousand words")]
            let count = *frequency as f32;
            let score = count / (count + self.norms[usize::from(code)]);
            if score >= highest_score {
                (highest, highest_score) = ((code, *frequency), score);
            }
        }
        highest
    }
}
