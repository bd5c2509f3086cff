//! Queries and documents that were made to do harm: each is answered in time, by an answer or by
//! a clear error, and nothing of it reaches a terminal raw.

use std::time::{Duration, Instant};

use passages::index::Generation;
use passages::query::{self, parse};
use passages::searcher::{Options, Searcher};

use crate::desk::{Desk, SENTENCES};
use crate::dice::Dice;
use crate::safe::is_safe;
use crate::table::{Trial, Tried};

/// Longer than this is refused service. The code of a test without optimisation is slow.
const MOST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 1 });

/// Pieces that steer parsers, terminals, formats and shells.
const PIECES: [&str; 60] = [
    "(",
    ")",
    "((((((((",
    "))))",
    "\"",
    "“",
    "”",
    "「",
    "」",
    "*",
    "~",
    "~9999999999",
    "\"a b\"~",
    "-",
    "--",
    "+",
    "OR",
    "AND",
    "NOT",
    "title:",
    "path:",
    "path:[",
    "path:{a,b",
    "path:**/**/**",
    "date:",
    "date:2015..",
    "date:..",
    "date:9999-99-99",
    "lang:",
    "lang:xx",
    "topic:",
    "topic:sanctions",
    "author:",
    ":",
    "::",
    "\u{1b}[2J",
    "\u{1b}]0;x\u{7}",
    "\0",
    "\r",
    "\n",
    "\u{202e}",
    "\u{2066}",
    "\u{feff}",
    "\u{200b}",
    "\u{300}\u{301}\u{302}",
    "👩‍👩‍👧‍👦",
    "ﷺ",
    "ß",
    "İ",
    "ﬁ",
    "一带一路",
    "莫斯科",
    "的",
    "the",
    "China",
    "a*",
    "*a",
    "www.x.com/?q=1&r=<b>",
    "'; DROP TABLE x; --",
    "../../etc/passwd",
];

/// The `case`-th hostile query: the same ones always.
fn query(case: u64, dice: &mut Dice) -> String {
    let repeated = |piece: &str, times: usize| piece.repeat(times);
    let all = PIECES.len() as u64;
    match case {
        it if it < all => PIECES[it as usize].to_owned(),
        it if it < 2 * all => repeated(PIECES[(it - all) as usize], 40),
        it if it < 3 * all => {
            let piece = PIECES[(it - 2 * all) as usize];
            repeated(piece, 4_000 / piece.len())
        }
        it if it < 4 * all => repeated(&format!("{} ", PIECES[(it - 3 * all) as usize]), 300),
        it if it < 5 * all => {
            format!("\"{}\"", repeated(&format!("{} ", PIECES[(it - 4 * all) as usize]), 60))
        }
        _ => (0..1 + dice.below(30)).fold(String::new(), |mut typed, _| {
            typed.push_str(dice.word(&PIECES));
            typed.push_str(dice.word(&["", " ", "  "]));
            typed
        }),
    }
}

pub(crate) fn queries(trial: &Trial) -> Tried {
    let desk = Desk::with_notes();
    desk.write("evil.txt", &PIECES.join(" "));
    desk.build().unwrap();
    let searcher = Searcher::new(Generation::open(&desk.index()).unwrap());
    let (mut refused, mut longest) = (0, Duration::ZERO);
    let tried = trial.each(trial.times(200, 500, 100_000), |case, dice| {
        let typed = query(case, dice);
        let start = Instant::now();
        let asked = parse(&typed);
        if let Err(fault) = query::check(&typed) {
            refused += 1;
            let is_clear = !fault.message.is_empty() && !fault.hint.is_empty();
            return if is_clear { Ok(()) } else { Err(format!("{typed:?}: no clear error")) };
        }
        let results = searcher.search(&asked, &Options::default());
        longest = longest.max(start.elapsed());
        let shown: String = typed.chars().take(60).collect();
        if start.elapsed() > MOST {
            return Err(format!("{shown:?} took {:?}", start.elapsed()));
        }
        let results = results.map_err(|it| format!("{shown:?}: {it:#}"))?;
        is_safe(&results).map_err(|it| format!("{shown:?}: {it}"))
    });
    tried.with_note(format!(
        "{refused} refused with a hint, the longest took {} ms",
        longest.as_millis()
    ))
}

/// What a document is called, and its bytes.
type Document = (&'static str, Vec<u8>);

/// The names under which harm comes.
const NAMES: [&str; 10] = [
    "d.txt", "d.md", "d.html", "d.jsonl", "d.json", "d.csv", "d.epub", "d.zip", "d.txt.gz", "d.tsv",
];
/// What harms when it is repeated, by whom it harms: parsers of pages, of records, of Markdown,
/// openers of archives, terminals, widths, threads and dates, names, blocks of pages, tables.
const MADE: [&[&str]; 10] = [
    &[
        "<div>",
        "<b>",
        "<table><tr><td>",
        "<!--",
        "<![CDATA[",
        "</p>",
        "<script>",
        "<svg><style>",
        "&#x1b;[2J",
        "&#0;&#xd800;",
    ],
    &["[", "{\"text\":\"", "{\"id\":\"", "\"", "\\u0000", "\\ud800", "\\", "]", "}", ","],
    &["# ", "> ", "```", "- ", "| a ", "[x](", "![", "***", "<a href=", "    "],
    &[
        "PK\x03\x04",
        "PK\x01\x02",
        "PK\x05\x06",
        "\x1f\u{8b}",
        "%PDF-1.7\n",
        "\u{28}\u{b5}/\u{fd}",
        "\0",
        "\u{7f}ELF",
        "\u{feff}",
        "ÿþ",
    ],
    &[
        "\u{1b}[31m",
        "\u{1b}]8;;http://x\u{7}",
        "\u{9b}2J",
        "\u{202e}",
        "\u{2066}",
        "\r",
        "\u{8}",
        "\u{c}",
        "\u{b}",
        "\u{85}",
    ],
    &["a", "一", " ", "\n", "\t", "\u{3000}", "\u{200b}", "\u{300}", "👨‍👩‍👧‍👦", "ﷺ"],
    &[
        "10-27-2015 15:20 BJT\n",
        "Oct 25, 99999\n",
        "2015年13月45日\n",
        "Posted by x\n",
        "Reply\n",
        ". .\n",
        "said:\n",
        "Pin It\n",
        "@a ",
        "1 2 3\n",
    ],
    &[
        "Kestrel Bay (KB) ",
        "(((",
        "一带一路（OBOR）",
        "\"",
        "A. B. C. ",
        "U.S.",
        "www.",
        "1,000,000.5% ",
        "e-",
        "x'",
    ],
    &[
        "<p>",
        "<br>",
        "<h1>",
        "<li>",
        "<blockquote>",
        "<meta charset=utf-16>",
        "<meta charset=x>",
        "<title>",
        "<base href=//x>",
        "<plaintext>",
    ],
    &[
        "text,title\n",
        ",\n",
        "\"\"\"\n",
        "a\tb\n",
        "\"\n",
        "id,text\n1,",
        ";",
        "=cmd|x\n",
        "\u{feff}text\n",
        "\r",
    ],
];

/// The `case`-th hostile document: a name, a harm, how often it is repeated, a few broken bytes.
fn document(case: u64, dice: &mut Dice) -> Document {
    let kind = &MADE[(case as usize / 10) % 10];
    let piece = kind[case as usize % 10];
    let name = NAMES[(case as usize / 7) % 10];
    let count = [1, 50, 5_000, 120_000][dice.below(4)].min(1_500_000 / piece.len());
    let mut bytes = Vec::new();
    if dice.once_in(2) {
        bytes.extend(SENTENCES[dice.below(10)].bytes());
        bytes.push(b'\n');
    }
    for _ in 0..count {
        bytes.extend(piece.bytes());
        if dice.once_in(3) {
            bytes.extend(dice.one_of(&["x", " ", "\n", "俄", "word "]).bytes());
        }
    }
    let broken = if dice.once_in(3) { dice.below(4) } else { 0 };
    for _ in 0..broken {
        let at = dice.below(bytes.len());
        bytes[at] = dice.number() as u8;
    }
    (name, bytes)
}

pub(crate) fn documents(trial: &Trial) -> Tried {
    let (mut left_out, mut longest) = (0, (Duration::ZERO, 0));
    let most = MOST * 10;
    let tried = trial.each(trial.times(12, 200, 50_000), |case, dice| {
        let desk = Desk::new();
        desk.write("good.txt", "Freight trains run from Wuhan to Moscow twice a week.\n");
        let (name, bytes) = document(case, dice);
        std::fs::write(desk.notes().join(name), &bytes).map_err(|it| it.to_string())?;
        let start = Instant::now();
        let report = desk.build().map_err(|it| format!("{name}, {} bytes: {it}", bytes.len()))?;
        let took = start.elapsed();
        longest = longest.max((took, case));
        if took > most {
            return Err(format!("{name}, {} bytes took {took:?}", bytes.len()));
        }
        left_out += u64::from(!report.skips.is_empty());
        if let Some(it) = report.skips.iter().find(|it| it.path.ends_with("good.txt")) {
            return Err(format!("{name} cost another: {it:?}"));
        }
        let searcher = Searcher::new(Generation::open(&desk.index()).map_err(|it| it.to_string())?);
        for asked in ["Wuhan Moscow", "x", "俄", "word", "a"] {
            let results = searcher.search(&parse(asked), &Options::default());
            let results = results.map_err(|it| format!("{name}: `{asked}`: {it:#}"))?;
            is_safe(&results).map_err(|it| format!("{name}: `{asked}`: {it}"))?;
            let is_good = |it: &passages::hit::Hit| it.path.ends_with("good.txt");
            if asked == "Wuhan Moscow" && !results.hits.iter().any(is_good) {
                return Err(format!("{name}: the good article is not found"));
            }
        }
        Ok(())
    });
    let (took, case) = longest;
    tried.with_note(format!(
        "{left_out} left out with a reason, the longest took {} ms (case {case})",
        took.as_millis()
    ))
}
