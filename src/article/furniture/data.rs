//! Reads the data files of furniture. A heading in brackets stands over the lines that belong to it:
//! the name of a rule over the lines that the rule drops.

use std::collections::HashMap;

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

use crate::article::rule::Rule;

/// Maps each line of a file to its rule.
pub(super) fn rules(file: &'static str) -> HashMap<&'static str, Rule> {
    entries(file).map(|(heading, it)| (it, rule_named(heading))).collect()
}

/// The lines of a file, each with the heading above it.
pub(super) fn entries(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut heading = "";
    file.lines().filter(|it| !it.is_empty()).filter_map(move |it| {
        let Some(name) = it.strip_prefix('[') else { return Some((heading, it)) };
        heading = name.trim_end_matches(']');
        None
    })
}

/// The rule with a name, as [`Rule::name`] gives it.
pub(super) fn rule_named(name: &str) -> Rule {
    let name: StrDeserializer<'_, Error> = name.into_deserializer();
    Rule::deserialize(name).expect("data files name rules that exist")
}
