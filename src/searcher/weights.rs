//! Every number that ranking is tuned by, with the reason or the measurement for it, and the files
//! that read it.

/// What an occurrence in its exact form counts beside its stem: an occurrence of the stem alone
/// counts `1 - EXACT`.
///
/// Read by `plan::words`.
pub(super) const EXACT: f32 = 0.3;

/// What a bigram of a Han run weighs beside a word of letters. A run of n characters gives n - 1
/// bigrams and about n / 2 words, so that half keeps a name of four characters near two words.
///
/// Read by `plan::han`, `plan::phrases`.
pub(super) const BIGRAM: f32 = 0.5;

/// What a dictionary word of a Han run weighs: most words are bigrams and have scored as such.
/// nDCG@10 of cmrc2018 .981 with .5, .985 with .25 (without characters).
///
/// Read by `plan::han`.
pub(super) const WORD: f32 = 0.25;

/// What a single Han character of a longer run weighs. nDCG@10 of cmrc2018 .981 with 0, .984 with
/// .3 (words at .5); of the Chinese questions of xquad-mixed .972 with .4, .969 with .6.
///
/// Read by `plan::han`.
pub(super) const CHARACTER: f32 = 0.4;

/// The power to which the idf of the terms of a Han run is raised: its characters, bigrams and
/// words say the same thing several times, the common ones oftener. nDCG@10 of the Chinese
/// questions of xquad-mixed and of cmrc2018 .972 and .988 with 1, .973 and .9885 with 1.15, .974
/// and .9888 with 1.3.
///
/// Read by `plan::han`.
pub(super) const HAN_RARITY: f32 = 1.3;

/// The idf that this power leaves as it is.
///
/// Read by `plan::han`.
pub(super) const HAN_PIVOT: f32 = 6.0;

/// The most that the proximity of two neighbouring terms adds, as a share of the lower of their
/// idfs.
///
/// Read by `plan::mod`.
pub(super) const PROXIMITY: f32 = 0.5;

/// What a term in the title adds, as a share of its idf. nDCG@10 of scifact and cmrc2018 .685 and
/// .976 with 0, .692 and .981 with .2, .694 and .984 with .4; .7 costs scifact a point.
///
/// Read by `answer::rerank`, `plan::query_plan`.
pub(super) const TITLE: f32 = 0.3;

/// `--more-like` searches for so many terms of a passage: with fewer its subject is missed, with
/// more its point.
///
/// Read by `plan::more_like`.
pub(super) const MORE_LIKE_TERMS: usize = 25;

/// Of the translations of a word, so many are searched, the first senses first: with 6 or 12
/// instead of 8 an English question finds its Chinese passage as well (.793).
///
/// Read by `plan::translations`.
pub(super) const TRANSLATIONS: usize = 8;

/// What a translation of one Han character counts beside one of several: a character by itself
/// means many things, and stands in many words (.790 with .3, .793 with .1, .794 with .03).
///
/// Read by `plan::translations`.
pub(super) const SINGLE_TRANSLATION: f32 = 0.1;

/// What one occurrence of the translations counts, shared among them by their places: none is
/// sure, so that one alone hardly saturates (.786 with 1, .793 with 2, .793 with 3; with 3 the
/// direct answers lose .001 more).
///
/// Read by `plan::translations`.
pub(super) const TRANSLATED: f32 = 2.0;

/// A Han run of up to so many characters is a name: a passage holds it only as a whole.
///
/// Read by `plan::han`.
pub(super) const NAME_CHARACTERS: usize = 4;

/// Of the words that begin alike, at most so many are searched, the first in order.
///
/// Read by `plan::prefix`, `postings::prefix`.
pub(super) const PREFIX_WORDS: usize = 1_000;

/// Only so many candidates, the best by their terms, are re-ranked by title and proximity. The same
/// for every limit, so that a short answer is the beginning of a long one.
///
/// With 24, 32, 40, 48 and 64 nDCG@10 is the same on four collections (cacm .513 with 24, .512 with
/// the others), and with 24 a whole answer takes 5 in 100 less time than with 32. Of 500
/// runs of words and Han characters over 175,280 passages .884 have a passage that holds the whole
/// run first with each of them; of the ten hits that 64 gives 32 gives 99.6 in 100, 24 99.3.
///
/// Read by `answer::rerank`, `retrieve::maxscore`, `retrieve::top_k`, `search`.
pub(super) const RERANKED: usize = 24;
