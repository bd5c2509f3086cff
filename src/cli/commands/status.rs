//! `search status`: what the index holds, what was left out, and why.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use serde::Serialize;

use passages::date::Day;
use passages::index::{self, Generation, ImportRecord};
use passages::source::SkipReason;
use passages::text::visible;

use crate::cli::fault::Fault;
use crate::cli::line::Global;
use crate::cli::outcome::Outcome;
use crate::cli::terminal::Terminal;
use crate::cli::{build, locate, output};

/// Tell what the index holds
///
/// Example: `search status --skipped`
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// List each file and record that was left out, with the reason
    #[arg(long)]
    skipped: bool,

    /// List each line that was left out of an article, with the rule
    #[arg(long, conflicts_with = "skipped")]
    dropped: bool,

    #[command(flatten)]
    global: Global,
}

/// What the index holds; the field names are those of the JSON.
#[derive(Serialize)]
struct Status {
    index: String,
    generation: String,
    built_s: u64,
    size_bytes: u64,
    text_bytes: u64,
    roots: Vec<String>,
    files: u64,
    articles: u64,
    passages: u64,
    languages: BTreeMap<&'static str, u64>,
    dates: Dates,
    skipped: BTreeMap<String, u64>,
    /// Files of which some bytes do not decode.
    undecoded: u64,
    imports: Vec<ImportRecord>,
}

/// The days of the articles.
#[derive(Default, Serialize)]
struct Dates {
    from: Option<Day>,
    to: Option<Day>,
    undated: u64,
}

/// Prints the status, or with `--skipped` and `--dropped` a list.
pub(super) fn run(args: &Args) -> Result<Outcome, Fault> {
    let folder = locate::index_folder(args.global.index.as_deref())?;
    let text = if args.skipped {
        skipped(&folder, args.global.json)?
    } else if args.dropped {
        dropped(&folder, args.global.json)?
    } else {
        let status = status(&folder)?;
        if args.global.json { output::json(&status)? } else { text(&status) }
    };
    output::page(&text, "", &Terminal::new(&args.global))?;
    Ok(Outcome::Done)
}

fn status(folder: &Path) -> Result<Status, Fault> {
    let index = locate::open(folder)?;
    let manifest = index.manifest();
    let (languages, dates) = articles(&index)?;
    let skips = index::skips(folder)?;
    let undecoded: BTreeSet<&str> = skips
        .iter()
        .filter(|it| it.reason == SkipReason::Undecoded)
        .map(|it| it.path.as_str())
        .collect();
    Ok(Status {
        index: folder.display().to_string(),
        generation: index.generation().to_owned(),
        built_s: manifest.built_s,
        size_bytes: manifest.index_bytes(),
        text_bytes: manifest.text_bytes,
        roots: manifest.roots.iter().map(|it| it.path.clone()).collect(),
        files: index::sources(folder)?.len() as u64,
        articles: u64::from(manifest.statistics.articles),
        passages: u64::from(manifest.statistics.passages),
        languages,
        dates,
        skipped: build::skip_counts(&skips),
        undecoded: undecoded.len() as u64,
        imports: manifest.imports.clone(),
    })
}

fn articles(index: &Generation) -> Result<(BTreeMap<&'static str, u64>, Dates), Fault> {
    let mut languages = BTreeMap::from([("en", 0), ("zh", 0), ("mixed", 0)]);
    let mut dates = Dates::default();
    for number in 0..index.manifest().statistics.articles {
        let article = index.article(number)?;
        *languages.entry(article.lang.name()).or_default() += 1;
        let Some(day) = article.date else {
            dates.undated += 1;
            continue;
        };
        dates.from = Some(dates.from.map_or(day, |it| it.min(day)));
        dates.to = Some(dates.to.map_or(day, |it| it.max(day)));
    }
    Ok((languages, dates))
}

fn text(status: &Status) -> String {
    let mut out = String::new();
    let mut line = |name: &str, value: &str| {
        let _ = writeln!(out, "{name:<10} {}", visible(value));
    };
    let size = status.size_bytes as f64 / 1e6;
    let age = ago(build::now_s().saturating_sub(status.built_s));
    line("index", &format!("{} ({}, {size:.1} MB, {age})", status.index, status.generation));
    for root in &status.roots {
        line("root", root);
    }
    line("files", &status.files.to_string());
    let languages = status.languages.iter().map(|(name, count)| format!("{count} {name}"));
    let languages = languages.collect::<Vec<_>>().join(", ");
    line("articles", &format!("{} ({languages})", status.articles));
    line("passages", &status.passages.to_string());
    let Dates { from, to, undated } = &status.dates;
    match (from, to) {
        (Some(from), Some(to)) => line("dates", &format!("{from} to {to}; {undated} without")),
        _ => line("dates", "none"),
    }
    for import in &status.imports {
        line("imported", &super::lexicon::about(import));
    }
    if status.undecoded > 0 {
        let told = "hold bytes that do not decode; the rest of them was read";
        line("undecoded", &format!("{} files {told}", status.undecoded));
    }
    let skipped = status.skipped.iter().filter(|(reason, _)| *reason != "undecoded");
    let skipped = skipped.map(|(reason, count)| format!("{count} {reason}"));
    let skipped = skipped.collect::<Vec<_>>().join(", ");
    if skipped.is_empty() {
        line("left out", "nothing");
    } else {
        line("left out", &format!("{skipped}; `search status --skipped` lists them"));
    }
    out
}

fn ago(seconds: u64) -> String {
    match seconds {
        0..60 => "built just now".to_owned(),
        60..7_200 => format!("built {} minutes ago", seconds / 60),
        7_200..172_800 => format!("built {} hours ago", seconds / 3_600),
        _ => format!("built {} days ago", seconds / 86_400),
    }
}

/// `path:line`, reason and detail, parted by tabs.
fn skipped(folder: &Path, is_json: bool) -> Result<String, Fault> {
    let skips = index::skips(folder)?;
    if is_json {
        return output::json_line(&skips);
    }
    let lines = skips.iter().map(|it| {
        let place = it.line.map_or_else(|| it.path.clone(), |line| format!("{}:{line}", it.path));
        row(&[&place, &build::reason_name(it), &it.detail])
    });
    Ok(lines.collect())
}

/// `path:line`, rule and text, parted by tabs.
fn dropped(folder: &Path, is_json: bool) -> Result<String, Fault> {
    let lines = index::dropped(folder)?;
    if is_json {
        return output::json_line(&lines);
    }
    let lines = lines.iter().map(|it| {
        let place = format!("{}:{}", it.path, it.dropped.line);
        row(&[&place, it.dropped.rule.name(), &it.dropped.text])
    });
    Ok(lines.collect())
}

/// One line; white space inside a field becomes a blank.
fn row(fields: &[&str]) -> String {
    let flat = |it: &&str| visible(it).replace(char::is_whitespace, " ");
    let fields: Vec<_> = fields.iter().map(flat).collect();
    format!("{}\n", fields.join("\t").trim_end())
}
