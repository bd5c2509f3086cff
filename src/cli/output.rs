//! Standard output: a closed pipe is success, a full device an error, long text is paged.

use std::io::{self, ErrorKind, IsTerminal as _, Write as _};
use std::process::{Command, Stdio};

use serde::Serialize;

use passages::text::visible_json;

use super::fault::Fault;
use super::terminal::{Terminal, setting};

/// Whether the program that reads standard output is still there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pipe {
    Open,
    Closed,
}

/// Writes text to standard output, all of it or an error.
pub(super) fn write(text: &str) -> Result<Pipe, Fault> {
    let mut out = io::stdout().lock();
    // Flushed here, because at the end of the program an error would go unseen.
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ok(Pipe::Open),
        Err(it) if it.kind() == ErrorKind::BrokenPipe => Ok(Pipe::Closed),
        Err(it) => Err(Fault::new("io", format!("standard output: {it}"))),
    }
}

/// The version of the JSON of all commands; it rises when a key changes its meaning or goes away.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Versioned<T> {
    schema: u32,
    #[serde(flatten)]
    value: T,
}

/// An object as JSON on one line, after the version of the format; the line feed included.
pub(super) fn json(value: &impl Serialize) -> Result<String, Fault> {
    json_line(&Versioned { schema: SCHEMA, value })
}

/// Any value as JSON on one line, the line feed included.
pub(super) fn json_line(value: &impl Serialize) -> Result<String, Fault> {
    let text = serde_json::to_string(value);
    let text = text.map_err(|it| Fault::new("internal", it.to_string()))?;
    Ok(visible_json(&text).into_owned() + "\n")
}

/// Writes notes to standard error. An error is ignored: there is no other place to report it.
pub(super) fn note(text: &str) {
    io::stderr().lock().write_all(text.as_bytes()).ok();
}

/// Whether standard error is a terminal: a progress line in a log file would be noise.
pub(super) fn notes_are_seen() -> bool {
    io::stderr().is_terminal()
}

/// Writes text with its notes, through a pager where it is longer than the screen.
///
/// In the pager notes follow the text; else they go to standard error.
pub(super) fn page(text: &str, notes: &str, terminal: &Terminal) -> Result<(), Fault> {
    let lines = text.lines().count() + notes.lines().count();
    if terminal.pages && lines >= terminal.rows && through_pager(&format!("{text}\n{notes}")) {
        return Ok(());
    }
    write(text)?;
    if !text.is_empty() && !notes.is_empty() && terminal.is_terminal {
        note("\n");
    }
    note(notes);
    Ok(())
}

/// Sends the text through a pager and tells whether there is one. The user may quit it early.
fn through_pager(text: &str) -> bool {
    let chosen = setting("PAGER").unwrap_or_else(|| "less".to_owned());
    let mut words = chosen.split_whitespace();
    let Some(program) = words.next() else { return false };
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::piped());
    if setting("LESS").is_none() {
        // Show colours, leave at once when all fits, keep the text on the screen afterwards.
        command.env("LESS", "RFX");
    }
    let Ok(mut pager) = command.spawn() else { return false };
    if let Some(mut input) = pager.stdin.take() {
        // A reader who has seen enough closes the pipe.
        input.write_all(text.as_bytes()).ok();
    }
    pager.wait().is_ok()
}
