//! The caps on what is read of a file.

use std::path::PathBuf;
use std::time::Duration;

use crate::budget::STEPS;

/// Caps that keep one hostile file from taking all time or memory.
///
/// What goes over a cap is skipped as [`TooLarge`](super::SkipReason::TooLarge), with the cap in
/// its detail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one text after unpacking and before decoding.
    ///
    /// 32 MiB is thirty novels. Each thread holds a whole text in memory.
    pub text_bytes: u64,
    /// Bytes of one HTML page after unpacking. A page becomes a tree of about ten times its size.
    pub html_bytes: u64,
    /// The depth to which elements of an HTML page may nest. The parser's work grows quadratically
    /// with it.
    pub html_depth: u32,
    /// Bytes of one record of JSON Lines, CSV or TSV.
    pub record_bytes: u64,
    /// Bytes that a packed file may become for each of its bytes, after the first 16 MiB.
    ///
    /// Prose packs to a fifth, machine-made records to a fiftieth, and bombs to less than a
    /// thousandth.
    pub expansion: u64,
    /// How deep archives may nest; 1 means that an archive may not contain another one.
    pub archive_depth: u32,
    /// The number of files that one archive may contain.
    pub archive_files: u32,
    /// Steps of work for cleaning and cutting one text; see [`crate::budget`].
    pub steps: u64,
    /// The program that turns PDF into text. Without it, PDFs are skipped as
    /// [`MissingTool`](super::SkipReason::MissingTool).
    pub pdftotext: Option<PathBuf>,
    /// How long this program may go without output. A page of maps takes it seconds.
    pub pdf_wait: Duration,
}

/// A cap in words: `32 MiB`, or `1000 bytes` where it is no whole number of MiB.
pub(super) fn shown(bytes: u64) -> String {
    match bytes >> 20 {
        mib if mib > 0 && mib << 20 == bytes => format!("{mib} MiB"),
        _ => format!("{bytes} bytes"),
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            text_bytes: 32 << 20,
            html_bytes: 8 << 20,
            html_depth: 1_000,
            record_bytes: 8 << 20,
            expansion: 200,
            archive_depth: 2,
            archive_files: 100_000,
            steps: STEPS,
            pdftotext: None,
            pdf_wait: Duration::from_secs(30),
        }
    }
}
