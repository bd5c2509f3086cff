//! What the terminal can show, and settings from the environment.

use std::io::{self, IsTerminal};

use passages::show::{Link, Look};

use super::line::{Color, Global};

/// The properties of standard output.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terminal {
    pub(super) is_terminal: bool,
    /// Display columns of a line.
    pub(super) columns: usize,
    /// Lines of the screen.
    pub(super) rows: usize,
    /// Whether long text goes through a pager.
    pub(super) pages: bool,
    has_colour: bool,
    notes_have_colour: bool,
    /// Whether it is known to show links (OSC 8).
    pub(super) has_links: bool,
}

/// Wider lines are hard to read.
const WIDEST: usize = 100;

impl Terminal {
    pub(super) fn new(global: &Global) -> Self {
        let is_terminal = io::stdout().is_terminal();
        let size = if is_terminal { terminal_size::terminal_size() } else { None };
        let (columns, rows) = size.map_or((80, 24), |(columns, rows)| {
            (usize::from(columns.0).clamp(20, WIDEST), usize::from(rows.0))
        });
        let colours = |is_terminal: bool| match global.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                is_terminal
                    && setting("NO_COLOR").is_none()
                    && setting("TERM").is_none_or(|it| it != "dumb")
            }
        };
        Self {
            is_terminal,
            columns,
            rows,
            pages: is_terminal && !global.no_pager,
            has_colour: colours(is_terminal),
            notes_have_colour: colours(io::stderr().is_terminal()),
            has_links: is_terminal && shows_links(),
        }
    }

    /// How text on standard output looks.
    pub(super) fn look<'a>(&self, link: Link<'a>) -> Look<'a> {
        let link = self.has_links.then_some(link);
        Look { columns: self.columns, has_colour: self.has_colour, link }
    }

    /// How notes on standard error look.
    pub(super) fn notes(&self) -> Look<'static> {
        Look { columns: self.columns, has_colour: self.notes_have_colour, link: None }
    }
}

/// A setting of the environment; an empty one counts as none.
pub(super) fn setting(name: &str) -> Option<String> {
    std::env::var_os(name)?.into_string().ok().filter(|it| !it.is_empty())
}

/// Whether the terminal is one that is known to show links. It cannot be asked, and others may
/// print the escape sequences as text.
fn shows_links() -> bool {
    if let Some(forced) = setting("FORCE_HYPERLINK") {
        return forced != "0";
    }
    let term = setting("TERM").unwrap_or_default();
    // Between tmux or screen and the terminal, links pass only where both are recent.
    if term.starts_with("tmux") || term.starts_with("screen") || term == "dumb" {
        return false;
    }
    let program = setting("TERM_PROGRAM").unwrap_or_default();
    let vte = setting("VTE_VERSION").and_then(|it| it.parse::<u32>().ok()).unwrap_or(0);
    vte >= 5_000
        || ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper"].contains(&program.as_str())
        || ["kitty", "alacritty", "foot", "ghostty"].iter().any(|it| term.contains(it))
        || setting("WT_SESSION").is_some()
        || setting("KONSOLE_VERSION").is_some()
}
