//! The compiled lexicon: bytes in which queries look up names without parsing.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::layout::{
    BUCKET_BYTES, ByteReader, Bytes, HEADER_BYTES, Header, IS_CAPITALS_ONLY, READING, hash,
};
use crate::text::is_han;

/// The origin of a name. It decides the weight of an expansion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A person's own file.
    Own,
    /// The file that comes with the program.
    Curated,
    /// An acronym defined in the corpus.
    Acronym,
    /// A gloss in brackets in the corpus.
    Gloss,
    /// An imported dictionary.
    Dictionary,
}

impl Kind {
    /// All kinds, the most trusted first.
    pub const ALL: [Self; 5] =
        [Self::Own, Self::Curated, Self::Acronym, Self::Gloss, Self::Dictionary];

    /// The weight of an occurrence of another name relative to what was typed, 0 to 1.
    #[must_use]
    pub fn weight(self) -> f32 {
        match self {
            Self::Own | Self::Curated => 0.8,
            Self::Acronym => 0.7,
            Self::Gloss => 0.5,
            Self::Dictionary => 0.4,
        }
    }
}

/// One thing and its names, before compilation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The names as written; the first is the main one.
    pub names: Vec<String>,
    /// The origin of the entry.
    pub kind: Kind,
    /// The names of its topics.
    pub topics: Vec<String>,
    /// Where it was seen (`path:line`) or what vouches for it; may be empty.
    pub seen: Vec<String>,
    /// Names that mean this only when typed in capitals (`WHO`, `US`), because in lower case they
    /// are other words. They lead to this entry, but are searched for only if they are in `names`
    /// too.
    #[serde(default)]
    pub capitals: Vec<String>,
    /// The main names of narrower things. A search for this entry finds them too, but not the
    /// reverse.
    #[serde(default)]
    pub narrower: Vec<String>,
}

impl Entry {
    /// Makes an entry that has only names.
    #[must_use]
    pub fn new(kind: Kind, names: Vec<String>) -> Self {
        let (topics, seen) = (Vec::new(), Vec::new());
        Self { names, kind, topics, seen, capitals: Vec::new(), narrower: Vec::new() }
    }
}

/// A named set of concepts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// The name that is typed: `freight-routes`.
    pub name: String,
    /// Its English title.
    pub en: String,
    /// Its Chinese title.
    pub zh: String,
}

/// A meaning of a name that was looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sense {
    /// The other names, as written, the main one first; after them the names of narrower things.
    pub names: Vec<String>,
    /// The index of the looked-up name among the entry's names; past the last one for a name that
    /// only leads to the entry.
    pub place: usize,
    /// The origin of the entry.
    pub kind: Kind,
    /// The names of its topics.
    pub topics: Vec<String>,
    /// How many of the last [`Sense::names`] are names of narrower things.
    pub narrower: usize,
    /// Whether the name means this only when typed in capitals.
    pub is_capitals_only: bool,
}

/// Entries compiled into bytes that need no parsing.
///
/// A key is the exact tokens of a name joined by blanks. Compilation and look-up must use the same
/// analysis, which lives above this module.
#[derive(Clone, Debug, Default)]
pub struct Compiled<D> {
    bytes: D,
    header: OnceLock<Option<Header>>,
}

impl<D: Bytes> Compiled<D> {
    /// Takes compiled bytes. Nothing is read yet.
    pub fn new(bytes: D) -> Self {
        Self { bytes, header: OnceLock::new() }
    }

    /// The senses of a key, the most trusted origin first; empty if there are none. Damaged bytes
    /// give fewer senses or none.
    pub fn senses(&self, key: &str) -> Vec<Sense> {
        let Some(leads) = self.leads(key) else { return Vec::new() };
        let topics = self.topics();
        let sense = |(entry, name, flags)| self.sense(entry, name, flags, &topics);
        leads.into_iter().filter_map(sense).collect()
    }

    /// The Chinese names with these letters of pinyin (see [`super::letters`]), the most trusted
    /// first.
    pub fn read_as(&self, letters: &str) -> Vec<String> {
        let leads = self.leads(&format!("{READING}{letters}"));
        let mut names = Vec::new();
        for (entry, name, _) in leads.into_iter().flatten() {
            let record = EntryRecord::read(&mut self.at(entry), &[]);
            let name = record
                .and_then(|mut it| (name < it.names.len()).then(|| it.names.swap_remove(name)));
            names.extend(name.filter(|it| !names.contains(it)));
        }
        names
    }

    /// The most tokens of any key. Look-ups of more tokens cannot succeed.
    pub fn longest_key_tokens(&self) -> usize {
        self.header().map_or(0, |it| it.longest_key_tokens as usize)
    }

    /// All topics, in the order of their file.
    pub fn topics(&self) -> Vec<Topic> {
        let Some(header) = self.header() else { return Vec::new() };
        let mut at = self.at(header.topics_start);
        let read = |at: &mut ByteReader<'_>| {
            Some(Topic { name: at.text()?, en: at.text()?, zh: at.text()? })
        };
        (0..header.topics).map_while(|_| read(&mut at)).collect()
    }

    /// The names of all topics, in the order of their file.
    pub fn topic_names(&self) -> Vec<&str> {
        let Some(header) = self.header() else { return Vec::new() };
        let mut at = self.at(header.topics_start);
        // The English and the Chinese title follow the name.
        let names = (0..header.topics).map_while(|_| Some((at.str()?, at.bytes()?, at.bytes()?)));
        names.map(|it| it.0).collect()
    }

    /// All entries, in the order in which they were compiled.
    pub fn entries(&self) -> impl Iterator<Item = Entry> + '_ {
        let header = self.header();
        let topics = self.topics();
        let mut next = header.as_ref().map(|it| it.entries_start);
        let mut left = header.map_or(0, |it| it.entries);
        std::iter::from_fn(move || {
            left = left.checked_sub(1)?;
            let mut at = self.at(next?);
            let record = EntryRecord::read(&mut at, &topics)?;
            next = Some(at.offset());
            let main =
                |it: &u32| EntryRecord::read(&mut self.at(*it), &topics)?.names.into_iter().next();
            let narrower = record.narrower.iter().filter_map(main).collect();
            let EntryRecord { names, kind, topics, seen, capitals, .. } = record;
            Some(Entry { names, kind, topics, seen, capitals, narrower })
        })
    }

    /// The number of entries by origin, in the order of [`Kind::ALL`].
    pub fn counts(&self) -> [usize; 5] {
        let mut counts = [0; 5];
        for entry in self.entries() {
            counts[entry.kind as usize] += 1;
        }
        counts
    }

    fn header(&self) -> Option<&Header> {
        self.header.get_or_init(|| Header::read(&self.bytes)).as_ref()
    }

    fn at(&self, offset: u32) -> ByteReader<'_> {
        ByteReader::at(&self.bytes, offset)
    }

    /// What a key leads to: the offset of an entry, the number of its name, flags.
    fn leads(&self, key: &str) -> Option<Vec<(u32, usize, u8)>> {
        let header = self.header()?;
        let mut at = self.at(self.bucket(header, key)?);
        let count = at.u16()?;
        (0..count).map(|_| Some((at.u32()?, usize::from(at.u16()?), at.u8()?))).collect()
    }

    /// The offset of the list of a key's senses.
    fn bucket(&self, header: &Header, key: &str) -> Option<u32> {
        let hash = hash(key);
        let mask = header.buckets.checked_sub(1)?;
        let mut bucket = hash.place & mask;
        // One round at most, because damaged bytes may have no free bucket.
        for _ in 0..header.buckets {
            let offset = u64::from(bucket) * BUCKET_BYTES as u64 + HEADER_BYTES as u64;
            let start = usize::try_from(offset).ok()?;
            let bytes = self.bytes.piece(start..start + BUCKET_BYTES)?;
            let (mark, place) = bytes.split_at_checked(BUCKET_BYTES / 2)?;
            let mark = u32::from_le_bytes(mark.try_into().ok()?);
            let place = u32::from_le_bytes(place.try_into().ok()?);
            if place == 0 {
                return None;
            }
            if mark == hash.mark {
                let mut at = self.at(place);
                if at.bytes()? == key.as_bytes() {
                    return Some(at.offset());
                }
            }
            bucket = (bucket + 1) & mask;
        }
        None
    }

    fn sense(&self, entry: u32, name: usize, flags: u8, topics: &[Topic]) -> Option<Sense> {
        let is_capitals_only = flags & IS_CAPITALS_ONLY != 0;
        let EntryRecord { mut names, kind, topics: its_topics, narrower, .. } =
            EntryRecord::read(&mut self.at(entry), topics)?;
        if name < names.len() {
            let looked_up = names.remove(name);
            // Translations of a word are not translations of each other.
            let holds_han = |it: &String| it.contains(is_han);
            if kind == Kind::Dictionary {
                names.retain(|it| holds_han(it) != holds_han(&looked_up));
            }
        }
        let own = names.len();
        for it in narrower {
            names.extend(EntryRecord::read(&mut self.at(it), topics)?.names);
        }
        let narrower = names.len() - own;
        Some(Sense { names, place: name, kind, topics: its_topics, narrower, is_capitals_only })
    }
}

/// An entry as stored; narrower entries are offsets.
struct EntryRecord {
    kind: Kind,
    names: Vec<String>,
    capitals: Vec<String>,
    topics: Vec<String>,
    narrower: Vec<u32>,
    seen: Vec<String>,
}

impl EntryRecord {
    fn read(at: &mut ByteReader<'_>, topics: &[Topic]) -> Option<Self> {
        let kind = *Kind::ALL.get(usize::from(at.u8()?))?;
        let names = at.texts()?;
        let capitals = at.texts()?;
        let numbers: Option<Vec<u16>> = (0..at.u16()?).map(|_| at.u16()).collect();
        let named = |it: u16| topics.get(usize::from(it)).map(|it| it.name.clone());
        let topics = numbers?.into_iter().filter_map(named).collect();
        let narrower = (0..at.u16()?).map(|_| at.u32()).collect::<Option<_>>()?;
        let seen = at.texts()?;
        Some(Self { kind, names, capitals, topics, narrower, seen })
    }
}
