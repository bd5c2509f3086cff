//! Compiles entries and topics into the bytes that [`super::Compiled`] reads.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::compiled::{Entry, Kind, Topic};
use super::layout::{
    BUCKET_BYTES, HEADER_BYTES, Header, IS_CAPITALS_ONLY, READING, hash, push_count, push_text,
    push_texts,
};
use super::reading::readings;

/// The number of a name that is not in [`Entry::names`].
const NO_NAME: usize = u16::MAX as usize;
/// The most senses of a key. Some words of a dictionary have hundreds.
const MOST_SENSES: usize = 24;
/// Longer keys are left out: no query looks them up, and the layout counts in 16 bits.
const LONGEST_KEY_BYTES: usize = 512;

/// Compiles entries and topics.
///
/// `tokens` gives the exact tokens of a name; joined by blanks they are the name's key. A name
/// without tokens is left out. Names of one entry with the same key count as one, the first. An
/// English name that ends in a lower-case word is found by its plural too, and a Chinese name by
/// its readings (see [`super::readings`]), unless it comes from a dictionary. Narrower entries and
/// topics that do not exist are left out. Entries keep their order, and equal input gives equal
/// bytes.
#[must_use]
pub fn compile(
    entries: &[Entry],
    topics: &[Topic],
    tokens: &dyn Fn(&str) -> Vec<String>,
) -> Vec<u8> {
    let entries: Vec<Keyed> = entries.iter().map(|it| Keyed::new(it, tokens)).collect();
    let senses = senses(&entries);
    let buckets = (senses.len() * 3 / 2).next_power_of_two().max(1);
    let mut body = Body::new(buckets);
    body.push_entries(&entries, topics);
    body.push_topics(topics);
    body.push_keys(&senses);
    body.finish(entries.len(), topics.len(), &senses)
}

/// What a key leads to: the number of an entry, the number of its name, flags.
#[derive(Clone, Copy)]
struct Lead {
    entry: usize,
    name: usize,
    flags: u8,
}

/// All keys in order, each with what it leads to, the most trusted first.
fn senses<'a>(entries: &'a [Keyed<'_>]) -> BTreeMap<&'a str, Vec<Lead>> {
    let mut senses: BTreeMap<&str, Vec<Lead>> = BTreeMap::new();
    for (entry, it) in entries.iter().enumerate() {
        for (key, name, flags) in &it.keys {
            senses.entry(key).or_default().push(Lead { entry, name: *name, flags: *flags });
        }
    }
    for leads in senses.values_mut() {
        leads.sort_by_key(|lead| {
            let entry = entries.get(lead.entry).map(|it| it.entry);
            let kind = entry.map(|it| it.kind);
            // The first translation says most about a word, and a single character means many
            // things.
            let rank = entry.filter(|it| it.kind == Kind::Dictionary).map(|it| {
                let is_single = it.names.first().is_some_and(|it| it.chars().count() == 1);
                (is_single, lead.name)
            });
            (kind, rank, lead.entry)
        });
        leads.truncate(MOST_SENSES);
    }
    senses
}

/// An entry, its names with different keys, and these keys.
struct Keyed<'a> {
    entry: &'a Entry,
    names: Vec<String>,
    keys: Vec<(String, usize, u8)>,
}

impl<'a> Keyed<'a> {
    fn new(entry: &'a Entry, tokens: &dyn Fn(&str) -> Vec<String>) -> Self {
        let key = |name: &str| {
            let key = tokens(name).join(" ");
            (!key.is_empty() && key.len() <= LONGEST_KEY_BYTES).then_some(key)
        };
        let in_capitals: HashSet<String> = entry.capitals.iter().filter_map(|it| key(it)).collect();
        let mut known = HashSet::new();
        let (mut names, mut keys) = (Vec::new(), Vec::new());
        for name in &entry.names {
            if let Some(key) = key(name).filter(|it| known.insert(it.clone())) {
                // `U.S.` is worth searching for, but its key is that of the pronoun `us`.
                let flags = if in_capitals.contains(&key) { IS_CAPITALS_ONLY } else { 0 };
                keys.push((key, names.len(), flags));
                names.push(name.clone());
            }
        }
        for (at, name) in names.iter().enumerate() {
            let plural = plural(name).and_then(|it| key(&it));
            keys.extend(plural.filter(|it| known.insert(it.clone())).map(|it| (it, at, 0)));
        }
        for (at, name) in names.iter().enumerate().filter(|_| entry.kind != Kind::Dictionary) {
            let readings = readings(name).into_iter().map(|it| format!("{READING}{it}"));
            let new = readings.filter(|it| known.insert(it.clone()));
            keys.extend(new.map(|it| (it, at, 0)));
        }
        let other = entry.capitals.iter().filter_map(|it| key(it));
        let other = other.filter(|it| known.insert(it.clone()));
        keys.extend(other.map(|it| (it, NO_NAME, IS_CAPITALS_ONLY)));
        Self { entry, names, keys }
    }
}

/// The plural of an English common noun, that is of a name that ends in a lower-case word.
fn plural(name: &str) -> Option<String> {
    let last = name.rsplit([' ', '-']).next()?;
    if last.len() < 3 || !last.bytes().all(|it| it.is_ascii_lowercase()) {
        return None;
    }
    if last.ends_with(['s', 'x', 'z']) || last.ends_with("ch") || last.ends_with("sh") {
        return (!last.ends_with('s')).then(|| format!("{name}es"));
    }
    let is_vowel_before_y = last.bytes().nth_back(1).is_some_and(|it| b"aeiou".contains(&it));
    match name.strip_suffix('y') {
        Some(stem) if !is_vowel_before_y => Some(format!("{stem}ies")),
        _ => Some(format!("{name}s")),
    }
}

/// Everything after the header, with the offsets of its parts.
struct Body {
    bytes: Vec<u8>,
    buckets: usize,
    /// The offset of each entry.
    entries: Vec<u32>,
    topics_start: u32,
    /// The offset of each key.
    keys: Vec<u32>,
}

impl Body {
    fn new(buckets: usize) -> Self {
        let bytes = vec![0; HEADER_BYTES + buckets * BUCKET_BYTES];
        Self { bytes, buckets, entries: Vec::new(), topics_start: 0, keys: Vec::new() }
    }

    fn offset(&self) -> u32 {
        u32::try_from(self.bytes.len()).unwrap_or(u32::MAX)
    }

    fn push_entries(&mut self, entries: &[Keyed<'_>], topics: &[Topic]) {
        let topic_numbers: HashMap<&str, usize> =
            topics.iter().enumerate().map(|(at, it)| (it.name.as_str(), at)).collect();
        let by_main_name: HashMap<&str, usize> = entries
            .iter()
            .enumerate()
            .rev()
            .filter_map(|(at, it)| Some((it.entry.names.first()?.as_str(), at)))
            .collect();
        let mut narrower_places = Vec::new();
        for keyed in entries {
            self.entries.push(self.offset());
            self.bytes.push(keyed.entry.kind as u8);
            push_texts(&mut self.bytes, &keyed.names);
            push_texts(&mut self.bytes, &keyed.entry.capitals);
            let named = keyed.entry.topics.iter().filter_map(|it| topic_numbers.get(it.as_str()));
            let named: Vec<usize> = named.copied().collect();
            push_count(&mut self.bytes, named.len());
            for number in named {
                push_count(&mut self.bytes, number);
            }
            let known = keyed.entry.narrower.iter();
            let known = known.filter_map(|it| by_main_name.get(it.as_str()));
            let known: Vec<usize> = known.copied().take(usize::from(u16::MAX)).collect();
            push_count(&mut self.bytes, known.len());
            for entry in known {
                narrower_places.push((self.bytes.len(), entry));
                self.bytes.extend([0; 4]);
            }
            push_texts(&mut self.bytes, &keyed.entry.seen);
        }
        for (at, entry) in narrower_places {
            let offset = self.entries.get(entry).copied().unwrap_or(0);
            self.put(at, offset);
        }
    }

    fn push_topics(&mut self, topics: &[Topic]) {
        self.topics_start = self.offset();
        for topic in topics {
            for text in [&topic.name, &topic.en, &topic.zh] {
                push_text(&mut self.bytes, text);
            }
        }
    }

    fn push_keys(&mut self, senses: &BTreeMap<&str, Vec<Lead>>) {
        for (key, leads) in senses {
            self.keys.push(self.offset());
            push_text(&mut self.bytes, key);
            push_count(&mut self.bytes, leads.len());
            for lead in leads {
                let entry = self.entries.get(lead.entry).copied().unwrap_or(0);
                self.bytes.extend(entry.to_le_bytes());
                push_count(&mut self.bytes, lead.name);
                self.bytes.push(lead.flags);
            }
        }
    }

    /// Fills the hash table and the header.
    fn finish(
        mut self,
        entries: usize,
        topics: usize,
        senses: &BTreeMap<&str, Vec<Lead>>,
    ) -> Vec<u8> {
        let mut is_taken = vec![false; self.buckets];
        for (key, place) in senses.keys().zip(std::mem::take(&mut self.keys)) {
            let hash = hash(key);
            let mut bucket = hash.place as usize & (self.buckets - 1);
            while is_taken.get(bucket) == Some(&true) {
                bucket = (bucket + 1) & (self.buckets - 1);
            }
            is_taken.get_mut(bucket).into_iter().for_each(|it| *it = true);
            self.put(HEADER_BYTES + bucket * BUCKET_BYTES, hash.mark);
            self.put(HEADER_BYTES + bucket * BUCKET_BYTES + 4, place);
        }
        let small = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        let header = Header {
            longest_key_tokens: small(
                senses.keys().map(|it| it.split(' ').count()).max().unwrap_or(0),
            ),
            buckets: small(self.buckets),
            entries: small(entries),
            entries_start: self.entries.first().copied().unwrap_or(self.topics_start),
            topics: small(topics),
            topics_start: self.topics_start,
        };
        let mut head = Vec::with_capacity(HEADER_BYTES);
        header.write(&mut head);
        self.bytes.splice(..HEADER_BYTES, head);
        self.bytes
    }

    fn put(&mut self, at: usize, number: u32) {
        if let Some(place) = self.bytes.get_mut(at..at + 4) {
            place.copy_from_slice(&number.to_le_bytes());
        }
    }
}
