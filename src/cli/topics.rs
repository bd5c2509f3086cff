//! `search topics`: the topics, and how many passages touch each.

use clap::Args;
use serde::Serialize;

use passages::searcher::{Options, Searcher};
use passages::text::visible;

use super::asking::Asking;
use super::fault::Fault;
use super::global::Global;
use super::{Outcome, output, place};

/// List the topics, and how many passages touch each
///
/// Example: `search topics`, then `search --topic freight-routes Wuhan`
#[derive(Args, Debug)]
pub(super) struct Typed {
    #[command(flatten)]
    global: Global,
}

#[derive(Serialize)]
struct View {
    schema: u32,
    topics: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    name: String,
    en: String,
    zh: String,
    passages: u64,
}

/// Counts each topic by asking for it.
pub(super) fn run(typed: &Typed) -> Result<Outcome, Fault> {
    let folder = place::index_folder(typed.global.index.as_deref())?;
    let searcher = Searcher::new(place::open(&folder)?);
    let options = Options { limit: 0, folds_copies: false, ..Options::default() };
    let mut topics = Vec::new();
    for topic in searcher.index().lexicon().topics() {
        let query = Asking::understand_bare(&format!("topic:{}", topic.name))?;
        let passages = searcher.search(&query, &options)?.total;
        topics.push(Row { name: topic.name, en: topic.en, zh: topic.zh, passages });
    }
    if typed.global.json {
        output::write(&output::json(&View { schema: 1, topics })?)?;
        return Ok(Outcome::Done);
    }
    let rows = topics.iter().map(|Row { name, en, zh, passages }| {
        format!("{passages:>7}  {}  {}, {}\n", visible(name), visible(en), visible(zh))
    });
    output::write(&rows.collect::<String>())?;
    Ok(Outcome::Done)
}
