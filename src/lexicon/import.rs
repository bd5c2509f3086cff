//! Files that a person adds to the lexicon of an index: own names and topics, and dictionaries.

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

use super::cedict::{self, cedict};
use super::compiled::Entry;
use super::own::own;

/// The form of an imported file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// A person's own concepts and topics; see [`own`].
    Own,
    /// A dictionary in the format of CC-CEDICT.
    Dictionary,
}

/// An imported file with its whole text, so that its entries can be compiled again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    /// The name of its file.
    pub name: String,
    /// Its form.
    pub form: Form,
    /// The number of its entries.
    pub entries: u64,
    /// Its author and licence, if the file names them.
    pub attribution: Option<String>,
    /// The text of the file.
    pub text: String,
}

impl Import {
    /// Reads a file: a dictionary if its lines are those of one, else a person's own file.
    ///
    /// # Errors
    /// One clause that starts with the line, such as `line 7: not a line of a dictionary`.
    pub fn read(name: &str, text: String) -> Result<Self> {
        let name = name.to_owned();
        let is_toml = name.to_lowercase().ends_with(".toml");
        if !is_toml && cedict::is_dictionary(&text) {
            cedict::check(&text)?;
            let entries = cedict(&text).len() as u64;
            let attribution = cedict::attribution(&text);
            return Ok(Self { name, form: Form::Dictionary, entries, attribution, text });
        }
        let read = match own(&text) {
            Ok(read) => read,
            Err(error) if is_toml => return Err(error),
            Err(_) => bail!("line 1: neither a line of CC-CEDICT nor TOML"),
        };
        let entries = read.lexicon.entries.len() as u64;
        if entries == 0 && read.lexicon.topics.is_empty() {
            bail!("line 1: it holds neither a concept nor a topic");
        }
        Ok(Self { name, form: Form::Own, entries, attribution: None, text })
    }
}

/// The entries of all dictionaries among the imports, in order.
#[must_use]
pub fn dictionary(imports: &[Import]) -> Vec<Entry> {
    let dictionaries = imports.iter().filter(|it| it.form == Form::Dictionary);
    dictionaries.flat_map(|it| cedict(&it.text)).collect()
}
