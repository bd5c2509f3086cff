//! How much of a file is read before it is called too large.

use std::path::PathBuf;
use std::time::Duration;

use crate::budget::STEPS;

/// Caps that keep one hostile file from taking the time or the memory of all others.
///
/// What goes over a cap is skipped as [`TooLarge`](super::SkipReason::TooLarge), with the cap in its
/// detail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one text, unpacked, before decoding.
    ///
    /// 32 MiB is thirty novels; a text stands in memory whole, on every thread.
    pub text_bytes: u64,
    /// Bytes of one HTML page, unpacked: a page becomes a tree some ten times its size.
    pub html_bytes: u64,
    /// Depth to which elements of an HTML page may nest; the parser's work grows by its square.
    pub html_depth: u32,
    /// Bytes of one record of JSON Lines, CSV or TSV.
    pub record_bytes: u64,
    /// Bytes that a packed file may become for each byte it has, once it has become 16 MiB.
    ///
    /// Prose packs to a fifth, machine-made records to a fiftieth; bombs begin at a thousandth.
    pub expansion: u64,
    /// How deep archives may stand in archives; 1: an archive holds no archive.
    pub archive_depth: u32,
    /// Files that one archive may hold.
    pub archive_files: u32,
    /// Steps of work that cleaning and cutting one text may take; see [`crate::budget`].
    pub steps: u64,
    /// The program that turns PDF into text; without it PDF is skipped as a missing tool.
    pub pdftotext: Option<PathBuf>,
    /// How long that program may write nothing; a page of maps takes seconds.
    pub pdf_wait: Duration,
}

/// A cap in words: `32 MiB`, and `1000 bytes` where it is no round number.
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
