//! Four readers beside one writer: what is read is of one build, and never of an earlier one than
//! was read before.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use passages::index::Generation;
use passages::query::parse;
use passages::searcher::{Options, Searcher};

use crate::desk::Desk;
use crate::dice::Dice;
use crate::table::{Trial, Tried};

/// Files that change together with each build.
const FILES: usize = 6;

/// What every file says in an edition.
fn edition(number: u64) -> String {
    format!("The harbour report, edition{number}x.\n\n莫斯科的列车第{number}版。\n")
}

/// Writes an edition, all files of it, and builds.
fn publish(desk: &Desk, number: u64) -> Result<(), String> {
    (0..FILES).for_each(|it| desk.write(&format!("{it}.txt"), &edition(number)));
    desk.build().map(drop).map_err(|it| format!("the writer: {it}"))
}

/// The edition that an open index answers with, from its texts, its terms and its tables alike.
fn read(searcher: &Searcher) -> Result<u64, String> {
    let index = searcher.index();
    let wrong = |it: anyhow::Error| format!("{it:#}");
    let statistics = index.manifest().statistics;
    if statistics.articles as usize != FILES {
        return Err(format!("{} articles", statistics.articles));
    }
    let mut editions = BTreeSet::new();
    for number in 0..statistics.passages {
        let text = index.text(number).map_err(wrong)?;
        let said = text.split("edition").nth(1).and_then(|it| it.split('x').next());
        editions.insert(said.and_then(|it| it.parse::<u64>().ok()).ok_or("no edition")?);
    }
    let [one] = editions.iter().copied().collect::<Vec<_>>()[..] else {
        return Err(format!("torn: editions {editions:?}"));
    };
    let options = Options { fold_copies: false, ..Options::default() };
    for query in
        [format!("edition{one}x"), "\"莫斯科的列车\"".to_owned(), "KBHA harbour".to_owned()]
    {
        let results = searcher.search(&parse(&query), &options).map_err(wrong)?;
        if results.total != FILES as u64
            || results.hits.iter().any(|it| !it.text.contains(&format!("edition{one}x")))
        {
            return Err(format!("edition {one}: `{query}` has {} hits", results.total));
        }
    }
    if let Some(remark) = index.warning() {
        return Err(format!("a remark: {remark}"));
    }
    Ok(one)
}

fn open(dir: &Path) -> Result<Searcher, String> {
    Generation::open(dir).map(Searcher::new).map_err(|it| format!("opening: {it}"))
}

/// Reads until told to stop; keeps some indexes open over later builds.
fn reader(dir: &Path, mut dice: Dice, stop: &AtomicBool) -> Result<u64, String> {
    let (mut loops, mut last) = (0, 0);
    let mut kept: Option<(u64, Searcher)> = None;
    while !stop.load(Ordering::Relaxed) {
        let searcher = open(dir)?;
        let now = read(&searcher)?;
        if now < last {
            return Err(format!("backwards: edition {now} after {last}"));
        }
        last = now;
        if let Some((then, old)) = &kept
            && read(old)? != *then
        {
            return Err(format!("an open index changed from edition {then}"));
        }
        if dice.once_in(7) {
            kept = Some((now, searcher));
        } else if dice.once_in(7) {
            // Kept without having been read: what is read of it late is of its edition too.
            kept = Some((last, open(dir)?))
                .filter(|it| it.1.index().generation() == searcher.index().generation());
        }
        loops += 1;
    }
    Ok(loops)
}

pub(crate) fn run(trial: &Trial) -> Tried {
    let desk = Desk::new();
    if let Err(what) = publish(&desk, 1) {
        return Tried { count: 1, failures: vec![what], ..Tried::default() };
    }
    let time = Duration::from_secs(trial.times(3, 30, 8 * 3600));
    let readers = trial.times(4, 4, 8);
    let (stop, builds) = (AtomicBool::new(false), AtomicU64::new(0));
    let mut tried = Tried::default();
    thread::scope(|scope| {
        let (desk, stop, builds) = (&desk, &stop, &builds);
        let index = desk.index();
        let running: Vec<_> = (0..readers)
            .map(|it| {
                let (index, dice) = (index.clone(), trial.dice(it));
                scope.spawn(move || reader(&index, dice, stop))
            })
            .collect();
        let start = Instant::now();
        while start.elapsed() < time && running.iter().all(|it| !it.is_finished()) {
            let number = builds.fetch_add(1, Ordering::Relaxed) + 2;
            if let Err(what) = publish(desk, number) {
                tried.failures.push(what);
                break;
            }
        }
        stop.store(true, Ordering::Relaxed);
        for reader in running {
            match reader.join() {
                Ok(Ok(loops)) => tried.count += loops,
                Ok(Err(what)) => tried.failures.push(what),
                Err(panic) => tried.failures.push(crate::table::said(&*panic)),
            }
        }
    });
    let left = std::fs::read_dir(desk.index()).unwrap().count();
    // CURRENT, lock, the current generation and two that readers may still be about to open.
    if left > 5 {
        tried.failures.push(format!("{left} entries are left: old generations are not removed"));
    }
    tried.with_note(format!("{readers} readers, {} builds", builds.into_inner()))
}
