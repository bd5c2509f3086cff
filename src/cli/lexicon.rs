//! `search lexicon`: what means the same, and where it is known from.

use std::fmt::Write as _;

use clap::Args;
use serde::Serialize;

use passages::lexicon::{Entry, Kind};
use passages::text::{fold, visible};

use super::fault::Fault;
use super::global::Global;
use super::terminal::Terminal;
use super::{Outcome, output, place};

/// List what means the same, and where it is known from
///
/// With NAME only what has it in one of its names. Example: `search lexicon OBOR`
#[derive(Args, Debug)]
pub(super) struct Typed {
    /// A name, or a part of one
    #[arg(value_name = "NAME")]
    name: Vec<String>,

    #[command(flatten)]
    global: Global,
}

#[derive(Serialize)]
struct View {
    schema: u32,
    entries: Vec<Entry>,
}

/// Lists the entries; none is no hit.
pub(super) fn run(typed: &Typed) -> Result<Outcome, Fault> {
    let folder = place::index_folder(typed.global.index.as_deref())?;
    let index = place::open(&folder)?;
    let asked = fold(typed.name.join(" ").trim()).text;
    let holds = |it: &Entry| it.names.iter().any(|it| fold(it).text.contains(&asked));
    let entries: Vec<_> = index.lexicon().entries().filter(holds).collect();
    let outcome = if entries.is_empty() { Outcome::NoHits } else { Outcome::Done };
    if typed.global.json {
        output::write(&output::json(&View { schema: 1, entries })?)?;
        return Ok(outcome);
    }
    let notes = match entries.len() {
        1 => "1 entry\n".to_owned(),
        count => format!("{count} entries\n"),
    };
    output::page(&text(&entries), &notes, &Terminal::new(&typed.global))?;
    Ok(outcome)
}

/// One entry a line: names, then what vouches for them, parted by a tab.
fn text(entries: &[Entry]) -> String {
    let mut out = String::new();
    for Entry { names, kind, topics, seen, .. } in entries {
        let _ = write!(out, "{}\t{}", visible(&names.join(" = ")), source(*kind));
        if !topics.is_empty() {
            let _ = write!(out, "; topics: {}", topics.join(", "));
        }
        if !seen.is_empty() {
            let _ = write!(out, "; seen: {}", visible(&seen.join(", ")));
        }
        out.push('\n');
    }
    out
}

fn source(kind: Kind) -> &'static str {
    match kind {
        Kind::Own => "your own file",
        Kind::Curated => "given",
        Kind::Acronym => "acronym in the corpus",
        Kind::Gloss => "gloss in the corpus",
        Kind::Dictionary => "dictionary",
    }
}
