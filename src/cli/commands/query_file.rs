//! A file of queries, one a line.

use std::fs::File;
use std::io::{self, BufRead, BufReader};

use crate::cli::fault::Fault;

/// A query of a file.
pub(super) struct QueryLine {
    /// As given before a tab, else the number of the line, from 1.
    pub(super) id: String,
    /// The query.
    pub(super) text: String,
}

/// The queries of a file, or of standard input where the name is `-`, read as they are needed.
///
/// A line is `id<TAB>query` or a bare query. Blank lines are skipped, but count for the line number
/// that a bare query takes as its id.
pub(super) fn read(
    name: &str,
) -> Result<impl Iterator<Item = Result<QueryLine, Fault>> + use<>, Fault> {
    let lines: Box<dyn Iterator<Item = io::Result<String>>> = if name == "-" {
        Box::new(io::stdin().lock().lines())
    } else {
        let file = File::open(name).map_err(|it| unreadable(name, &it))?;
        Box::new(BufReader::new(file).lines())
    };
    let name = name.to_owned();
    Ok(lines.enumerate().filter_map(move |(at, line)| match line {
        Ok(line) => query(at + 1, &line).map(Ok),
        Err(it) => Some(Err(unreadable(&name, &it))),
    }))
}

fn query(number: usize, line: &str) -> Option<QueryLine> {
    let line = line.strip_prefix('\u{feff}').unwrap_or(line);
    if line.trim().is_empty() {
        return None;
    }
    let (id, text) = match line.split_once('\t') {
        Some((id, text)) => (id.to_owned(), text),
        None => (number.to_string(), line),
    };
    Some(QueryLine { id, text: text.trim().to_owned() })
}

fn unreadable(name: &str, error: &io::Error) -> Fault {
    let name = if name == "-" { "standard input" } else { name };
    Fault::new("io", format!("{name}: {error}"))
        .hint("queries are UTF-8 text with one query a line; `-` is standard input")
}
