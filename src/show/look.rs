//! How text looks on the device that it goes to.

use crate::text::{one_line, visible};

/// The properties of the output device.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    /// The width of a line in display columns; a Han character takes two.
    pub columns: usize,
    /// Whether it shows colour. Without colour, highlighted words stand between asterisks.
    pub has_colour: bool,
    /// Maps a path to its address, if the device shows links.
    pub link: Option<Link<'a>>,
}

/// Maps a path to its address, where it has one.
pub type Link<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The role of a piece of text, which decides its style.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Style {
    /// Running text.
    #[default]
    Plain,
    /// A highlighted word.
    Marked,
    /// A title.
    Title,
    /// A highlighted word of a title.
    MarkedTitle,
    /// Place and date.
    Faint,
    /// What the reader should not miss.
    Warning,
}

impl Style {
    fn code(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Marked => Some("1;31"),
            Self::Title => Some("1"),
            Self::MarkedTitle => Some("1;4;31"),
            Self::Faint => Some("2"),
            Self::Warning => Some("33"),
        }
    }
}

impl std::fmt::Debug for Look<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Look {{ columns: {}, has_colour: {} }}", self.columns, self.has_colour)
    }
}

impl Look<'_> {
    /// A pipe: 80 columns, plain text.
    #[must_use]
    pub fn plain() -> Self {
        Self { columns: 80, has_colour: false, link: None }
    }

    /// Appends text in a style. The text must be safe for a terminal already.
    pub(super) fn paint(&self, out: &mut String, style: Style, safe: &str) {
        match style.code().filter(|_| self.has_colour && !safe.is_empty()) {
            Some(code) => {
                out.push_str("\x1b[");
                out.push_str(code);
                out.push('m');
                out.push_str(safe);
                out.push_str("\x1b[0m");
            }
            None => out.push_str(safe),
        }
    }

    /// Appends `path:line`, as a link if the device shows links.
    pub(super) fn place(&self, out: &mut String, path: &str, line: u32) {
        let shown = safe_line(path);
        let address = self.link.and_then(|link| link(path));
        // A control character in an address would end the escape sequence early.
        let address = address.filter(|it| it.chars().all(|c| c.is_ascii_graphic()));
        if let Some(address) = &address {
            out.push_str("\x1b]8;;");
            out.push_str(address);
            out.push_str("\x1b\\");
        }
        self.paint(out, Style::Faint, &format!("{shown}:{line}"));
        if address.is_some() {
            out.push_str("\x1b]8;;\x1b\\");
        }
    }
}

/// The text on one line, safe for a terminal. Each run of white space becomes one blank.
pub(super) fn safe_line(text: &str) -> String {
    one_line(&visible(text))
}

#[cfg(test)]
mod tests {
    use super::{Look, safe_line};

    #[test]
    fn an_address_with_an_escape_is_no_link() {
        let link = |_: &str| Some("file:///a\x1b]8;;evil".to_owned());
        let look = Look { columns: 80, has_colour: false, link: Some(&link) };
        let mut out = String::new();
        look.place(&mut out, "a.txt", 3);
        assert_eq!(out, "a.txt:3");
    }

    #[test]
    fn white_space_of_every_kind_becomes_one_blank() {
        assert_eq!(safe_line(" a\r\n\tb\u{3000}c "), "a b c");
    }
}
