//! How output looks on the device it goes to.

use crate::text::{one_line, visible};

/// The device, as far as text depends on it.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    /// Display columns of a line; a Han character takes two.
    pub columns: usize,
    /// Whether it understands colour. Without, marked words stand between asterisks.
    pub has_colour: bool,
    /// Gives the address of a path where the device shows links.
    pub link: Option<Link<'a>>,
}

/// Gives the address of a path, where it has one.
pub type Link<'a> = &'a dyn Fn(&str) -> Option<String>;

/// What a piece of text is to the eye.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Style {
    /// Running text.
    #[default]
    Plain,
    /// What was searched.
    Marked,
    /// A title.
    Title,
    /// A word of a title that was searched.
    MarkedTitle,
    /// Where and when.
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
    /// A pipe: 80 columns, nothing but text.
    #[must_use]
    pub fn plain() -> Self {
        Self { columns: 80, has_colour: false, link: None }
    }

    /// Appends text that is already safe, in a style.
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

    /// Appends `path:line`, as a link where the device shows links.
    pub(super) fn place(&self, out: &mut String, path: &str, line: u32) {
        let shown = safe_line(path);
        let address = self.link.and_then(|link| link(path));
        // An address with a control character would end the escape sequence early.
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

/// Text on one line, safe for a terminal: every run of white space becomes one blank.
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
