//! `search topics`: the topics, and how many passages touch each.

use serde::Serialize;

use passages::lexicon::Topic;
use passages::text::visible;

use crate::cli::fault::Fault;
use crate::cli::line::Global;
use crate::cli::outcome::Outcome;
use crate::cli::{locate, output};

/// List the topics, and how many passages touch each
///
/// Example: `search topics`, then `search --topic freight-routes Wuhan`
#[derive(clap::Args, Debug)]
pub(super) struct Args {
    #[command(flatten)]
    global: Global,
}

#[derive(Serialize)]
struct View {
    topics: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    name: String,
    en: String,
    zh: String,
    passages: u64,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Fault> {
    let folder = locate::index_folder(args.global.index.as_deref())?;
    let index = locate::open(&folder)?;
    let row = |(number, it): (usize, Topic)| {
        let passages = index.topic_count(number);
        Row { name: it.name, en: it.en, zh: it.zh, passages }
    };
    let topics: Vec<Row> = index.lexicon().topics().into_iter().enumerate().map(row).collect();
    if args.global.json {
        output::write(&output::json(&View { topics })?)?;
        return Ok(Outcome::Done);
    }
    let rows = topics.iter().map(|Row { name, en, zh, passages }| {
        format!("{passages:>7}  {}  {}, {}\n", visible(name), visible(en), visible(zh))
    });
    output::write(&rows.collect::<String>())?;
    Ok(Outcome::Done)
}
