//! The spool file, which holds the batches until all are there.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use tantivy::directory::{Directory, MmapDirectory};

use super::batch::{Batch, BatchRange};
use super::outcome::{Outcome, ReadFiles};
use crate::index::trust::{Disk, FileCall, ObservedFile};

/// The names of the spool files, which are deleted at the end of a build: of the first pass, and of
/// the second over files with repeated lines.
pub(crate) const SPOOL_NAMES: [&str; 2] = ["spool-1", "spool-2"];

/// Appends batches to the spool file.
pub(crate) struct Spool {
    out: BufWriter<ObservedFile>,
    end: u64,
    /// For each batch where its sections end.
    batches: Vec<Vec<u64>>,
    ranges: Vec<BatchRange>,
    outcomes: Vec<Outcome>,
}

impl Spool {
    pub(super) fn create(path: &Path, disk: &Disk) -> io::Result<Self> {
        let file = disk.create(path)?;
        let out = BufWriter::with_capacity(1 << 18, file);
        let (batches, ranges, outcomes) = (Vec::new(), Vec::new(), Vec::new());
        Ok(Self { out, end: 0, batches, ranges, outcomes })
    }

    pub(super) fn push(
        &mut self,
        sections: &[Vec<u8>],
        ranges: Vec<BatchRange>,
        outcomes: Vec<Outcome>,
    ) -> io::Result<()> {
        let source = u32::try_from(self.batches.len()).unwrap_or(u32::MAX);
        let mut ends = Vec::with_capacity(sections.len() + 1);
        ends.push(self.end);
        for section in sections {
            self.out.write_all(section)?;
            self.end += section.len() as u64;
            ends.push(self.end);
        }
        self.batches.push(ends);
        self.ranges.extend(ranges.into_iter().map(|it| BatchRange { source, ..it }));
        self.outcomes.extend(outcomes);
        Ok(())
    }

    /// Maps the batches. The caller deletes the file when it no longer needs them.
    pub(super) fn finish(mut self, path: &Path, disk: &Disk) -> io::Result<ReadFiles> {
        self.out.flush()?;
        disk.observe(FileCall::Open(path))?;
        let (dir, name) = (path.parent().unwrap_or(path), path.file_name().unwrap_or_default());
        let mapped = MmapDirectory::open(dir).map_err(io::Error::other)?;
        let spool = mapped.get_file_handle(Path::new(name)).map_err(io::Error::other)?;
        let mut batches = Vec::with_capacity(self.batches.len());
        for ends in &self.batches {
            let mut sections = Vec::with_capacity(ends.len());
            for ends in ends.windows(2) {
                let &[start, end] = ends else { continue };
                let [start, end] = [start, end].map(|it| usize::try_from(it).unwrap_or(0));
                sections.push(spool.read_bytes(start..end)?);
            }
            let batch = Batch::open(&sections);
            batches.push(batch.ok_or_else(|| io::Error::other("the spool file has changed"))?);
        }
        Ok(ReadFiles { batches, ranges: self.ranges, outcomes: self.outcomes })
    }
}
