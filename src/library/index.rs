//! An index that is open for searching.

use std::fmt;
use std::path::{Path, PathBuf};

use super::error::of_search;
use super::{IndexBuilder, Search};
use crate::hit::Results;
use crate::index::{Error, Generation, Manifest};
use crate::query::Query;
use crate::searcher::{Options, Searcher};

/// An index of a folder of articles, open for searching.
///
/// It answers from the generation that was current when it was opened, whatever is built meanwhile;
/// open it again to see what is new. It can be shared by threads.
///
/// ```
/// # fn main() -> Result<(), passages::Error> {
/// # let dir = tempfile::tempdir().expect("a folder");
/// # let dir = dir.path().join("index");
/// use passages::Index;
///
/// Index::build(&dir).add("seeds").run()?;
/// let index = Index::open(&dir)?;
/// let results = index.search("Wuhan Moscow train")?;
/// assert!(results.hits[0].text.contains("Wuhan-Moscow"));
/// # Ok(())
/// # }
/// ```
pub struct Index {
    searcher: Searcher,
}

impl Index {
    /// Builds the index in a folder, or brings it up to date.
    pub fn build<'a>(dir: impl Into<PathBuf>) -> IndexBuilder<'a> {
        IndexBuilder::new(dir.into())
    }

    /// Opens the index in a folder. No lock is taken and nothing is written.
    ///
    /// Where the newest generation is damaged the one before answers; [`Index::warning`] says so.
    ///
    /// # Errors
    /// Of kind `NoIndex`, `OtherVersion`, `Damaged` or `Io`.
    pub fn open(dir: impl AsRef<Path>) -> Result<Self, Error> {
        Ok(Self { searcher: Searcher::new(Generation::open(dir.as_ref())?) })
    }

    /// Answers a query with the usual options: the ten best passages.
    ///
    /// # Errors
    /// Of kind `Query` where the query asks for nothing or for too much, `Damaged` where the index
    /// turns out to be.
    pub fn search(&self, query: &str) -> Result<Results, Error> {
        self.query(query).run()
    }

    /// A search with other options; [`Search::run`] answers it.
    pub fn query<'a>(&'a self, query: &str) -> Search<'a> {
        Search::new(&self.searcher, query)
    }

    /// Answers a query that was parsed, or made, by the caller.
    ///
    /// ```
    /// # fn main() -> Result<(), passages::Error> {
    /// # let dir = tempfile::tempdir().expect("a folder");
    /// # let index = passages::Index::build(dir.path().join("index")).add("seeds").open()?;
    /// use passages::{Options, query};
    ///
    /// let query = query::parse("rail -India title:Russia");
    /// let results = index.answer(&query, &Options { limit: 3, ..Options::default() })?;
    /// assert!(results.hits.len() <= 3);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`Index::search`].
    pub fn answer(&self, query: &Query, options: &Options) -> Result<Results, Error> {
        self.searcher.search(query, options).map_err(of_search)
    }

    /// What the index says of itself: when and of what it was built, how much it holds.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        self.searcher.index().manifest()
    }

    /// The folder of the generation that answers: a tantivy index.
    #[must_use]
    pub fn generation_dir(&self) -> PathBuf {
        self.searcher.index().folder().to_owned()
    }

    /// What a person should know: that the newest generation is damaged and an older one answers.
    #[must_use]
    pub fn warning(&self) -> Option<&str> {
        self.searcher.index().warning()
    }
}

impl IndexBuilder<'_> {
    /// Builds, and opens what was built.
    ///
    /// # Errors
    /// Those of [`IndexBuilder::run`] and [`Index::open`].
    pub fn open(self) -> Result<Index, Error> {
        let dir = self.dir.clone();
        self.run()?;
        Index::open(dir)
    }
}

impl fmt::Debug for Index {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.searcher.index().fmt(out)
    }
}
