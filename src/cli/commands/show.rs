//! `search show`: read an article, or a passage in it.

use std::path::Path;

use passages::index::{self, ArticleRecord, Generation};
use passages::show::{self, Piece, Reading};

use crate::cli::fault::Fault;
use crate::cli::line::Global;
use crate::cli::outcome::Outcome;
use crate::cli::terminal::Terminal;
use crate::cli::{locate, output};

/// Read an article, or a passage in it
///
/// Example: `search show articles/thread.txt#9@4 --context 1`
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    /// The article as a hit names it, with `@` and a number for one passage
    #[arg(value_name = "ARTICLE[@PASSAGE]")]
    article: String,

    /// Show so many passages before and after the one asked for
    #[arg(long, value_name = "N", default_value_t = 0)]
    context: u32,

    /// Show what was left out of the article too, and by which rule
    #[arg(long)]
    raw: bool,

    #[command(flatten)]
    global: Global,
}

/// Shows the article or passage.
pub(super) fn run(args: &Args) -> Result<Outcome, Fault> {
    let folder = locate::index_folder(args.global.index.as_deref())?;
    let index = locate::open(&folder)?;
    let (number, passage) = locate::find_article(&index, &args.article)?;
    let mut reading = reading(&index, number, passage, args.context)?;
    if args.raw {
        add_dropped(&mut reading, &folder, &index, number, passage.is_none())?;
    }
    if args.global.json {
        output::write(&output::json(&reading)?)?;
        return Ok(Outcome::Done);
    }
    let terminal = Terminal::new(&args.global);
    let text = show::article(&reading, &terminal.look(&|_| None));
    output::page(&text, "", &terminal)?;
    Ok(Outcome::Done)
}

fn reading(
    index: &Generation,
    number: u32,
    asked: Option<u32>,
    context: u32,
) -> Result<Reading, Fault> {
    let ArticleRecord { id, path, title, author, url, date, first_passage, passages, .. } =
        index.article(number)?;
    let (first, last) = asked.map_or((1, passages), |it| {
        (it.saturating_sub(context).max(1), it.saturating_add(context).min(passages))
    });
    let mut pieces = Vec::new();
    for ordinal in first..=last {
        let at = first_passage + ordinal - 1;
        pieces.push(Piece::Passage {
            number: ordinal,
            line: index.passage(at)?.line,
            text: index.text(at)?.to_owned(),
            is_asked: asked == Some(ordinal),
        });
    }
    let owned = |it: Option<&str>| it.map(str::to_owned);
    Ok(Reading {
        id: id.to_owned(),
        path: path.to_owned(),
        title: owned(title),
        author: owned(author),
        date,
        url: owned(url),
        passages,
        pieces,
    })
}

/// Adds the lines that were left out among the pieces, where they stood in the file.
///
/// An article ends at the line where the next one of its file begins; the first one begins at the
/// file's first line. For a single passage only the lines between the shown pieces are added.
fn add_dropped(
    reading: &mut Reading,
    folder: &Path,
    index: &Generation,
    number: u32,
    is_whole: bool,
) -> Result<(), Fault> {
    let line_of = |piece: &Piece| match piece {
        Piece::Passage { line, .. } | Piece::Dropped { line, .. } => *line,
    };
    let path_of = |it: u32| index.article(it).ok().filter(|it| it.path == reading.path);
    let mut from = reading.pieces.first().map_or(0, line_of);
    if is_whole && number.checked_sub(1).and_then(path_of).is_none() {
        from = 0;
    }
    let to = match number.checked_add(1).and_then(path_of) {
        _ if !is_whole => reading.pieces.last().map_or(0, line_of),
        Some(next) => index.passage(next.first_passage)?.line,
        None => u32::MAX,
    };
    for it in index::dropped(folder)? {
        let line = it.dropped.line;
        if it.path == reading.path && (from..to).contains(&line) {
            reading.pieces.push(Piece::Dropped {
                line,
                text: it.dropped.text,
                rule: it.dropped.rule.to_string(),
            });
        }
    }
    reading.pieces.sort_by_key(line_of);
    Ok(())
}
