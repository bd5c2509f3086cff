//! The posting lists of the token families, found by their terms; every byte of them is verified when
//! it is first read.

use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;

use anyhow::{Context, Result};
use tantivy::directory::{Directory, MmapDirectory, OwnedBytes};
use tantivy::postings::TermInfo;

use super::directory::{self, places};
use super::guard::Guard;
use super::list::List;
use super::peaks::{free_lengths, is_of_han};
use super::records::Statistics;
use super::schema::{FAMILIES, stored};
use super::terms_guard::TermsGuard;
use crate::analysis::{Family, is_own_stem};

/// Where what is of each family stands in a file.
type Places = [Range<usize>; FAMILIES.len()];

/// The files of postings of a generation.
pub(super) struct Lists {
    terms: File,
    postings: File,
    positions: File,
    families: [OnceLock<TermsGuard>; FAMILIES.len()],
    /// By what peaks are read: of words, and of Han characters.
    free_lengths: [f32; 2],
}

struct File {
    guard: Guard,
    places: OnceLock<Places>,
    /// Bytes at the start of each family's that no entry counts.
    head: usize,
}

/// Before the postings of a family stands how many tokens it has.
pub(super) const HEAD_BYTES: usize = 8;

impl File {
    fn new(guard: Guard, head: usize) -> Self {
        Self { guard, places: OnceLock::new(), head }
    }

    fn place(&self, family: Family) -> Result<&Range<usize>> {
        let places = match self.places.get() {
            Some(known) => known,
            None => {
                let found = places(&self.guard)?;
                self.places.get_or_init(|| found)
            }
        };
        places.get(family as usize).context("no such family")
    }

    /// Some of a family's bytes; nothing where they are out of bounds or damaged.
    fn slice(&self, family: Family, range: &Range<usize>) -> Option<OwnedBytes> {
        let place = self.place(family).ok()?;
        let first = place.start + self.head;
        let (start, end) = (first.checked_add(range.start)?, first.checked_add(range.end)?);
        let is_inside = start <= end && end <= place.end;
        if is_inside { self.guard.slice(start..end) } else { None }
    }
}

impl Lists {
    /// For the files of terms, postings and positions; nothing is read yet.
    pub(super) fn new([terms, postings, positions]: [Guard; 3], statistics: &Statistics) -> Self {
        Self {
            terms: File::new(terms, 0),
            postings: File::new(postings, HEAD_BYTES),
            positions: File::new(positions, 0),
            families: Default::default(),
            free_lengths: free_lengths(statistics),
        }
    }

    /// Those of a folder to which they were just written.
    pub(super) fn written(folder: &Path) -> Result<Self> {
        let files = MmapDirectory::open(folder)?;
        let file = |name: &str| -> Result<Guard> {
            let handle = files.get_file_handle(Path::new(name))?;
            Ok(Guard::trusted(handle.read_bytes(0..handle.len())?))
        };
        let [terms, postings, positions] =
            [directory::TERMS, directory::LISTS, directory::POSITIONS].map(file);
        // Nothing is scored by these.
        Ok(Self::new([terms?, postings?, positions?], &Statistics::default()))
    }

    /// The files of terms, postings and positions.
    pub(super) fn files(&self) -> [&Guard; 3] {
        [&self.terms, &self.postings, &self.positions].map(|it| &it.guard)
    }

    /// The terms of a family.
    pub(super) fn terms(&self, family: Family) -> Result<&TermsGuard> {
        let slot = self.families.get(family as usize).context("no such family")?;
        if let Some(known) = slot.get() {
            return Ok(known);
        }
        let place = self.terms.place(family)?.clone();
        let terms = TermsGuard::open(&self.terms.guard, place).context("damaged terms")?;
        Ok(slot.get_or_init(|| terms))
    }

    /// In how many passages a term stands, verified where it stands in none too.
    pub(super) fn document_frequency(&self, family: Family, term: &str) -> Result<u32> {
        Ok(self.entry(family, term)?.map_or(0, |it| it.1.doc_freq))
    }

    /// What the dictionaries have of a term, with the family whose list it is: a stem that the
    /// words written so have alone is not held, its list is theirs.
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

    /// The list of a term; nothing where no passage holds it. Positions come with those families
    /// that have them.
    pub(super) fn list(
        &self,
        family: Family,
        term: &str,
        with_positions: bool,
    ) -> Result<Option<List>> {
        let with_positions = with_positions && stored(family).has_positions();
        let Some((family, entry)) = self.entry(family, term)? else { return Ok(None) };
        let [of_words, of_han] = self.free_lengths;
        let is_of_han = is_of_han(term.as_bytes());
        let free_length = if is_of_han { of_han } else { of_words };
        self.open(family, &entry, with_positions, (free_length, is_of_han)).map(Some)
    }

    /// The list that stands in a place of a family's; it is not for scoring.
    pub(super) fn list_at(
        &self,
        family: Family,
        place: &TermInfo,
        with_positions: bool,
    ) -> Result<List> {
        self.open(family, place, with_positions, (0.0, false))
    }

    fn open(
        &self,
        family: Family,
        place: &TermInfo,
        with_positions: bool,
        script: (f32, bool),
    ) -> Result<List> {
        let has_positions = stored(family).has_positions();
        let bytes = self.postings.slice(family, &place.postings_range);
        let bytes = bytes.context("damaged postings")?;
        let positions = if with_positions {
            let positions = self.positions.slice(family, &place.positions_range);
            Some(positions.context("damaged positions")?)
        } else {
            None
        };
        let list = List::open(bytes, place.doc_freq, has_positions, positions, script);
        list.context("damaged postings")
    }
}
