//! `search lexicon`: what means the same, and where it is known from.

mod import;

use std::fmt::Write as _;

use serde::Serialize;

use passages::index::{Generation, ImportRecord};
use passages::lexicon::{Entry, Form, Kind};
use passages::text::{fold, visible};

use crate::cli::fault::Fault;
use crate::cli::line::Global;
use crate::cli::outcome::Outcome;
use crate::cli::terminal::Terminal;
use crate::cli::{locate, output};

/// List what means the same, and where it is known from
///
/// With NAME only what has it in one of its names. `import FILE` adds names and topics of your own
/// (TOML), or a dictionary (CC-CEDICT, also packed with gzip), to this index; they stay when it is
/// built anew. `remove FILE` takes them away. Examples: `search lexicon OBOR`, `search lexicon
/// import cedict_ts.u8`
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// A name, or a part of one; or `import FILE`, or `remove FILE`
    #[arg(value_name = "NAME")]
    name: Vec<String>,

    #[command(flatten)]
    global: Global,
}

#[derive(Serialize)]
struct View {
    entries: Vec<Entry>,
    imports: Vec<ImportRecord>,
}

/// Lists the entries; where there are none, the exit status is that of no hits.
pub(super) fn run(args: &Args) -> Result<Outcome, Fault> {
    let folder = locate::index_folder(args.global.index.as_deref())?;
    match args.name.as_slice() {
        [act, file] if act == "import" => return import::add(&folder, file),
        [act, name] if act == "remove" => return import::remove(&folder, name),
        _ => {}
    }
    let index = locate::open(&folder)?;
    let name = args.name.join(" ");
    let asked = fold(name.trim()).text;
    let holds = |it: &Entry| it.names.iter().any(|it| fold(it).text.contains(&asked));
    let mut entries: Vec<_> = index.lexicon().entries().filter(holds).collect();
    entries.extend(translations(&index, name.trim()));
    let imports = index.manifest().imports.clone();
    let outcome = if entries.is_empty() { Outcome::NoHits } else { Outcome::Done };
    if args.global.json {
        output::write(&output::json(&View { entries, imports })?)?;
        return Ok(outcome);
    }
    let mut notes = match entries.len() {
        1 => "1 entry\n".to_owned(),
        count => format!("{count} entries\n"),
    };
    for import in &imports {
        notes.push_str(&format!("imported: {}\n", about(import)));
    }
    output::page(&text(&entries), &notes, &Terminal::new(&args.global))?;
    Ok(outcome)
}

/// The entries of the imported dictionaries for exactly this word, not for parts of it.
fn translations(index: &Generation, name: &str) -> Vec<Entry> {
    let units = passages::analysis::query_tokens(name);
    let tokens: Vec<&str> =
        units.iter().filter_map(|it| it.exact.first()).map(String::as_str).collect();
    let senses = index.dictionary().senses(&tokens.join(" "));
    let entry = |it: passages::lexicon::Sense| {
        Entry::new(it.kind, [name.to_owned()].into_iter().chain(it.names).collect())
    };
    senses.into_iter().map(entry).collect()
}

/// An imported file with the attribution that its licence asks for.
pub(super) fn about(import: &ImportRecord) -> String {
    let what = match import.form {
        Form::Own => "concepts of your own",
        Form::Dictionary => "words",
    };
    let by = import.attribution.as_ref().map(|it| format!("; {it}")).unwrap_or_default();
    visible(&format!("{} ({} {what}{by})", import.name, import.entries)).into_owned()
}

/// One entry a line: the names, a tab, and the source they are known from.
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
