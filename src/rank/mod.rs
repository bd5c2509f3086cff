//! How passages are ranked: numbers and the positions of matched terms go in, a score comes out. This
//! module knows no index and no files.
//!
//! The score of a passage is a sum, and [`Explanation`] shows its parts:
//!
//! ```text
//! score = tiers · T + Σ idf(t) · w(t) · tf(t) + proximity + title
//! ```
//!
//! - **tiers** is 2 where the passage holds every typed word, in any inflection, 1 where it holds some of
//!   them only by another name (also one in the other language), else 0. `T` is greater than all the other
//!   parts can be together, so a complete passage stands above every incomplete one.
//! - **idf(t)** is `ln(1 + (n - df + .5) / (df + .5))` ([`idf`]; Robertson & Zaragoza, "The Probabilistic
//!   Relevance Framework: BM25 and Beyond", 2009). `n` and `df` count the passages in the term's
//!   script alone: English texts never change the rank of Chinese ones. A word with other names is
//!   as rare as all of them together.
//! - **tf(t)** is BM25's saturated frequency `f (k1 + 1) / (f + k1 (1 - b + b length / mean))` with `k1`
//!   1.0 and `b` .6 ([`Bm25`]). All forms of a term count together before they saturate: `f` is the
//!   frequency of its stem, of which an exact form counts in full and another form less. A Han
//!   character counts as .6 word of a length.
//! - **w(t)** is 1 for a word. The pieces of a Chinese run (characters, bigrams, words) share the
//!   weight of what they say together; a translation weighs less than the word itself.
//! - **proximity** is for neighbouring terms that stand near each other, at most half of the
//!   lower idf for each pair, half of that at three positions apart and nothing beyond 24 ([`proximity`]; Huston & Croft, "A Comparison
//!   of Retrieval Models using Term Dependencies", 2014).
//! - **title** is .3 of the idf of each term that stands in the title.
//!
//! Proximity and title are added for the best 24 passages by their terms. Ties go by the article's id
//! and the passage's place in it. What was measured to choose a constant stands beside it, in
//! `searcher::weights` and in this module.

mod bm25;
mod explanation;
mod occurrence;
mod proximity;

pub use bm25::{Bm25, idf};
pub use explanation::{Explanation, TermPart};
pub use occurrence::Occurrence;
pub use proximity::{Pair, Proximity, proximity};
