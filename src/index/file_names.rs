//! The names of all files of an index, each written here and nowhere else.

use std::path::{Path, PathBuf};

/// The id of every generation's tantivy segment: `passages` in hexadecimal, and the number 1.
macro_rules! segment_id {
    () => {
        "70617373616765730000000000000001"
    };
}

/// The id of every generation's tantivy segment.
pub(super) const SEGMENT_ID: &str = segment_id!();

/// Says which generation is current; in the index folder itself.
pub const CURRENT: &str = "CURRENT";
/// [`CURRENT`] while it is written.
pub const CURRENT_NEW: &str = "CURRENT.new";
/// Held while an index is built, in the index folder itself.
pub const LOCK: &str = "lock";
/// The prefix of a generation's folder; its number follows.
pub const GENERATION: &str = "gen-";
/// The manifest of a generation: written last, read first.
pub const MANIFEST: &str = "manifest.json";
/// A checksum for every block of every file.
pub const SUMS: &str = "sums";

/// What tantivy reads first: the schema and the list of segments.
pub const META: &str = "meta.json";
/// The terms of all families (tantivy's).
pub const TERMS: &str = concat!(segment_id!(), ".term");
/// The posting lists (tantivy's).
pub const POSTINGS: &str = concat!(segment_id!(), ".idx");
/// The positions (tantivy's).
pub const POSITIONS: &str = concat!(segment_id!(), ".pos");
/// The text of each passage and the id of its article, as stored fields (tantivy's).
pub const STORE: &str = concat!(segment_id!(), ".store");
/// The lengths of the passages, for tantivy's BM25.
pub const FIELD_NORMS: &str = concat!(segment_id!(), ".fieldnorm");
/// Fast fields, of which there are none (tantivy's).
pub const FAST_FIELDS: &str = concat!(segment_id!(), ".fast");

/// The files of the segment.
pub(super) const SEGMENT: [&str; 6] = [TERMS, POSTINGS, POSITIONS, STORE, FIELD_NORMS, FAST_FIELDS];

/// The prefix of the lock files that readers of tantivy leave behind.
pub(super) const TANTIVY_LOCKS: &str = ".tantivy-";

/// The table of passages, one column for each number.
pub const PASSAGES: &str = "passages";
/// Where each passage's text begins in [`STORE`], with its checksum.
pub const TEXT_STARTS: &str = "text-starts";
/// Which topics each passage touches.
pub const TOPICS: &str = "topics";
/// A record for each article.
pub const ARTICLES: &str = "articles";
/// The strings of the articles' records.
pub const ARTICLE_STRINGS: &str = "article-strings";
/// Hashes of the articles' ids, sorted.
pub const IDS: &str = "ids";
/// The Han words of the word field with the frequencies by which they were cut.
pub const WORDS: &str = "words";
/// The compiled lexicon.
pub const LEXICON: &str = "lexicon";
/// The compiled words of the imported dictionaries, where there are any.
pub const DICTIONARY: &str = "dictionary";
/// The files that were imported into the lexicon.
pub const IMPORTS: &str = "imports";
/// The files that were read.
pub const SOURCES: &str = "sources.jsonl";
/// Keys of the lines that would be dropped if they stood in more files.
pub const LINES: &str = "lines";
/// What was not read, and why.
pub const SKIPS: &str = "skips.jsonl";
/// Lines that were dropped as page furniture.
pub const DROPPED: &str = "dropped.jsonl";

/// The folder of a generation.
pub(super) fn generation_folder(dir: &Path, number: u64) -> PathBuf {
    dir.join(format!("{GENERATION}{number}"))
}

/// The number in a folder's name (`gen-12` gives 12); nothing for any other spelling.
pub(super) fn generation_number(name: &str) -> Option<u64> {
    let number = name.strip_prefix(GENERATION)?.parse().ok()?;
    (format!("{GENERATION}{number}") == name).then_some(number)
}
