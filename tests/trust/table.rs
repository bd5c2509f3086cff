//! The table of what was tried: its rows, how often each is tried, and how it is printed.

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use crate::dice::Dice;

/// How much is tried of each row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// A glance, for `cargo test`.
    Short,
    /// What `.ci/run` tries, within ten minutes on two cores.
    Full,
    /// By hand, for as long as it takes.
    Soak,
}

/// How a row is tried.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trial {
    pub(crate) extent: Extent,
    pub(crate) seed: u64,
    /// The one case that is tried again.
    only: Option<u64>,
    /// How much of the soak is tried, in hundredths.
    share: u64,
}

/// What came of a row.
#[derive(Debug, Default)]
pub(crate) struct Tried {
    pub(crate) count: u64,
    pub(crate) failures: Vec<String>,
    /// What else is to be known: stages hit, times, or why nothing was tried.
    pub(crate) note: String,
    pub(crate) is_skipped: bool,
}

/// A row of the table.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) what: &'static str,
    pub(crate) run: fn(&Trial) -> Tried,
}

impl Trial {
    /// By the environment: PASSAGES_TRUST is `short`, `full` or `soak`, PASSAGES_TRUST_SEED a
    /// number, PASSAGES_TRUST_CASE the one case to try again, PASSAGES_TRUST_SHARE the hundredths of
    /// the soak that are tried.
    pub(crate) fn from_environment() -> Self {
        let set = |name: &str| std::env::var(name).ok().filter(|it| !it.is_empty());
        let number = |name: &str| set(name).map(|it| it.parse().expect("a number"));
        let usual = if cfg!(debug_assertions) { Extent::Short } else { Extent::Full };
        let extent = match set("PASSAGES_TRUST").as_deref() {
            None => usual,
            Some("short") => Extent::Short,
            Some("full") => Extent::Full,
            Some("soak") => Extent::Soak,
            Some(other) => panic!("PASSAGES_TRUST={other}: short, full or soak"),
        };
        let seed = number("PASSAGES_TRUST_SEED").unwrap_or(20_151_024);
        let share = number("PASSAGES_TRUST_SHARE").unwrap_or(100);
        Self { extent, seed, only: number("PASSAGES_TRUST_CASE"), share }
    }

    /// How often, by extent; a share of the soak is no less than the full table.
    pub(crate) fn times(&self, short: u64, full: u64, soak: u64) -> u64 {
        match self.extent {
            Extent::Short => short,
            Extent::Full => full,
            Extent::Soak => (soak * self.share / 100).max(full),
        }
    }

    /// The dice of a case: they depend on the seed and on the case alone.
    pub(crate) fn dice(&self, case: u64) -> Dice {
        let mut dice = Dice::new(self.seed ^ case.wrapping_mul(0x2545_f491_4f6c_dd1d));
        dice.number();
        dice
    }

    /// Tries `count` cases, or the one that is wanted; a case fails by its error or by a panic.
    pub(crate) fn each(
        &self,
        count: u64,
        mut case: impl FnMut(u64, &mut Dice) -> Result<(), String>,
    ) -> Tried {
        let mut tried = Tried::default();
        for number in (0..count).filter(|it| self.only.is_none_or(|only| only == *it)) {
            tried.count += 1;
            let mut dice = self.dice(number);
            let outcome = catch_unwind(AssertUnwindSafe(|| case(number, &mut dice)));
            match outcome {
                Ok(Ok(())) => {}
                Ok(Err(what)) => tried.failures.push(format!("case {number}: {what}")),
                Err(panic) => tried.failures.push(format!("case {number}: {}", said(&*panic))),
            }
        }
        tried
    }
}

/// What a panic said.
pub(crate) fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    format!("a panic: {}", text.unwrap_or("of no words"))
}

impl Tried {
    /// Nothing could be tried, and why.
    pub(crate) fn skipped(why: impl Into<String>) -> Self {
        Self { note: why.into(), is_skipped: true, ..Self::default() }
    }

    pub(crate) fn with_note(self, note: impl Into<String>) -> Self {
        Self { note: note.into(), ..self }
    }
}

/// Tries the rows, two at a time, and prints the table; gives whether all held.
pub(crate) fn print(rows: &[&Row], trial: &Trial) -> bool {
    say(&format!("\nextent {:?}, seed {}\n", trial.extent, trial.seed));
    say("| what | tried | failed | seconds | |\n|---|---|---|---|---|");
    let (next, is_right) = (AtomicUsize::new(0), AtomicBool::new(true));
    let work = || {
        while let Some(row) = rows.get(next.fetch_add(1, Ordering::Relaxed)) {
            if !print_row(row, trial) {
                is_right.store(false, Ordering::Relaxed);
            }
        }
    };
    thread::scope(|scope| {
        scope.spawn(work);
        work();
    });
    say("");
    is_right.into_inner()
}

/// Tries one row and prints it; gives whether it held.
fn print_row(row: &Row, trial: &Trial) -> bool {
    let start = Instant::now();
    let tried = catch_unwind(|| (row.run)(trial));
    let tried =
        tried.unwrap_or_else(|panic| Tried { failures: vec![said(&*panic)], ..Tried::default() });
    let (seconds, failed) = (start.elapsed().as_secs_f64(), tried.failures.len());
    let count = if tried.is_skipped { "skipped".to_owned() } else { tried.count.to_string() };
    let mut lines =
        format!("| {} | {count} | {failed} | {seconds:.0} | {} |", row.what, tried.note);
    for failure in tried.failures.iter().take(5) {
        lines.push_str(&format!("\n  {}: {failure}", row.name));
    }
    if failed > 0 {
        let again = format!("PASSAGES_TRUST_SEED={} PASSAGES_TRUST_CASE=N", trial.seed);
        lines.push_str(&format!("\n  again: {again} cargo test --test trust -- {}", row.name));
    }
    say(&lines);
    // A row that tried nothing held nothing.
    let is_empty = tried.count == 0 && !tried.is_skipped && trial.only.is_none();
    failed == 0 && !is_empty
}

/// Prints lines at once, so that a table that grows is seen.
fn say(lines: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{lines}").and_then(|()| out.flush()).ok();
}
