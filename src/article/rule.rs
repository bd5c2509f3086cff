//! The rules that leave lines of a file out of its articles, by name.

use serde::{Deserialize, Serialize};

/// Why a line of a file is not part of an article.
///
/// The names stand in the index on disk and in the output of `search status --dropped`, so they
/// never change; a name that is no longer given stays here, for old indexes hold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// A page asks for consent to cookies or terms.
    Consent,
    /// Who owns the page: `© 2018 Example Ltd.`
    Copyright,
    /// A number and what it counts: `12 Comments`.
    Counter,
    /// The date line below a headline; the article keeps the date.
    DateLine,
    /// The front matter of a Markdown file; the article keeps its title, author, date and address.
    FrontMatter,
    /// The name of an image file: `china-russia.jpg`.
    ImageName,
    /// A line of Markdown that holds markup only.
    Markup,
    /// Nothing but names that are called: `@AndrewJin, @cirr`.
    MentionList,
    /// A short line around the story, such as a name in a menu.
    Menu,
    /// A line that leads to another place of the site: `Home`, `Next page`.
    Navigation,
    /// A line without a letter or digit.
    Ornament,
    /// The fitted model takes the line for boilerplate (`outskirts`, its name in older versions).
    #[serde(rename = "outskirts")]
    Boilerplate,
    /// An HTML page's text outside of its main content.
    OutsideMain,
    /// The line over a post of a thread: its number, or its author and date.
    PostHead,
    /// The heading of a list of other stories: `Most read`.
    Related,
    /// The line stands in many files of the corpus.
    Repeated,
    /// The form under an article: `Leave a reply`.
    ReplyForm,
    /// What is left of the frame between two posts: `. . .`.
    Separator,
    /// Buttons to share the page: `Tweet`, `分享到 微信`.
    ShareRow,
    /// The end of a page: `Thanks for reading`, `责任编辑：…`.
    SignOff,
    /// A page wants its reader to come back: `Sign up for our newsletter`.
    Subscribe,
}

impl Rule {
    /// The name as it is stored and shown, such as `share-row`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Consent => "consent",
            Self::Copyright => "copyright",
            Self::Counter => "counter",
            Self::DateLine => "date-line",
            Self::FrontMatter => "front-matter",
            Self::ImageName => "image-name",
            Self::Markup => "markup",
            Self::MentionList => "mention-list",
            Self::Menu => "menu",
            Self::Navigation => "navigation",
            Self::Ornament => "ornament",
            Self::Boilerplate => "outskirts",
            Self::OutsideMain => "outside-main",
            Self::PostHead => "post-head",
            Self::Related => "related",
            Self::Repeated => "repeated",
            Self::ReplyForm => "reply-form",
            Self::Separator => "separator",
            Self::ShareRow => "share-row",
            Self::SignOff => "sign-off",
            Self::Subscribe => "subscribe",
        }
    }
}

impl std::fmt::Display for Rule {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::Rule;

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
            let stored = serde_json::to_string(&rule).unwrap();
            assert_eq!(stored, format!("\"{rule}\""));
            assert_eq!(serde_json::from_str::<Rule>(&stored).unwrap(), rule);
        }
    }
}
