//! The results of a run; the field names are those of the JSON.

use std::collections::HashMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use passages::measure::{Bar, Change, Spread, Times, change, histogram};
use passages::searcher::Searcher;

use super::cold::Cold;
use super::warm::{CheckedQuery, Throughput, Warm};

/// The results of a run.
#[derive(Default, Serialize)]
pub(super) struct Report {
    pub(super) index: String,
    pub(super) generation: String,
    pub(super) passages: u32,
    pub(super) rounds: usize,
    /// Opening the index, once, in this process.
    pub(super) open_us: f64,
    /// Whole answers within one process.
    pub(super) warm: Times,
    /// Whole processes; nothing where none were started.
    pub(super) cold: Option<Times>,
    /// Processes that only start.
    pub(super) start: Option<Times>,
    pub(super) throughput: Throughput,
    pub(super) stages: MeanStages,
    pub(super) histogram: Vec<Bar>,
    pub(super) change: Option<Change>,
    pub(super) queries: Vec<Row>,
}

/// One query: the median of its rounds.
#[derive(Serialize, Deserialize)]
pub(super) struct Row {
    pub(super) query: String,
    pub(super) total: u64,
    pub(super) warm_us: f64,
}

/// Mean microseconds of the stages of an answer.
#[derive(Default, Serialize)]
pub(super) struct MeanStages {
    pub(super) parse_us: f64,
    pub(super) plan_us: f64,
    pub(super) count_us: f64,
    pub(super) collect_us: f64,
    pub(super) rank_us: f64,
    pub(super) fetch_us: f64,
    pub(super) snippet_us: f64,
}

/// The parts of an earlier run's JSON that are compared.
#[derive(Deserialize)]
pub(super) struct Earlier {
    warm: Times,
    queries: Vec<Row>,
}

impl Report {
    /// An empty report on an index.
    pub(super) fn new(searcher: &Searcher, folder: &Path, rounds: usize, open_ns: u64) -> Self {
        let index = searcher.index();
        Self {
            index: folder.display().to_string(),
            generation: index.generation().to_owned(),
            passages: index.manifest().statistics.passages,
            rounds,
            open_us: open_ns as f64 / 1e3,
            ..Self::default()
        }
    }

    /// Takes over the warm times.
    pub(super) fn warm(&mut self, warm: &Warm, queries: &[CheckedQuery]) {
        self.warm = Times::of(&warm.rounds);
        self.histogram = histogram(warm.rounds.iter().flatten().copied());
        let samples = self.warm.samples.max(1) as f64;
        let mean = |it: u64| it as f64 / 1e3 / samples;
        let stages = &warm.stages;
        self.stages = MeanStages {
            parse_us: mean(warm.parse),
            plan_us: mean(stages.plan),
            count_us: mean(stages.count),
            collect_us: mean(stages.collect),
            rank_us: mean(stages.rank),
            fetch_us: mean(stages.fetch),
            snippet_us: mean(stages.snippet),
        };
        let row = |(at, it): (usize, &CheckedQuery)| {
            let times = warm.rounds.iter().filter_map(|round| round.get(at));
            let times = Spread::of(times.map(|it| *it as f64 / 1e3).collect());
            Row { query: it.text.clone(), total: it.total, warm_us: times.median }
        };
        self.queries = queries.iter().enumerate().map(row).collect();
    }

    /// Takes over the times of processes.
    pub(super) fn cold(&mut self, cold: &Cold) {
        if !cold.answers.is_empty() {
            self.cold = Some(Times::of(&cold.answers));
            self.start = Some(Times::of(std::slice::from_ref(&cold.starts)));
        }
    }

    /// What changed since an earlier run over some of the same queries; nothing where there are none.
    pub(super) fn change_since(&self, earlier: &Earlier) -> Option<Change> {
        let then: HashMap<&str, f64> =
            earlier.queries.iter().map(|it| (it.query.as_str(), it.warm_us)).collect();
        let pairs =
            self.queries.iter().filter_map(|it| Some((*then.get(it.query.as_str())?, it.warm_us)));
        let pairs: Vec<(f64, f64)> = pairs.filter(|it| it.0 > 0.0 && it.1 > 0.0).collect();
        let noise = self.warm.p50_us.noise().max(earlier.warm.p50_us.noise());
        (!pairs.is_empty()).then(|| change(&pairs, noise))
    }
}
