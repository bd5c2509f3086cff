//! `search QUERY`: the main job. Parses the query, opens the index, searches, prints.

use std::io::Read as _;
use std::time::Instant;

use clap::ValueEnum;

use passages::hit::Results;
use passages::index::{Generation, Root};
use passages::searcher::{GroupBy, MoreLike, Options, Searcher};
use passages::{show, text};

use super::timed_search::timed_search;
use crate::cli::fault::Fault;
use crate::cli::line::Global;
use crate::cli::line::QueryOptions;
use crate::cli::outcome::Outcome;
use crate::cli::terminal::Terminal;
use crate::cli::{build, locate, output};

/// Ask the index
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// What to look for; several words are one query, `-` reads it from standard input
    ///
    /// Words, "phrases", -word (without it), +word (never without it), OR, ( ), word*, "a b"~5,
    /// title: author: path: date: lang: topic:. What cannot be understood so is searched as text.
    /// A word that begins with a hyphen and is no flag is a part of the query.
    #[arg(value_name = "QUERY")]
    words: Vec<String>,

    /// Index this path if it is new or has changed, and answer only from it
    #[arg(long = "in", value_name = "PATH")]
    inside: Vec<String>,

    /// With --in, wait while another program writes the index, instead of failing
    #[arg(long, requires = "inside")]
    wait: bool,

    /// Find passages like this one, itself and its copies left out; a query narrows them down
    #[arg(long, value_name = "ARTICLE[@PASSAGE]")]
    more_like: Option<String>,

    #[command(flatten)]
    query_options: QueryOptions,

    /// Print so many passages before and after each hit too
    #[arg(long, value_name = "N", default_value_t = 0)]
    context: u32,

    /// How to print
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,

    #[command(flatten)]
    global: Global,
}

/// The output formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Jsonl,
    Trec,
    Markdown,
    Paths,
}

/// The most that is read of a query on standard input; the limits of the query language are much
/// lower.
const QUERY_BYTES: u64 = 1 << 20;

/// Answers one query.
pub(super) fn run(args: &Args) -> Result<Outcome, Fault> {
    let start = Instant::now();
    let text = query_text(&args.words)?;
    let query = match &args.more_like {
        Some(_) if text.is_empty() => args.query_options.filters_only()?,
        _ => args.query_options.parse(&text)?,
    };
    let folder = locate::index_folder(args.global.index.as_deref())?;
    let mut options = args.query_options.options(GroupBy::Passage);
    let is_json = matches!(args.format(), Format::Json | Format::Jsonl);
    options.with_topics = is_json || options.explains;
    if !args.inside.is_empty() {
        options.roots = build::refresh(&folder, &args.inside, args.wait)?;
    }
    let mut searcher = Searcher::new(Generation::open(&folder)?);
    options.more_like = more_like(args, &searcher)?;
    let results = match timed_search(&searcher, &query, &options, start) {
        // Damage found during the search is treated like damage found on opening: the last good
        // generation answers, if there is one.
        Err(fault) if fault.kind == "damaged" => {
            let whole = Generation::open_last_good(&folder, &fault.message);
            searcher = Searcher::new(whole.ok_or(fault)?);
            options.more_like = more_like(args, &searcher)?;
            timed_search(&searcher, &query, &options, start)?
        }
        results => results?,
    };
    print(args, &searcher, &options, &results)?;
    Ok(if results.hits.is_empty() { Outcome::NoHits } else { Outcome::Done })
}

/// The passage or article that the hits are to be like.
fn more_like(args: &Args, searcher: &Searcher) -> Result<Option<MoreLike>, Fault> {
    let Some(named) = &args.more_like else { return Ok(None) };
    let (article, passage) = locate::find_article(searcher.index(), named)?;
    Ok(Some(MoreLike { article, passage }))
}

impl Args {
    fn format(&self) -> Format {
        match self.format {
            Some(format) => format,
            None if self.global.json => Format::Json,
            None => Format::Text,
        }
    }
}

/// The words as one query, or standard input where the only word is `-`.
fn query_text(words: &[String]) -> Result<String, Fault> {
    if words != ["-"] {
        return Ok(words.join(" "));
    }
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(QUERY_BYTES).read_to_end(&mut bytes);
    read.map_err(|it| Fault::new("io", format!("standard input: {it}")))?;
    let text = String::from_utf8(bytes).map_err(|it| {
        let at = it.utf8_error().valid_up_to();
        Fault::usage(format!("standard input: not UTF-8 at byte {at}"))
    })?;
    Ok(text.trim().to_owned())
}

fn print(
    args: &Args,
    searcher: &Searcher,
    options: &Options,
    results: &Results,
) -> Result<(), Fault> {
    let terminal = Terminal::new(&args.global);
    let format = args.format();
    let text = match format {
        Format::Text => return print_text(args, searcher, results, &terminal),
        Format::Json if terminal.is_terminal => show::pretty(results) + "\n",
        Format::Json | Format::Jsonl => show::json(results) + "\n",
        Format::Trec => show::trec("1", results, options.by == GroupBy::Passage),
        Format::Markdown => show::markdown(results),
        // A terminal gets a readable form, a pipe the bytes of the path as they are.
        Format::Paths if terminal.is_terminal => text::visible(&show::paths(results)).into_owned(),
        Format::Paths => show::paths(results),
    };
    let notes = match format {
        Format::Json | Format::Jsonl => String::new(),
        _ => show::notes(results, &terminal.notes()),
    };
    output::page(&text, &notes, &terminal)
}

fn print_text(
    args: &Args,
    searcher: &Searcher,
    results: &Results,
    terminal: &Terminal,
) -> Result<(), Fault> {
    let around = match args.context {
        0 => Vec::new(),
        passages => around(searcher.index(), results, passages)?,
    };
    let roots = &searcher.index().manifest().roots;
    let link = |path: &str| file_url(roots, path);
    let text = show::text(results, &around, &terminal.look(&link));
    output::page(&text, &show::notes(results, &terminal.notes()), terminal)
}

/// The passages around each hit, in its article.
fn around(
    index: &Generation,
    results: &Results,
    passages: u32,
) -> Result<Vec<show::Around>, Fault> {
    let each = results.hits.iter().map(|hit| {
        let Some(number) = index.article_number(&hit.article) else {
            return Ok(show::Around::default());
        };
        let article = index.article(number)?;
        let texts = |ordinals: std::ops::RangeInclusive<u32>| {
            let numbers = ordinals.map(|it| article.first_passage + it - 1);
            numbers.map(|it| Ok(index.text(it)?.to_owned())).collect::<Result<Vec<_>, Fault>>()
        };
        let first = hit.passage.saturating_sub(passages).max(1);
        let last = hit.passage.saturating_add(passages).min(article.passages);
        Ok(show::Around {
            before: texts(first..=hit.passage.saturating_sub(1))?,
            after: texts(hit.passage + 1..=last)?,
        })
    });
    each.collect()
}

/// The `file://` URL of an indexed file, for terminals that show links.
fn file_url(roots: &[Root], path: &str) -> Option<String> {
    let holds = |it: &&Root| {
        let rest = path.strip_prefix(it.path.as_str());
        it.path == "." || rest.is_some_and(|it| it.is_empty() || it.starts_with('/'))
    };
    let root = roots.iter().find(holds)?;
    let full = std::path::Path::new(&root.base).join(path);
    let mut url = "file://".to_owned();
    for byte in full.to_str()?.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            url.push(char::from(byte));
        } else {
            url.push_str(&format!("%{byte:02X}"));
        }
    }
    Some(url)
}
