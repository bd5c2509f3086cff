//! Every number that ranking may be tuned by, with what speaks for it.

/// What an exact form counts beside its stem: a stemmed match alone counts `1 - EXACT`.
pub(super) const EXACT: f32 = 0.3;

/// What a bigram of a Han run weighs beside a word of letters. A run of n characters gives n - 1
/// bigrams and about n / 2 words, so that half keeps a name of four characters near two words.
pub(super) const BIGRAM: f32 = 0.5;

/// What a dictionary word of a Han run weighs: most words are bigrams and have scored as such.
/// nDCG@10 of cmrc2018 .981 with .5, .985 with .25 (without characters).
pub(super) const WORD: f32 = 0.25;

/// What a single Han character of a longer run weighs. nDCG@10 of cmrc2018 .981 with 0, .984 with
/// .3 (words at .5); of the Chinese questions of xquad-mixed .972 with .4, .969 with .6.
pub(super) const CHARACTER: f32 = 0.4;

/// What the idf of a unit of a Han run is raised to: its characters, bigrams and words say the same
/// thing several times, the common ones oftener. nDCG@10 of the Chinese questions of xquad-mixed
/// and of cmrc2018 .972 and .988 with 1, .973 and .9885 with 1.15, .974 and .9888 with 1.3.
pub(super) const HAN_RARITY: f32 = 1.3;

/// The idf that stays as it is then.
pub(super) const HAN_PIVOT: f32 = 6.0;

/// The most that two neighbouring terms side by side add, as a share of the rarer one's idf.
pub(super) const NEAR: f32 = 0.5;

/// What a term in the title adds, as a share of its idf. nDCG@10 of scifact and cmrc2018 .685 and
/// .976 with 0, .692 and .981 with .2, .694 and .984 with .4; .7 costs scifact a point.
pub(super) const TITLE: f32 = 0.3;

/// `--more-like` asks for so many terms of a passage: fewer miss its subject, more its point.
pub(super) const KIN_TERMS: usize = 25;

/// Of the translations of a word, so many are searched, the first senses first: with 6 or 12
/// instead of 8 an English question finds its Chinese passage as well (.793).
pub(super) const TRANSLATIONS: usize = 8;

/// What a translation of one Han character counts beside one of several: a character by itself
/// means many things, and stands in many words (.790 with .3, .793 with .1, .794 with .03).
pub(super) const SINGLE_TRANSLATION: f32 = 0.1;

/// What one occurrence of the translations counts, shared among them by their places: none is
/// sure, so that one alone hardly saturates (.786 with 1, .793 with 2, .793 with 3; with 3 the
/// direct answers lose .001 more).
pub(super) const TRANSLATED: f32 = 2.0;

/// A Han run of up to so many characters is a name: present only as a whole.
pub(super) const NAME_CHARACTERS: usize = 4;

/// Above so many words that begin alike, a prefix takes the first ones in order.
pub(super) const PREFIX_WORDS: usize = 1_000;

/// Only so many candidates, the best by their terms, are weighed by proximity and title. The same
/// for every limit, so that a short answer is the beginning of a long one.
///
/// With 24, 32, 40, 48 and 64 nDCG@10 is the same on four collections (cacm .513 with 24, .512 with
/// the others), and with 24 a whole answer takes 5 in 100 less time than with 32. Of 500
/// runs of words and Han characters over 175,280 passages .884 have a passage that holds the whole
/// run first with each of them; of the ten hits that 64 gives 32 gives 99.6 in 100, 24 99.3.
pub(super) const RERANKED: usize = 24;
