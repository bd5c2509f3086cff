//! The rules that drop lines keep the names under which indexes store them.

use std::fmt;

use passages::article::Rule;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};
use serde::{Deserialize, Serialize};

/// Shows a rule under the name that it is stored under.
struct Stored(Rule);

impl fmt::Display for Stored {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.serialize(out)
    }
}

#[test]
fn a_rule_is_stored_under_the_name_that_is_shown() {
    let rules = [
        Rule::Consent,
        Rule::Copyright,
        Rule::Counter,
        Rule::DateLine,
        Rule::FrontMatter,
        Rule::ImageName,
        Rule::Markup,
        Rule::MentionList,
        Rule::Menu,
        Rule::Navigation,
        Rule::Ornament,
        Rule::Boilerplate,
        Rule::OutsideMain,
        Rule::PostHead,
        Rule::Related,
        Rule::Repeated,
        Rule::ReplyForm,
        Rule::Separator,
        Rule::ShareRow,
        Rule::SignOff,
        Rule::Subscribe,
    ];
    for rule in rules {
        assert_eq!(Stored(rule).to_string(), rule.name());
        let stored: StrDeserializer<'_, Error> = rule.name().into_deserializer();
        assert_eq!(Rule::deserialize(stored).unwrap(), rule);
    }
}
