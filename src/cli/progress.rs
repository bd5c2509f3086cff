//! The progress line of a long task. It is redrawn as one piece of text: a bar and a text that
//! change one after the other flicker.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::output;

/// A task that ends sooner shows no line.
const AFTER: Duration = Duration::from_secs(1);

/// The speed is shown after this time; before, it jumps.
const KNOWN_AFTER: Duration = Duration::from_millis(500);

/// How far a task is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// What is being done.
    pub(super) stage: &'static str,
    /// Files done, and in all; nothing where no files are counted.
    pub(super) files: Option<(u64, u64)>,
    /// Bytes done, and in all; 0 of 0 where no bytes are counted.
    pub(super) bytes: (u64, u64),
}

/// The progress line of one task. It is cleared when this value is dropped.
pub(super) struct ProgressLine {
    start: Instant,
    is_seen: bool,
    drawn: RefCell<Option<Drawn>>,
}

/// A line that is on the terminal.
struct Drawn {
    bar: ProgressBar,
    stage: Stage,
}

/// The current stage of the task and when it began.
struct Stage {
    start: Instant,
    last: Step,
}

impl ProgressLine {
    /// Starts the line of a task; nothing is drawn where standard error is no terminal.
    pub(super) fn new() -> Self {
        let is_seen = output::notes_are_seen();
        Self { start: Instant::now(), is_seen, drawn: RefCell::default() }
    }

    /// Shows how far the task is.
    pub(super) fn update(&self, step: Step) {
        if !self.is_seen {
            return;
        }
        let mut drawn = self.drawn.borrow_mut();
        let drawn = drawn.get_or_insert_with(|| Drawn {
            bar: bar(),
            stage: Stage { start: self.start, last: step },
        });
        let last = drawn.stage.last;
        // Some files are read a second time; their count begins at zero again.
        if last.stage != step.stage || last.bytes.0 > step.bytes.0 {
            drawn.stage.start = Instant::now();
        }
        drawn.stage.last = step;
        if self.start.elapsed() > AFTER {
            drawn.bar.set_message(text(step, drawn.stage.start.elapsed()));
        }
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        if let Some(drawn) = self.drawn.take() {
            drawn.bar.finish_and_clear();
        }
    }
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::no_length();
    // Cut at the terminal's edge: a line that wraps cannot be redrawn in place.
    if let Ok(style) = ProgressStyle::with_template("{wide_msg}") {
        bar.set_style(style);
    }
    bar
}

/// `reading 24 %, 622 of 2500 files, 3.7 of 15.0 MB, 1.2 MB/s, 9 s left`; within 80 columns.
fn text(step: Step, elapsed: Duration) -> String {
    let Step { stage, files, bytes: (done, all) } = step;
    let mut parts = Vec::new();
    if let Some(share) = (done.min(all) * 100).checked_div(all) {
        parts.push(format!("{share} %"));
    }
    if let Some((files, files_all)) = files.filter(|it| it.1 > 0) {
        parts.push(format!("{files} of {files_all} files"));
    }
    if all > 0 {
        let (unit, name) = if all < 10_000_000_000 { (1e6, "MB") } else { (1e9, "GB") };
        parts.push(format!("{:.1} of {:.1} {name}", done as f64 / unit, all as f64 / unit));
    }
    if all > 0 && done > 0 && elapsed >= KNOWN_AFTER {
        let speed = done as f64 / elapsed.as_secs_f64();
        parts.push(format!("{:.1} MB/s", speed / 1e6));
        parts.push(left((all.saturating_sub(done) as f64 / speed).ceil()));
    }
    if parts.is_empty() { format!("{stage} …") } else { format!("{stage} {}", parts.join(", ")) }
}

/// Seconds as people say them.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast saturates")]
fn left(seconds: f64) -> String {
    match seconds as u64 {
        it @ 0..120 => format!("{it} s left"),
        it @ 120..7_200 => format!("{} min left", it.div_ceil(60)),
        it => format!("{} h left", it.div_ceil(3_600)),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Step, text};

    #[track_caller]
    fn check(step: Step, seconds: u64, expected: &str) {
        let text = text(step, Duration::from_secs(seconds));
        assert_eq!(text, expected);
        assert!(text.chars().count() <= 80, "it would be cut: {text}");
    }

    #[test]
    fn a_line_tells_files_bytes_speed_and_time_left() {
        let reading = |files, bytes| Step { stage: "reading", files: Some(files), bytes };
        check(
            reading((622, 2_500), (3_700_000, 15_000_000)),
            3,
            "reading 24 %, 622 of 2500 files, 3.7 of 15.0 MB, 1.2 MB/s, 10 s left",
        );
        check(
            reading((0, 2_500), (0, 15_000_000)),
            3,
            "reading 0 %, 0 of 2500 files, 0.0 of 15.0 MB",
        );
        check(
            reading((912_345, 1_000_000), (111_100_000_000, 123_400_000_000)),
            9_000,
            "reading 90 %, 912345 of 1000000 files, 111.1 of 123.4 GB, 12.3 MB/s, 17 min left",
        );
        check(Step { stage: "merging", files: Some((0, 0)), bytes: (0, 0) }, 3, "merging …");
        let checking = Step { stage: "verifying", files: None, bytes: (50, 100_000_000) };
        check(checking, 0, "verifying 0 %, 0.0 of 100.0 MB");
    }
}
