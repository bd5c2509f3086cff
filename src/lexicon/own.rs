//! A person's own names and topics: a TOML file like the curated ones, with `replaces` in addition.

use std::collections::HashSet;
use std::ops::Range;

use anyhow::{Result, anyhow, bail};
use serde::Deserialize;
use toml::Spanned;

use super::compiled::{Kind, Topic};
use super::curated::{Concept, Lexicon};

/// The content of a person's own file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// Concepts and topics, in the order of the file.
    pub lexicon: Lexicon,
    /// Names that mean only what this file says.
    pub replaced: Vec<String>,
}

/// Reads a person's own file:
///
/// ```toml
/// [[topic]]
/// name = "my-case"
/// en = "My case"
/// zh = "我的案子"
///
/// [[concept]]
/// names = ["Power of Siberia", "西伯利亚力量"]
/// topics = ["energy", "my-case"]
///
/// [[concept]]
/// names = ["Canton"] # leads to nothing else any more
/// replaces = true
/// ```
///
/// # Errors
/// One clause that starts with the line, such as ``line 7: a concept needs two names``. Topics are
/// not checked here: they may be those that come with the program.
pub fn own(text: &str) -> Result<Own> {
    let line = |at: Range<usize>| text.get(..at.start).unwrap_or(text).matches('\n').count() + 1;
    let file: OwnFile = toml::from_str(text).map_err(|error| {
        let message = error.message().replace('\n', ", ");
        anyhow!("line {}: {message}", error.span().map_or(1, line))
    })?;
    let mut own = Own::default();
    for topic in file.topic {
        let at = line(topic.span());
        own.lexicon.topics.push(checked_topic(topic.into_inner(), at)?);
    }
    for concept in file.concept {
        let at = line(concept.span());
        let OwnConcept { replaces, names, topics, capitals, narrower } = concept.into_inner();
        let concept = Concept { names, topics, capitals, narrower };
        check_concept(&concept, replaces, at)?;
        if replaces {
            own.replaced.extend(concept.names.iter().chain(&concept.capitals).cloned());
        }
        let mut entry = concept.into_entry(Kind::Own);
        entry.seen.push(format!("line {at}"));
        own.lexicon.entries.push(entry);
    }
    Ok(own)
}

impl Lexicon {
    /// Adds a person's own concepts and topics. A topic with the same name gets the new titles.
    /// Names that the file replaces are removed from all other concepts.
    pub fn overlay(&mut self, own: Own) {
        let replaced: HashSet<String> = own.replaced.iter().map(|it| it.to_lowercase()).collect();
        for entry in &mut self.entries {
            let is_kept = |it: &String| !replaced.contains(&it.to_lowercase());
            entry.names.retain(is_kept);
            entry.capitals.retain(is_kept);
        }
        self.entries.retain(|it| !it.names.is_empty());
        for topic in own.lexicon.topics {
            match self.topics.iter_mut().find(|it| it.name == topic.name) {
                Some(known) => *known = topic,
                None => self.topics.push(topic),
            }
        }
        self.entries.splice(..0, own.lexicon.entries);
    }

    /// The topics that entries name but that do not exist, in order, each once.
    #[must_use]
    pub fn unknown_topics(&self) -> Vec<&str> {
        let mut known: HashSet<&str> = self.topics.iter().map(|it| it.name.as_str()).collect();
        let named = self.entries.iter().flat_map(|it| &it.topics);
        named.map(String::as_str).filter(|it| known.insert(it)).collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnFile {
    #[serde(default)]
    topic: Vec<Spanned<Topic>>,
    #[serde(default)]
    concept: Vec<Spanned<OwnConcept>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnConcept {
    names: Vec<String>,
    #[serde(default)]
    topics: Vec<String>,
    #[serde(default)]
    capitals: Vec<String>,
    #[serde(default)]
    narrower: Vec<String>,
    /// Whether its names mean nothing else.
    #[serde(default)]
    replaces: bool,
}

fn checked_topic(topic: Topic, line: usize) -> Result<Topic> {
    let name = &topic.name;
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || !name.chars().all(is_plain) {
        bail!("line {line}: the topic `{name}` may hold small letters, digits and `-` only");
    }
    Ok(topic)
}

fn check_concept(concept: &Concept, replaces: bool, line: usize) -> Result<()> {
    if concept.names.iter().chain(&concept.capitals).any(|it| it.trim().is_empty()) {
        bail!("line {line}: a name is empty");
    }
    let says_nothing = concept.capitals.is_empty()
        && concept.narrower.is_empty()
        && concept.topics.is_empty()
        && !replaces;
    if concept.names.is_empty() || (concept.names.len() == 1 && says_nothing) {
        bail!("line {line}: a concept needs two names, or a name and a topic");
    }
    Ok(())
}
