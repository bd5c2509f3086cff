//! Finds postings by their terms. Bytes are verified when they are first read.

use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use anyhow::{Context, Result};
use tantivy::directory::{Directory, MmapDirectory};
use tantivy::postings::TermInfo;
use tantivy::{InvertedIndexReader, SegmentReader};

use super::postings::Postings;
use super::term_lookup::TermLookup;
use crate::analysis::{Family, is_own_stem};
use crate::index::file_names::SEGMENT;
use crate::index::format::{SegmentDirectory, family_ranges};
use crate::index::segment;
use crate::index::segment::{FAMILIES, field, stored};
use crate::index::trust::VerifiedFile;

/// The postings of a generation.
pub(crate) struct PostingsReader {
    /// The files of the segment, in the order of [`SEGMENT`].
    files: [VerifiedFile; SEGMENT.len()],
    passages: u32,
    /// The ranges of the families in the file of terms.
    places: OnceLock<[Range<usize>; FAMILIES.len()]>,
    families: [OnceLock<TermLookup>; FAMILIES.len()],
    /// tantivy's reader of the segment.
    segment: OnceLock<SegmentReader>,
    readers: [OnceLock<Arc<InvertedIndexReader>>; FAMILIES.len()],
}

impl PostingsReader {
    /// For the files of a segment with `passages` passages; nothing is read yet.
    pub(crate) fn new(files: [VerifiedFile; SEGMENT.len()], passages: u32) -> Self {
        let (places, families, segment, readers) = Default::default();
        Self { files, passages, places, families, segment, readers }
    }

    /// The postings in a folder to which they were just written.
    pub(crate) fn written(folder: &Path, passages: u32) -> Result<Self> {
        let directory = MmapDirectory::open(folder)?;
        let mut files = Vec::with_capacity(SEGMENT.len());
        for name in SEGMENT {
            let handle = directory.get_file_handle(Path::new(name))?;
            files.push(VerifiedFile::trusted(handle.read_bytes(0..handle.len())?));
        }
        let files = <[VerifiedFile; SEGMENT.len()]>::try_from(files).ok();
        Ok(Self::new(files.context("a file of the segment is missing")?, passages))
    }

    /// The look-up in the terms of a family.
    pub(crate) fn terms(&self, family: Family) -> Result<&TermLookup> {
        let slot = self.families.get(family as usize).context("no such family")?;
        if let Some(known) = slot.get() {
            return Ok(known);
        }
        let [file, ..] = &self.files;
        let places = match self.places.get() {
            Some(known) => known,
            None => {
                let found = family_ranges(file)?;
                self.places.get_or_init(|| found)
            }
        };
        let place = places.get(family as usize).context("no such family")?.clone();
        let terms = TermLookup::open(file, place).context("damaged terms")?;
        Ok(slot.get_or_init(|| terms))
    }

    /// How many passages hold a term; damage is noticed even where the term is absent.
    pub(crate) fn document_frequency(&self, family: Family, term: &str) -> Result<u32> {
        Ok(self.entry(family, term)?.map_or(0, |it| it.1.doc_freq))
    }

    /// The dictionary entry of a term and the family it comes from. A stem whose postings are those
    /// of the word written the same has no entry of its own, and the word's is returned.
    fn entry(&self, family: Family, term: &str) -> Result<Option<(Family, TermInfo)>> {
        if let Some(found) = self.entry_of(family, term)? {
            return Ok(Some((family, found)));
        }
        if family != Family::Stem || !is_own_stem(term) {
            return Ok(None);
        }
        Ok(self.entry_of(Family::Exact, term)?.map(|it| (Family::Exact, it)))
    }

    fn entry_of(&self, family: Family, term: &str) -> Result<Option<TermInfo>> {
        self.terms(family)?.term(term.as_bytes()).context("damaged terms")
    }

    /// The postings of a term; nothing where no passage holds it. Positions are read only where the
    /// family has them.
    pub(crate) fn postings(
        &self,
        family: Family,
        term: &str,
        with_positions: bool,
    ) -> Result<Option<Postings>> {
        let with_positions = with_positions && stored(family).has_positions();
        let Some((family, entry)) = self.entry(family, term)? else { return Ok(None) };
        self.open(family, &entry, with_positions, is_of_han(term.as_bytes())).map(Some)
    }

    /// The postings at a place of a family's file; not for scoring.
    pub(crate) fn at(
        &self,
        family: Family,
        place: &TermInfo,
        with_positions: bool,
    ) -> Result<Postings> {
        self.open(family, place, with_positions, false)
    }

    fn open(
        &self,
        family: Family,
        place: &TermInfo,
        with_positions: bool,
        is_of_han: bool,
    ) -> Result<Postings> {
        let list = Postings::open(self.reader(family)?, place, with_positions, is_of_han);
        list.context("damaged postings")
    }

    /// tantivy's reader of a family's postings.
    ///
    /// tantivy reads head and foot of the dictionary without verification, so
    /// [`PostingsReader::terms`] is opened first, which verifies them.
    pub(crate) fn reader(&self, family: Family) -> Result<&InvertedIndexReader> {
        let slot = self.readers.get(family as usize).context("no such family")?;
        if let Some(known) = slot.get() {
            return Ok(known);
        }
        self.terms(family)?;
        let segment = match self.segment.get() {
            Some(known) => known,
            None => {
                let segment = segment::open(SegmentDirectory::reading(&self.files), self.passages)?;
                let reader = SegmentReader::open(&segment)?;
                self.segment.get_or_init(|| reader)
            }
        };
        let reader = segment.inverted_index(field(family))?;
        Ok(slot.get_or_init(|| reader))
    }
}

/// Whether a term is of Han characters: such terms are scored among the passages that hold some.
fn is_of_han(term: &[u8]) -> bool {
    let first = term.get(..term.len().min(4)).unwrap_or_default().utf8_chunks().next();
    let first = first.and_then(|it| it.valid().chars().next());
    first.is_some_and(crate::text::is_han)
}
