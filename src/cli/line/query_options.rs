//! The flags that choose and order the hits, shared by `search QUERY` and `search run`.

use clap::{Args, ValueEnum};

use passages::date::{Day, DayRange};
use passages::query::{self, FilterLang, Filters, Query};
use passages::searcher::{self, Options};

use crate::cli::fault::Fault;

/// The flags that say which hits are wanted.
#[derive(Args, Debug)]
pub(crate) struct QueryOptions {
    /// Give at most so many hits
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10, value_parser = limit)]
    limit: usize,

    /// Skip so many hits first
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = limit)]
    offset: usize,

    /// What one hit is
    #[arg(long, value_name = "WHAT")]
    by: Option<By>,

    /// Only articles of this day or later: 2015, 2015-10 or 2015-10-24
    #[arg(long, value_name = "DAY", value_parser = day)]
    from: Option<Day>,

    /// Only articles of this day or earlier
    #[arg(long, value_name = "DAY", value_parser = day)]
    to: Option<Day>,

    /// Only articles of this day, month or year
    #[arg(long, value_name = "DAY", value_parser = day)]
    on: Option<Day>,

    /// Only passages that hold English, or Chinese
    #[arg(long, value_name = "LANG")]
    lang: Option<Lang>,

    /// Only files whose path matches: `*.html`, `news/**`, or a part of the path
    #[arg(long, value_name = "GLOB")]
    path: Option<String>,

    /// Only passages of this topic
    #[arg(long, value_name = "NAME")]
    topic: Option<String>,

    /// In which order
    #[arg(long, value_name = "ORDER", default_value = "relevance")]
    sort: Sort,

    /// No stems, and nothing that means the same
    #[arg(long)]
    exact: bool,

    /// Nothing that means the same
    #[arg(long)]
    no_expand: bool,

    /// Show each copy of a passage as a hit of its own
    #[arg(long)]
    all_copies: bool,

    /// Show the parts of each score
    #[arg(long)]
    explain: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum By {
    Passage,
    Article,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Lang {
    En,
    Zh,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Sort {
    Relevance,
    Date,
}

/// More hits than anybody reads, few enough to be held in memory.
const MOST_HITS: usize = 1_000_000;

impl QueryOptions {
    /// The options of the search; `by` is the default of `--by`.
    pub(crate) fn options(&self, by: searcher::GroupBy) -> Options {
        Options {
            limit: self.limit,
            offset: self.offset,
            by: match self.by {
                Some(By::Passage) => searcher::GroupBy::Passage,
                Some(By::Article) => searcher::GroupBy::Article,
                None => by,
            },
            sort: match self.sort {
                Sort::Relevance => searcher::Sort::Relevance,
                Sort::Date => searcher::Sort::Date,
            },
            is_exact: self.exact,
            expands: !self.no_expand && !self.exact,
            fold_copies: !self.all_copies,
            explains: self.explain,
            ..Options::default()
        }
    }

    /// Parses a query and adds the filters of the flags.
    pub(crate) fn parse(&self, typed: &str) -> Result<Query, Fault> {
        let mut query = Self::parse_unfiltered(typed)?;
        self.filter(&mut query.filters)?;
        Ok(query)
    }

    /// A query without words that holds only the filters of the flags.
    pub(crate) fn filters_only(&self) -> Result<Query, Fault> {
        let mut query = query::parse("");
        self.filter(&mut query.filters)?;
        Ok(query)
    }

    /// Parses a query without adding filters.
    pub(crate) fn parse_unfiltered(typed: &str) -> Result<Query, Fault> {
        query::check(typed)?;
        Ok(query::parse(typed))
    }

    fn filter(&self, filters: &mut Filters) -> Result<(), Fault> {
        let (from, to) = (self.from, self.to);
        if let (Some(first), Some(last)) = (from, to)
            && first.first() > last.last()
        {
            let message = format!("`--from {first}` is later than `--to {last}`");
            return Err(Fault::usage(message).hint("swap the two days"));
        }
        if from.is_some() || to.is_some() {
            filters.dates.push(DayRange { from, to });
        }
        if let Some(day) = self.on {
            filters.dates.push(DayRange { from: Some(day), to: Some(day) });
        }
        filters.langs.extend(self.lang.map(|it| match it {
            Lang::En => FilterLang::En,
            Lang::Zh => FilterLang::Zh,
        }));
        filters.paths.extend(self.path.clone());
        filters.topics.extend(self.topic.clone());
        Ok(())
    }
}

fn day(typed: &str) -> Result<Day, String> {
    Day::parse(typed).ok_or_else(|| "write 2015, 2015-10 or 2015-10-24".to_owned())
}

fn limit(typed: &str) -> Result<usize, String> {
    let number = typed.parse().map_err(|_| "write a number".to_owned())?;
    if number > MOST_HITS {
        return Err(format!("at most {MOST_HITS}"));
    }
    Ok(number)
}
