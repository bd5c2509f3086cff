//! `search show`: read an article, or a passage in it.

use clap::Args;

use passages::index::{ArticleRecord, Index};
use passages::show::{self, Piece, Reading};

use super::fault::Fault;
use super::global::Global;
use super::terminal::Terminal;
use super::{Outcome, output, place};

/// Read an article, or a passage in it
///
/// Example: `search show articles/thread.txt#9@4 --context 1`
#[derive(Args, Debug)]
pub(super) struct Typed {
    /// The article as a hit names it, with `@` and a number for one passage
    #[arg(value_name = "ARTICLE[@PASSAGE]")]
    article: String,

    /// Show so many passages before and after the one asked for
    #[arg(long, value_name = "N", default_value_t = 0)]
    context: u32,

    #[command(flatten)]
    global: Global,
}

/// Shows the article or passage.
pub(super) fn run(typed: &Typed) -> Result<Outcome, Fault> {
    let folder = place::index_folder(typed.global.index.as_deref())?;
    let index = Index::open(&folder)?;
    let (number, passage) = find(&index, &typed.article)?;
    let reading = reading(&index, number, passage, typed.context)?;
    if typed.global.json {
        output::write(&(json(&reading).to_string() + "\n"))?;
        return Ok(Outcome::Done);
    }
    let terminal = Terminal::new(&typed.global);
    let text = show::article(&reading, &terminal.look(&|_| None));
    output::page(&text, "", &terminal)?;
    Ok(Outcome::Done)
}

/// The number of the article, and which passage of it was asked for.
///
/// An id may itself end in `@` and digits, so the whole is tried first. A path stands for its
/// first article.
fn find(index: &Index, typed: &str) -> Result<(u32, Option<u32>), Fault> {
    let lookup =
        |id: &str| index.article_number(id).or_else(|| index.article_number(&format!("{id}#1")));
    if let Some(number) = lookup(typed) {
        return Ok((number, None));
    }
    let parts = typed.rsplit_once('@');
    let parts = parts.and_then(|(id, passage)| Some((id, passage.parse::<u32>().ok()?)));
    let found = parts.and_then(|(id, passage)| Some((lookup(id)?, passage)));
    let Some((number, passage)) = found else {
        let message = format!("no article `{typed}` in the index");
        return Err(Fault::new("no_article", message)
            .hint("`search --json QUERY` names the article of each hit"));
    };
    let passages = index.article(number)?.passages;
    if passage == 0 || passage > passages {
        let message = format!("`{typed}`: the article has passages 1 to {passages}");
        return Err(Fault::new("no_article", message));
    }
    Ok((number, Some(passage)))
}

fn reading(index: &Index, number: u32, asked: Option<u32>, context: u32) -> Result<Reading, Fault> {
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

fn json(reading: &Reading) -> serde_json::Value {
    let pieces = reading.pieces.iter().map(|it| match it {
        Piece::Passage { number, line, text, .. } => {
            serde_json::json!({"passage": number, "line": line, "text": text})
        }
        Piece::Dropped { line, text, rule } => {
            serde_json::json!({"dropped": rule, "line": line, "text": text})
        }
    });
    serde_json::json!({
        "schema": 1,
        "article": reading.id,
        "path": reading.path,
        "title": reading.title,
        "author": reading.author,
        "date": reading.date,
        "url": reading.url,
        "passages": reading.passages,
        "pieces": pieces.collect::<Vec<_>>(),
    })
}
