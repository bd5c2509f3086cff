//! The concepts and topics that come with the program, as TOML files compiled into it. They are
//! parsed only when an index is built.

use anyhow::{Context, Result};
use serde::Deserialize;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::compiled::{Entry, Kind, Topic};

/// The data files with their names for messages.
const FILES: &[(&str, &str)] = &[
    ("topics.toml", include_str!("data/topics.toml")),
    ("routes.toml", include_str!("data/routes.toml")),
    ("places.toml", include_str!("data/places.toml")),
    ("people.toml", include_str!("data/people.toml")),
    ("institutions.toml", include_str!("data/institutions.toml")),
    ("economy.toml", include_str!("data/economy.toml")),
    ("energy.toml", include_str!("data/energy.toml")),
    ("technology.toml", include_str!("data/technology.toml")),
    ("security.toml", include_str!("data/security.toml")),
    ("diplomacy.toml", include_str!("data/diplomacy.toml")),
    ("agriculture.toml", include_str!("data/agriculture.toml")),
    ("climate.toml", include_str!("data/climate.toml")),
    ("culture.toml", include_str!("data/culture.toml")),
];

/// Entries, and the topics that they name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lexicon {
    /// Concepts, in the order of their files.
    pub entries: Vec<Entry>,
    /// Topics, in the order of their files.
    pub topics: Vec<Topic>,
}

impl Lexicon {
    /// The names of two or more Han characters: words for the cut of Chinese text.
    #[must_use]
    pub fn han_names(&self) -> Vec<String> {
        let names = self.entries.iter().flat_map(|it| &it.names);
        let is_han = |it: &&String| it.chars().all(crate::text::is_han) && it.chars().count() > 1;
        names.filter(is_han).cloned().collect()
    }
}

/// Reads the concepts and topics that come with the program.
///
/// # Errors
/// A data file was broken when the program was built. A test reads all of them, so this does not
/// happen.
pub fn curated() -> Result<Lexicon> {
    let mut lexicon = Lexicon::default();
    for (name, text) in FILES {
        let file: LexiconFile = toml::from_str(text).with_context(|| (*name).to_owned())?;
        lexicon.topics.extend(file.topic);
        lexicon.entries.extend(file.concept.into_iter().map(|it| it.into_entry(Kind::Curated)));
    }
    Ok(lexicon)
}

/// Must rise when the same files, or dictionaries, are compiled into something else.
const FORM: u64 = 1;

/// A number that changes with the data files and with `FORM`. It is made without parsing them.
#[must_use]
pub fn fingerprint() -> u64 {
    FILES.iter().fold(FORM, |seed, (_, text)| xxh3_64_with_seed(text.as_bytes(), seed))
}

/// The content of a lexicon file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LexiconFile {
    #[serde(default)]
    pub(super) topic: Vec<Topic>,
    #[serde(default)]
    pub(super) concept: Vec<Concept>,
}

/// A concept as written in a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Concept {
    pub(super) names: Vec<String>,
    #[serde(default)]
    pub(super) topics: Vec<String>,
    #[serde(default)]
    pub(super) capitals: Vec<String>,
    #[serde(default)]
    pub(super) narrower: Vec<String>,
}

impl Concept {
    pub(super) fn into_entry(self, kind: Kind) -> Entry {
        let Self { names, topics, capitals, narrower } = self;
        Entry { names, kind, topics, seen: Vec::new(), capitals, narrower }
    }
}
