//! The table of the figures, in Markdown.

use peers::engine::Wants;

use crate::queries::Drawn;

/// The least times of one engine, in microseconds.
pub struct Times {
    name: &'static str,
    /// Of answers and of candidates, for each query: in turn with the other engines, and hot.
    best: [Vec<[f64; 2]>; 2],
}

impl Times {
    /// Starts without times.
    pub fn new(name: &'static str, queries: usize) -> Self {
        Self { name, best: [(); 2].map(|()| vec![[f64::MAX; 2]; queries]) }
    }

    /// Takes a time into account.
    pub fn keep(&mut self, wants: Wants, query: usize, is_hot: bool, took_us: f64) {
        let best = &mut self.best[wants as usize][query][usize::from(is_hot)];
        *best = best.min(took_us);
    }

    fn sum(&self, wants: Wants, queries: &[usize], at: usize) -> f64 {
        queries.iter().map(|it| self.best[wants as usize][*it][at]).sum()
    }
}

/// Makes the table: a row for each class and one for all; `times` are ours, then the others'.
pub fn table(queries: &[Drawn], times: &[Times]) -> String {
    let [ours, peers @ ..] = times else { return String::new() };
    let names = || peers.iter().map(|it| it.name).collect::<Vec<_>>().join(" | ");
    let mut rows = vec![
        format!("| class | n | answer, µs | {0} | candidates, µs | {0} |", names()),
        format!("|---|{}", "--:|".repeat(3 + 2 * peers.len())),
    ];
    let mut classes: Vec<&str> = queries.iter().map(|it| it.class).collect();
    classes.sort_unstable();
    classes.dedup();
    for class in classes {
        let members = (0..queries.len()).filter(|it| queries[*it].class == class);
        rows.push(row(class, &members.collect::<Vec<_>>(), ours, peers));
    }
    let all: Vec<usize> = (0..queries.len()).collect();
    rows.push(row("**all**", &all, ours, peers));
    rows.push(spread(ours, peers));
    rows.join("\n")
}

/// Our mean times, and the ratios of the sums.
fn row(name: &str, members: &[usize], ours: &Times, peers: &[Times]) -> String {
    let mut cells = vec![name.to_owned(), members.len().to_string()];
    for wants in [Wants::Answer, Wants::Candidates] {
        let sums = |times: &Times| [0, 1].map(|at| times.sum(wants, members, at));
        let own = sums(ours);
        let [turn, hot] = own.map(|it| it / members.len() as f64);
        cells.push(format!("{turn:.0} / {hot:.0}"));
        cells.extend(peers.iter().map(|peer| {
            let others = sums(peer);
            format!("{} / {}", ratio(own[0] / others[0]), ratio(own[1] / others[1]))
        }));
    }
    format!("| {} |", cells.join(" | "))
}

/// The quartiles of the queries' own ratios, in turn.
fn spread(ours: &Times, peers: &[Times]) -> String {
    let mut cells = vec!["quartiles".to_owned(), String::new()];
    for wants in [Wants::Answer, Wants::Candidates] {
        cells.push(String::new());
        cells.extend(peers.iter().map(|peer| {
            let [own, others] = [ours, peer].map(|it| it.best[wants as usize].iter());
            let mut ratios: Vec<f64> = own.zip(others).map(|(own, it)| own[0] / it[0]).collect();
            ratios.sort_by(f64::total_cmp);
            let at = |share: f64| ratios[((ratios.len() - 1) as f64 * share).round() as usize];
            format!("{}–{}", ratio(at(0.25)), ratio(at(0.75)))
        }));
    }
    format!("| {} |", cells.join(" | "))
}

/// Two digits that count, mostly.
fn ratio(it: f64) -> String {
    if it < 0.1 { format!("{it:.3}") } else { format!("{it:.2}") }
}
