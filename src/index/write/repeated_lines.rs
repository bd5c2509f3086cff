//! Finds lines that repeat across many files, and the files that must be read again because of
//! them.
//!
//! A line that repeats in many files is dropped as page furniture. That is known only when all
//! files have been read, so files with such lines are then read once more. The candidate lines of
//! every file are stored: an update comes to the same verdict as a rebuild and reads again only the
//! files it concerns. Candidates do not depend on the verdict, only on the file.

use std::io::{self, Write};

use super::change_set::{ChangeSet, PreviousGeneration};
use super::outcome::Outcome;
use crate::article::{LineCounts, LineKey, RepeatedLines};
use crate::index::error::Error;
use crate::index::file_names::LINES;
use crate::index::format::Source;
use crate::index::trust::{GenerationFiles, u64_at};

/// The candidate lines of each file.
#[derive(Debug, Default)]
pub(crate) struct CandidateLines {
    of_file: Vec<Vec<LineKey>>,
    /// The repeated lines that were dropped when the previous generation was built.
    previous: RepeatedLines,
}

impl CandidateLines {
    /// The candidates of the kept files, from the previous generation; none yet for files that are
    /// to be read.
    pub(crate) fn new(
        changes: &ChangeSet,
        previous: Option<&PreviousGeneration>,
    ) -> Result<Self, Error> {
        let known = previous.map(|it| read(it.index.files(), &it.sources)).transpose()?;
        let known = known.unwrap_or_default();
        let kept = |at: Option<u32>| known.get(at? as usize).cloned();
        let of_file = changes.files.iter().map(|it| kept(it.kept).unwrap_or_default()).collect();
        Ok(Self { of_file, previous: verdict(&known) })
    }

    /// Takes the candidates of the files that were read (with nothing dropped). Returns the lines
    /// that repeat, and the files that would be read differently because of them.
    pub(crate) fn take(
        &mut self,
        changes: &ChangeSet,
        read: &mut [Outcome],
    ) -> (RepeatedLines, Vec<u32>) {
        for outcome in read {
            if let Some(lines) = self.of_file.get_mut(outcome.file as usize) {
                lines.append(&mut outcome.lines);
            }
        }
        let verdict = verdict(&self.of_file);
        let none = RepeatedLines::none();
        let concerned = changes.files.iter().zip(&self.of_file).map(|(planned, lines)| {
            let read_by = if planned.kept.is_some() { &self.previous } else { &none };
            read_by.differs_for(&verdict, lines)
        });
        let concerned = (0..).zip(concerned).filter(|(_, it)| *it).map(|(file, _)| file).collect();
        (verdict, concerned)
    }

    /// The repeated lines that were dropped when the previous generation was built.
    pub(crate) fn previous(&self) -> &RepeatedLines {
        &self.previous
    }

    /// The number of candidate lines of a file.
    pub(crate) fn count(&self, file: u32) -> u32 {
        let lines = self.of_file.get(file as usize);
        lines.map_or(0, |it| u32::try_from(it.len()).unwrap_or(u32::MAX))
    }

    /// Writes the candidate lines of all files.
    pub(crate) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        self.of_file.iter().flatten().try_for_each(|it| out.write_all(&it.0.to_le_bytes()))
    }
}

fn verdict(of_file: &[Vec<LineKey>]) -> RepeatedLines {
    let mut counts = LineCounts::default();
    of_file.iter().for_each(|it| counts.add(it));
    counts.verdict()
}

/// The candidate lines of each file of a generation.
fn read(files: &GenerationFiles, sources: &[Source]) -> Result<Vec<Vec<LineKey>>, Error> {
    let bytes = files.whole(LINES)?;
    let mut keys = (0..).step_by(8).map_while(|at| u64_at(&bytes, at).map(LineKey));
    let lines = |it: &Source| keys.by_ref().take(it.lines as usize).collect();
    Ok(sources.iter().map(lines).collect())
}
