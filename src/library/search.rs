//! Options of a search.

use super::error::of_search;
use crate::date::{Day, DayRange};
use crate::hit::Results;
use crate::index::{Error, ErrorKind};
use crate::query::{self, FilterLang, Query};
use crate::searcher::{GroupBy, Options, Searcher, Sort};

/// A search with its options; made by [`crate::Index::query`], answered by [`Search::run`].
///
/// ```
/// # fn main() -> Result<(), passages::Error> {
/// # let dir = tempfile::tempdir().expect("a folder");
/// # let index = passages::Index::build(dir.path().join("index")).add("seeds").open()?;
/// let latest = index.query("ruble gold").from("2015").limit(3).latest_first().run()?;
/// assert!(latest.hits.len() <= 3);
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is searched before `run`"]
pub struct Search<'a> {
    searcher: &'a Searcher,
    typed: String,
    options: Options,
    from: Option<String>,
    to: Option<String>,
    lang: Option<FilterLang>,
    paths: Vec<String>,
    topics: Vec<String>,
}

impl<'a> Search<'a> {
    pub(super) fn new(searcher: &'a Searcher, typed: &str) -> Self {
        Self {
            searcher,
            typed: typed.to_owned(),
            options: Options::default(),
            from: None,
            to: None,
            lang: None,
            paths: Vec::new(),
            topics: Vec::new(),
        }
    }

    /// At most so many hits; unless given, ten.
    pub fn limit(mut self, hits: usize) -> Self {
        self.options.limit = hits;
        self
    }

    /// Skips so many hits first.
    pub fn offset(mut self, hits: usize) -> Self {
        self.options.offset = hits;
        self
    }

    /// One hit for each article, spoken for by its best passage.
    pub fn by_article(mut self) -> Self {
        self.options.by = GroupBy::Article;
        self
    }

    /// The latest article first, over all hits, instead of the best.
    pub fn latest_first(mut self) -> Self {
        self.options.sort = Sort::Date;
        self
    }

    /// Words as they are written: no stems, no other names, no translations.
    pub fn exact(mut self) -> Self {
        (self.options.is_exact, self.options.expands) = (true, false);
        self
    }

    /// No other names and no translations.
    pub fn without_expansion(mut self) -> Self {
        self.options.expands = false;
        self
    }

    /// Each copy of a passage is a hit of its own.
    pub fn all_copies(mut self) -> Self {
        self.options.fold_copies = false;
        self
    }

    /// Hits carry the parts of their scores.
    pub fn explain(mut self) -> Self {
        self.options.explains = true;
        self
    }

    /// Only articles of this day, month or year or later: `2015`, `2015-10`, `2015-10-24`.
    pub fn from(mut self, day: &str) -> Self {
        self.from = Some(day.to_owned());
        self
    }

    /// Only articles of this day, month or year or earlier.
    pub fn to(mut self, day: &str) -> Self {
        self.to = Some(day.to_owned());
        self
    }

    /// Only passages that hold English.
    pub fn english(mut self) -> Self {
        self.lang = Some(FilterLang::En);
        self
    }

    /// Only passages that hold Chinese.
    pub fn chinese(mut self) -> Self {
        self.lang = Some(FilterLang::Zh);
        self
    }

    /// Only files whose path matches: `*.html`, `news/**`, or a part of the path.
    pub fn path(mut self, glob: &str) -> Self {
        self.paths.push(glob.to_owned());
        self
    }

    /// Only passages of this topic.
    pub fn topic(mut self, name: &str) -> Self {
        self.topics.push(name.to_owned());
        self
    }

    /// Answers.
    ///
    /// # Errors
    /// Of kind `Query` where the query asks for nothing or for too much, or a day cannot be read;
    /// `Damaged` where the index turns out to be.
    pub fn run(self) -> Result<Results, Error> {
        query::check(&self.typed)?;
        let mut query: Query = query::parse(&self.typed);
        let day = |typed: &Option<String>| typed.as_deref().map(day).transpose();
        let (from, to) = (day(&self.from)?, day(&self.to)?);
        if from.is_some() || to.is_some() {
            query.filters.dates.push(DayRange { from, to });
        }
        query.filters.langs.extend(self.lang);
        query.filters.paths.extend(self.paths);
        query.filters.topics.extend(self.topics);
        self.searcher.search(&query, &self.options).map_err(of_search)
    }
}

fn day(typed: &str) -> Result<Day, Error> {
    Day::parse(typed).ok_or_else(|| {
        let message = format!("no day, month or year: `{typed}`");
        Error::new(ErrorKind::Query, message).with_hint("write 2015, 2015-10 or 2015-10-24")
    })
}
