//! BM25 over one virtual field: title and body count together, and so do all forms of a term.

/// The parameters of BM25: how fast repetition saturates, and how much length matters.
///
/// Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009.
///
/// ```
/// let bm25 = passages::rank::Bm25::default();
/// let norm = bm25.norm(120.0, 120.0);
/// // Twice as often is worth more, but not twice as much.
/// let (once, twice) = (bm25.saturate(1.0, norm), bm25.saturate(2.0, norm));
/// assert!(once < twice && twice < 2.0 * once && twice < bm25.ceiling());
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bm25 {
    /// The higher, the longer further occurrences count.
    pub k1: f32,
    /// The share of length normalization: 0 ignores length, 1 applies it fully.
    pub b: f32,
}

impl Default for Bm25 {
    /// `k1` 1.0 and `b` .6 stand between the .9 and .4 that suit claims and questions and the 1.2
    /// and .75 that suit titles with short abstracts. nDCG@10 of scifact and cacm: .699 and .510
    /// with 1.2 and .75, .701 and .515 with 1.0 and .5, .704 and .509 with these.
    fn default() -> Self {
        Self { k1: 1.0, b: 0.6 }
    }
}

impl Bm25 {
    /// The part of the denominator that depends on length only: `k1 (1 - b + b length / mean)`.
    #[must_use]
    pub fn norm(self, length: f32, mean: f32) -> f32 {
        self.k1 * (1.0 - self.b + self.b * length / mean.max(1.0))
    }

    /// The saturated frequency, `frequency (k1 + 1) / (frequency + norm)`, between 0 and `k1 + 1`.
    #[must_use]
    #[inline]
    pub fn saturate(self, frequency: f32, norm: f32) -> f32 {
        frequency * (self.k1 + 1.0) / (frequency + norm)
    }

    /// The upper bound of [`Bm25::saturate`].
    #[must_use]
    pub fn ceiling(self) -> f32 {
        self.k1 + 1.0
    }
}

/// Inverse document frequency, `ln(1 + (n - df + .5) / (df + .5))`. It is never negative, not even
/// for terms in most passages.
///
/// ```
/// use passages::rank::idf;
/// assert!(idf(1, 1_000) > idf(10, 1_000));
/// assert!(idf(1_000, 1_000) > 0.0);
/// ```
///
/// `passages` (n) counts only the passages with text in the term's script: in a mostly English
/// corpus, the idf of a Chinese term must not change with every English article.
#[must_use]
pub fn idf(document_frequency: u32, passages: u32) -> f32 {
    let df = f64::from(document_frequency);
    let n = f64::from(passages).max(df);
    ((n - df + 0.5) / (df + 0.5)).ln_1p() as f32
}
