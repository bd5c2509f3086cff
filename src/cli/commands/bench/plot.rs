//! The warm times as a picture: a bar for each span of time.

use std::fmt::Write as _;

use super::report::Report;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 320.0;
/// Room for what is written around the bars.
const LEFT: f64 = 50.0;
const BELOW: f64 = 60.0;
const ABOVE: f64 = 40.0;

/// The histogram as SVG, without anything that a viewer would have to load.
pub(super) fn svg(report: &Report) -> String {
    let bars = &report.histogram;
    let most = bars.iter().map(|it| it.count).max().unwrap_or(0).max(1) as f64;
    let wide = (WIDTH - LEFT) / bars.len().max(1) as f64;
    let high = HEIGHT - BELOW - ABOVE;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
         font-family=\"sans-serif\" font-size=\"11\">\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"white\"/>\n"
    );
    let title = format!(
        "{} passages, {} queries, {} rounds: median {:.0} µs, 99 of 100 within {:.0} µs",
        report.passages,
        report.queries.len(),
        report.rounds,
        report.warm.p50_us.median,
        report.warm.p99_us.median
    );
    let _ = writeln!(out, "<text x=\"{LEFT}\" y=\"20\">{title}</text>");
    for (at, bar) in bars.iter().enumerate() {
        let x = LEFT + at as f64 * wide;
        let tall = bar.count as f64 / most * high;
        let y = ABOVE + high - tall;
        let _ = writeln!(
            out,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{tall:.1}\" fill=\"#47a\"/>",
            (wide - 1.0).max(0.5)
        );
        // Every other edge, so that the labels do not run into each other.
        if at % 2 == 0 {
            let below = ABOVE + high + 15.0;
            let from = bar.from_us;
            let _ = writeln!(out, "<text x=\"{x:.1}\" y=\"{below:.1}\">{from:.0}</text>");
        }
    }
    let _ = writeln!(out, "<text x=\"5\" y=\"{ABOVE}\">{most:.0}</text>");
    let (middle, below) = (WIDTH / 2.0, HEIGHT - 12.0);
    let _ = writeln!(out, "<text x=\"{middle}\" y=\"{below}\">microseconds</text>");
    out.push_str("</svg>\n");
    out
}
