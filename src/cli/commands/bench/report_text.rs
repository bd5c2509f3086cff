//! A report as text, 80 columns wide.

use std::fmt::Write as _;

use passages::measure::{Bar, Change, Spread, Times, Verdict};
use passages::text::visible;

use super::report::Report;

/// Columns of the longest bar.
const BAR_COLUMNS: usize = 54;

/// How many of the slowest queries are named.
const SLOWEST: usize = 3;

/// The report for people.
pub(super) fn text(report: &Report) -> String {
    let mut out = String::new();
    let head = format!(
        "{} ({}, {} passages), {} queries, {} rounds\n\n",
        report.index,
        report.generation,
        report.passages,
        report.queries.len(),
        report.rounds
    );
    out.push_str(&visible(&head));
    out.push_str("         p50 (least–most)        p90       p95       p99       max\n");
    row(&mut out, "warm", &report.warm);
    if let (Some(cold), Some(start)) = (&report.cold, &report.start) {
        row(&mut out, "cold", cold);
        row(&mut out, "start", start);
        out.push_str("cold: a whole new process; start: one that only tells its version\n");
    }
    let it = &report.throughput;
    let _ = writeln!(
        out,
        "\n{:.0} answers a second on {} cores, {:.0} on one",
        it.all_per_s, it.threads, it.one_per_s
    );
    out.push_str(&stages(report));
    out.push('\n');
    out.push_str(&bars(&report.histogram));
    out.push_str(&slowest(report));
    out.push_str(&report.change.map(|it| change(&it)).unwrap_or_default());
    out
}

fn row(out: &mut String, name: &str, times: &Times) {
    let Spread { median, least, most } = times.p50_us;
    let spread = format!("{} ({}–{})", time(median), time(least), time(most));
    let others = [times.p90_us, times.p95_us, times.p99_us, times.max_us];
    let others: String = others.iter().map(|it| format!("{:>10}", time(it.median))).collect();
    let _ = writeln!(out, "{name:<8} {spread:<21}{others}");
}

/// Three digits and a unit.
fn time(us: f64) -> String {
    let (value, unit) = if us < 1e3 {
        (us, "µs")
    } else if us < 1e6 {
        (us / 1e3, "ms")
    } else {
        (us / 1e6, "s")
    };
    let decimals = if value < 10.0 { 2 } else { usize::from(value < 100.0) };
    format!("{value:.decimals$}{unit}")
}

fn stages(report: &Report) -> String {
    let it = &report.stages;
    let stages = [
        ("parse", it.parse_us),
        ("plan", it.plan_us),
        ("count", it.count_us),
        ("collect", it.collect_us),
        ("rank", it.rank_us),
        ("fetch", it.fetch_us),
        ("snippet", it.snippet_us),
    ];
    let [parse, plan, count, collect, rank, fetch, snippet] =
        stages.map(|(name, us)| format!("{name} {}", time(us)));
    format!("mean of each stage:\n{parse} {plan} {count} {collect}\n{rank} {fetch} {snippet}\n")
}

/// The histogram: a bar a line.
fn bars(bars: &[Bar]) -> String {
    let most = bars.iter().map(|it| it.count).max().unwrap_or(0).max(1);
    let mut out = String::new();
    for bar in bars {
        let eighths = (bar.count as f64 / most as f64 * BAR_COLUMNS as f64 * 8.0).ceil();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 432")]
        let eighths = eighths as usize;
        let mut drawn = "█".repeat(eighths / 8);
        drawn.extend(["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"].get(eighths % 8).copied());
        let from = time(bar.from_us);
        let _ = writeln!(out, "{from:>8} │{drawn} {}", bar.count);
    }
    out
}

fn slowest(report: &Report) -> String {
    let mut rows: Vec<_> = report.queries.iter().collect();
    rows.sort_by(|one, other| other.warm_us.total_cmp(&one.warm_us));
    let mut out = String::from("\nslowest:\n");
    for row in rows.into_iter().take(SLOWEST) {
        let query: String = visible(&row.query).chars().take(60).collect();
        let _ = writeln!(out, "{:>9}  {query}", time(row.warm_us));
    }
    out
}

fn change(change: &Change) -> String {
    let Change { queries, ratio, low, high, noise, verdict } = *change;
    let verdict = match verdict {
        Verdict::Faster => "faster",
        Verdict::Slower => "slower",
        Verdict::Same => "no difference beyond chance and noise",
    };
    format!(
        "\n{verdict}: {ratio:.2} × the earlier time ({low:.2}–{high:.2})\n\
         over {queries} queries; rounds differ by {:.0} %\n",
        noise * 100.0
    )
}
