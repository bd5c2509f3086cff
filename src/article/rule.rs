//! The rules that leave lines of a file out of its articles.

use serde::{Deserialize, Serialize};

/// The rule by which a line of a file is left out of its article.
///
/// The names are stored in the index and shown by `search status --dropped`, so they never change.
/// A name that no rule gives any more stays in this list, because old indexes contain it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// A page asks for consent to cookies or terms.
    Consent,
    /// A copyright notice: `© 2018 Example Ltd.`
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
    /// Only mentions of users: `@AndrewJin, @cirr`.
    MentionList,
    /// A short line around the story, such as a name in a menu.
    Menu,
    /// A line that leads to another place of the site: `Home`, `Next page`.
    Navigation,
    /// A line without a letter or digit.
    Ornament,
    /// The fitted model takes the line for boilerplate. The stored name, `outskirts`, is older than
    /// this one.
    #[serde(rename = "outskirts")]
    Boilerplate,
    /// Text of an HTML page outside of its main content.
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
    /// An invitation to subscribe: `Sign up for our newsletter`.
    Subscribe,
}

impl Rule {
    /// The name as it is stored and shown, for example `share-row`.
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
