//! Writes the postings of all families into the three files of one segment.
//!
//! tantivy writes one family after the other. Here the first family is written straight to the
//! files and the others to spool files, which are appended at the end: so families are merged on
//! all cores and the bytes stay the same.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;
use tantivy::Segment;
use tantivy::directory::{AntiCallToken, CompositeWrite, TerminatingWrite, WritePtr};
use tantivy::index::SegmentComponent::{Positions, Postings, Terms};

use super::merge::{PostingSources, merge_family};
use super::postings_writer::PostingsWriter;
use crate::analysis::Family;
use crate::index::segment::field;
use crate::index::trust::{Disk, ObservedFile};

/// Terms, postings and positions.
const FILES: usize = 3;

/// The files of the segment; families are to be added in the order of their fields.
pub(crate) struct SegmentWriter([CompositeWrite<WritePtr>; FILES]);

impl SegmentWriter {
    /// Creates the files.
    pub(crate) fn create(segment: &Segment) -> Result<Self> {
        let [terms, postings, positions] =
            [Terms, Postings, Positions].map(|it| segment.open_write(it));
        Ok(Self([terms?, postings?, positions?].map(CompositeWrite::wrap)))
    }

    /// Merges a family into the files.
    pub(crate) fn merge(&mut self, family: Family, sources: &PostingSources<'_>) -> Result<()> {
        merge_into(&mut self.0, family, sources, &mut |_| ())
    }

    /// Appends a family that was merged into spool files.
    pub(crate) fn append(&mut self, family: Family, spooled: SpooledFamily) -> Result<()> {
        for (out, file) in self.0.iter_mut().zip(spooled.0) {
            file.move_to(out.for_field(field(family)))?;
        }
        Ok(())
    }

    /// Closes the files.
    pub(crate) fn close(self) -> Result<()> {
        self.0.into_iter().try_for_each(|it| Ok(it.close()?))
    }
}

/// A family that was merged into spool files.
pub(crate) struct SpooledFamily([SpoolFile; FILES]);

impl SpooledFamily {
    /// Merges a family into spool files; `seen` is called with each term.
    pub(crate) fn merge(
        (folder, disk): (&Path, &Disk),
        family: Family,
        sources: &PostingSources<'_>,
        seen: &mut dyn FnMut(&[u8]),
    ) -> Result<Self> {
        let name = |file| folder.join(format!("spool-{}-{file}", family as u32));
        let mut files = [1, 2, 3].map(|it| SpoolFile::new(name(it), disk));
        let mut writers = files.each_mut().map(|it| CompositeWrite::wrap(SpoolFileWriter(it)));
        merge_into(&mut writers, family, sources, seen)?;
        drop(writers);
        Ok(Self(files))
    }
}

fn merge_into<W: TerminatingWrite>(
    [terms, postings, positions]: &mut [CompositeWrite<W>; FILES],
    family: Family,
    sources: &PostingSources<'_>,
    seen: &mut dyn FnMut(&[u8]),
) -> Result<()> {
    let files = [terms, postings, positions].map(|it| it.for_field(field(family)));
    let mut out = PostingsWriter::create(family, files, sources.norms)?;
    merge_family(&mut out, sources, family, seen)?;
    out.close()?;
    Ok(())
}

/// A temporary file, created with its first byte.
struct SpoolFile {
    path: PathBuf,
    disk: Disk,
    out: Option<BufWriter<ObservedFile>>,
}

impl SpoolFile {
    fn new(path: PathBuf, disk: &Disk) -> Self {
        Self { path, disk: disk.clone(), out: None }
    }

    /// Copies its bytes and deletes it.
    fn move_to(self, out: &mut dyn Write) -> io::Result<()> {
        let Some(written) = self.out else { return Ok(()) };
        drop(written.into_inner().map_err(io::IntoInnerError::into_error)?);
        let mut file = self.disk.open(&self.path)?;
        let mut buffer = vec![0; 1 << 18];
        loop {
            let read = io::Read::read(&mut file, &mut buffer)?;
            if read == 0 {
                return self.disk.remove_file(&self.path);
            }
            out.write_all(buffer.get(..read).unwrap_or_default())?;
        }
    }
}

/// A spool file for a writer that wants to own its output.
struct SpoolFileWriter<'a>(&'a mut SpoolFile);

impl Write for SpoolFileWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let SpoolFile { path, disk, out } = &mut *self.0;
        let out = match out {
            Some(out) => out,
            None => out.insert(BufWriter::with_capacity(1 << 18, disk.create(path)?)),
        };
        out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.out.as_mut().map_or(Ok(()), BufWriter::flush)
    }
}

impl TerminatingWrite for SpoolFileWriter<'_> {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        self.flush()
    }
}
