//! How times and sizes grow with the corpus: a tenth of it, the whole, and three times as much, in
//! which the sentences of the corpus stand in other places, so that none is folded as a copy.
//!
//! Not a criterion bench: it builds each index once, and asks the same queries of each.

#![expect(clippy::print_stdout, reason = "its table is what it is for")]

mod corpus;

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use passages::index::{self, Generation};
use passages::measure::{Random, made};
use serde_json::{Value, json};

use corpus::Corpus;

/// The corpora, by how much of the whole they are.
const SIZES: [(&str, f64); 3] = [("tenth", 0.1), ("whole", 1.0), ("triple", 3.0)];

/// What is told of each size, with its unit.
const FIGURES: [(&str, &str); 7] = [
    ("text", "MB"),
    ("build", "s"),
    ("speed", "MB/s"),
    ("index", "MB"),
    ("p50", "ms"),
    ("p99", "ms"),
    ("cold", "ms"),
];

/// One size: how many passages, then the [`FIGURES`].
struct Row {
    size: &'static str,
    passages: u32,
    figures: [f64; FIGURES.len()],
}

fn main() {
    let is_short = std::env::args().any(|it| it == "--test");
    let whole = Corpus::open(is_short);
    println!("{}: {:.0} MB", whole.name, whole.bytes() as f64 / 1e6);
    let corpora = SIZES.map(|(size, share)| resized(&whole, size, share));
    let queries = whole.folder.join("growth-queries.txt");
    fs::write(&queries, queries_of(&corpora[0], is_short)).expect("the queries are written");
    let rows: Vec<Row> = SIZES
        .iter()
        .zip(&corpora)
        .map(|((size, _), corpus)| measured(size, corpus, &queries, is_short))
        .collect();
    println!("{}", table(&rows));
    let (tables, picture) = (whole.folder.join("growth.json"), whole.folder.join("growth.svg"));
    fs::write(&tables, format!("{:#}\n", as_json(&rows))).expect("the table is written");
    fs::write(&picture, drawn(&rows)).expect("the picture is written");
    println!("{}\n{}", tables.display(), picture.display());
}

/// The corpus in another size, in a folder of its own; made once.
fn resized(whole: &Corpus, size: &str, share: f64) -> Corpus {
    let folder = whole.folder.join(format!("growth-{size}"));
    let made = Corpus { name: size.to_owned(), folder };
    let (from, to) = (whole.records(), made.records());
    if to.is_file() {
        return made;
    }
    fs::create_dir_all(&made.folder).expect("a folder for the corpus");
    let part = to.with_extension("part");
    let mut out = BufWriter::new(File::create(&part).expect("a file for the corpus"));
    let every = (1.0 / share).round().max(1.0) as usize;
    for line in lines(&from).step_by(every) {
        writeln!(out, "{line}").expect("a record is written");
    }
    let again = (share as usize).saturating_sub(1);
    let pools = if again > 0 { pools(&from) } else { Pools::default() };
    for copy in 1..=again {
        let mut random = Random::new(copy as u64);
        for line in lines(&from) {
            writeln!(out, "{}", pools.recombined(&line, copy, &mut random))
                .expect("a record is written");
        }
    }
    out.flush().expect("the corpus is written");
    fs::rename(&part, &to).expect("the corpus is in its place");
    made
}

fn lines(path: &Path) -> impl Iterator<Item = String> {
    let file = File::open(path).expect("the corpus opens");
    BufReader::new(file).lines().map(|it| it.expect("the corpus is text"))
}

/// Sentences of the corpus: English ones, Chinese ones.
#[derive(Default)]
struct Pools([Vec<String>; 2]);

/// As many sentences as a pool holds.
const MOST_SENTENCES: usize = 200_000;

fn pools(path: &Path) -> Pools {
    let mut pools = Pools::default();
    for line in lines(path) {
        let record: Value = serde_json::from_str(&line).expect("a record is JSON");
        // Some of each record, so that the pools hold all of the corpus' subjects.
        for sentence in sentences(text_of(&record)).step_by(7) {
            let pool = &mut pools.0[usize::from(is_chinese(sentence))];
            if pool.len() < MOST_SENTENCES {
                pool.push(sentence.to_owned());
            }
        }
    }
    pools
}

impl Pools {
    /// A record as long as this one, of other sentences in the same languages.
    fn recombined(&self, line: &str, copy: usize, random: &mut Random) -> Value {
        let record: Value = serde_json::from_str(line).expect("a record is JSON");
        let mut text = String::new();
        for sentence in sentences(text_of(&record)) {
            let pool = &self.0[usize::from(is_chinese(sentence))];
            text.push_str(pool.get(random.below(pool.len())).map_or("", String::as_str));
        }
        let id = record.get("id").and_then(Value::as_str).unwrap_or_default();
        json!({ "id": format!("{id}-{copy}"), "text": text })
    }
}

fn text_of(record: &Value) -> &str {
    record.get("text").and_then(Value::as_str).unwrap_or_default()
}

/// The sentences of a text, each with what stands up to the next.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(". ").flat_map(|it| it.split_inclusive(['。', '\n']))
}

fn is_chinese(sentence: &str) -> bool {
    sentence.chars().any(|it| ('\u{4e00}'..='\u{9fff}').contains(&it))
}

/// Queries of the smallest corpus, whose records are in all others too.
fn queries_of(corpus: &Corpus, is_short: bool) -> String {
    let index = corpus.index();
    let passages = index.manifest().statistics.passages as usize;
    let classes = made(passages, if is_short { 12 } else { 240 }, |it| {
        let text = index.text(u32::try_from(it).unwrap_or(0));
        text.expect("the passage can be read").to_owned()
    });
    classes.iter().flat_map(|it| &it.queries).map(|it| format!("{it}\n")).collect()
}

/// Builds an index and asks it.
fn measured(size: &'static str, corpus: &Corpus, queries: &Path, is_short: bool) -> Row {
    let request = corpus.request("built", true);
    let start = Instant::now();
    index::build(&request, &|_| ()).expect("the corpus is indexed");
    let seconds = start.elapsed().as_secs_f64();
    let index = Generation::open(&request.dir).expect("the index opens");
    let text = corpus.bytes() as f64 / 1e6;
    let bytes = index.manifest().index_bytes() as f64 / 1e6;
    let asked = asked(&request.dir, queries, is_short);
    let warm = |what: &str| asked["warm"][what]["median"].as_f64().expect("a time") / 1e3;
    let cold = asked["cold"]["p50_us"]["median"].as_f64().expect("a time") / 1e3;
    let (p50, p99) = (warm("p50_us"), warm("p99_us"));
    Row {
        size,
        passages: index.manifest().statistics.passages,
        figures: [text, seconds, text / seconds, bytes, p50, p99, cold],
    }
}

/// What `search bench` tells of an index.
fn asked(dir: &Path, queries: &Path, is_short: bool) -> Value {
    let (rounds, cold) = if is_short { ("1", "3") } else { ("5", "40") };
    let mut bench = Command::new(env!("CARGO_BIN_EXE_search"));
    bench.args(["bench", "--json", "--rounds", rounds, "--cold", cold]);
    let told = bench.arg("--index").arg(dir).arg("--queries").arg(queries).output();
    let told = told.expect("the program runs");
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    serde_json::from_slice(&told.stdout).expect("it tells JSON")
}

fn table(rows: &[Row]) -> String {
    let mut out = format!("{:<8} {:>10}", "corpus", "passages");
    for (name, unit) in FIGURES {
        let _ = write!(out, " {:>11}", format!("{name} {unit}"));
    }
    for row in rows {
        let _ = write!(out, "\n{:<8} {:>10}", row.size, row.passages);
        for figure in row.figures {
            let _ = write!(out, " {figure:>11.2}");
        }
    }
    out
}

fn as_json(rows: &[Row]) -> Value {
    let row = |row: &Row| {
        let mut told = json!({ "corpus": row.size, "passages": row.passages });
        for ((name, unit), figure) in FIGURES.iter().zip(row.figures) {
            told[format!("{name}_{}", unit.replace('/', "_per_").to_lowercase())] = json!(figure);
        }
        told
    };
    rows.iter().map(row).collect()
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 400.0;
/// Room around the lines, and to the right of them for what they are.
const MARGIN: f64 = 50.0;
const BESIDE: f64 = 125.0;
const COLOURS: [&str; 5] = ["#47a", "#a55", "#5a5", "#a5a", "#a83"];

/// Each figure as a multiple of that of the smallest corpus, over the passages; both logarithmic.
/// What is dashed grows as the corpus does.
fn drawn(rows: &[Row]) -> String {
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
         font-family=\"sans-serif\" font-size=\"11\">\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"white\"/>\n\
         <text x=\"{MARGIN}\" y=\"20\">times and sizes as multiples of those of the smallest \
         corpus, over its passages</text>\n"
    );
    let passages: Vec<f64> = rows.iter().map(|it| f64::from(it.passages)).collect();
    let proportional = ("proportional", "#999\" stroke-dasharray=\"4");
    let mut labels = vec![line(&mut out, &passages, &passages, proportional)];
    let shown =
        FIGURES.iter().enumerate().filter(|(_, (name, _))| !matches!(*name, "text" | "speed"));
    for ((at, (name, _)), colour) in shown.zip(COLOURS) {
        let values: Vec<f64> = rows.iter().map(|it| it.figures[at]).collect();
        labels.push(line(&mut out, &passages, &values, (name, colour)));
    }
    write_apart(&mut out, labels);
    for row in rows {
        let x = across(f64::from(row.passages), &passages);
        let y = HEIGHT - MARGIN + 18.0;
        let _ = writeln!(
            out,
            "<text x=\"{x:.1}\" y=\"{y}\" text-anchor=\"middle\">{}</text>",
            row.passages
        );
    }
    out.push_str("</svg>\n");
    out
}

/// Where a number of passages stands from left to right.
fn across(passages: f64, all: &[f64]) -> f64 {
    let (least, most) = (all[0], all[all.len() - 1]);
    let share = (passages / least).ln() / (most / least).ln().max(f64::MIN_POSITIVE);
    MARGIN + share * (WIDTH - MARGIN - BESIDE)
}

/// Writes what the lines are called, from the lowest up, none over another.
fn write_apart(out: &mut String, mut labels: Vec<(f64, String)>) {
    labels.sort_by(|one, other| other.0.total_cmp(&one.0));
    let (mut free, beside) = (f64::INFINITY, WIDTH - BESIDE + 6.0);
    for (y, label) in labels {
        let y = y.min(free);
        free = y - 13.0;
        let _ = writeln!(out, "<text x=\"{beside}\" y=\"{y:.1}\">{label}</text>");
    }
}

/// Draws a line; gives where it ends, and what to call it.
fn line(
    out: &mut String,
    passages: &[f64],
    values: &[f64],
    (name, colour): (&str, &str),
) -> (f64, String) {
    let most = (passages[passages.len() - 1] / passages[0]).ln().max(f64::MIN_POSITIVE);
    let high = HEIGHT - 2.0 * MARGIN;
    let rise = |value: f64| (value / values[0]).ln() / most * high * 0.9;
    // What falls, by noise, stays in the picture.
    let y = |value: f64| (HEIGHT - MARGIN - rise(value)).min(HEIGHT - 6.0);
    let points: Vec<String> = passages
        .iter()
        .zip(values)
        .map(|(x, value)| format!("{:.1},{:.1}", across(*x, passages), y(*value)))
        .collect();
    let last = values[values.len() - 1];
    let points = points.join(" ");
    let _ = writeln!(out, "<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\"/>");
    (y(last) + 4.0, format!("{name} × {:.1}", last / values[0]))
}
