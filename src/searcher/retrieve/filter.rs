//! What restricts an answer: dates, languages, authors, paths, roots, topics.

use std::collections::HashMap;

use anyhow::Result;
use globset::GlobMatcher;

use crate::article::Lang;
use crate::date::Day;
use crate::index::{ArticleRecord, Generation, PassageRecord};
use crate::query::{FilterLang, Filters};
use crate::searcher::options::{MoreLike, Options};
use crate::searcher::plan::passages_of;
use crate::searcher::topics::Topics;
use crate::text;

/// The filters of a query, made ready for one index. Each article is decided once.
pub(super) struct Filter {
    yes: Rules,
    no: Option<Rules>,
    roots: Vec<u32>,
    /// The files and folders below a root.
    below: Vec<String>,
    restricts_roots: bool,
    is_open: bool,
    /// Families of which nothing passes, sorted.
    excluded: Vec<u32>,
    /// By article, whether its passages pass.
    decided: HashMap<u32, bool>,
}

/// Filters that must all hold, or of which none may.
struct Rules {
    filters: Filters,
    authors: Vec<String>,
    paths: Vec<PathRule>,
    /// Their numbers; nothing for an unknown topic, which no passage has.
    topics: Vec<Option<usize>>,
}

/// A pattern, or a part of a path.
enum PathRule {
    Glob(GlobMatcher),
    Part(String),
}

impl Filter {
    /// Makes the filters ready.
    ///
    /// # Errors
    /// When the index is damaged.
    pub(super) fn new(index: &Generation, filters: &Filters, options: &Options) -> Result<Self> {
        let own = index.manifest().roots.iter().enumerate();
        let roots = own.filter(|(_, it)| options.roots.contains(&it.path));
        let roots = roots.filter_map(|(at, _)| u32::try_from(at).ok()).collect();
        let below = options.roots.clone();
        let no = filters.not.as_deref().map(|it| Rules::new(index, it)).transpose()?;
        let restricts_roots = !options.roots.is_empty();
        let yes = Rules::new(index, filters)?;
        let is_open = !restricts_roots && no.is_none() && *filters == Filters::default();
        let (excluded, decided) = (Vec::new(), HashMap::new());
        let mut filter =
            Self { yes, no, roots, below, restricts_roots, is_open, excluded, decided };
        if let Some(given) = options.more_like {
            filter.exclude(index, given)?;
        }
        Ok(filter)
    }

    /// Keeps out the passages that the search starts from, and their copies.
    fn exclude(&mut self, index: &Generation, given: MoreLike) -> Result<()> {
        self.excluded.extend(passages_of(index, given)?.into_iter().map(|it| index.family(it)));
        self.excluded.sort_unstable();
        self.is_open &= self.excluded.is_empty();
        Ok(())
    }

    /// Whether every passage passes, so that none need be asked.
    pub(super) fn is_open(&self) -> bool {
        self.is_open
    }

    /// Whether a passage passes.
    ///
    /// # Errors
    /// When the index is damaged.
    pub(super) fn passes(&mut self, index: &Generation, passage: u32) -> Result<bool> {
        if !self.excluded.is_empty() && self.excluded.binary_search(&index.family(passage)).is_ok()
        {
            return Ok(false);
        }
        let record = index.passage(passage)?;
        if !self.yes.hold_of_passage(&record)
            || !self.yes.topics.iter().all(|it| touches(index, passage, *it))
        {
            return Ok(false);
        }
        if let Some(no) = &self.no
            && (no.any_holds_of_passage(&record)
                || no.topics.iter().any(|it| touches(index, passage, *it)))
        {
            return Ok(false);
        }
        if let Some(known) = self.decided.get(&record.article) {
            return Ok(*known);
        }
        let article = index.article(record.article)?;
        let is_rooted = !self.restricts_roots || self.is_rooted(&article);
        let is_denied = self.no.as_ref().is_some_and(|it| it.any_holds_of_article(&article));
        let passes = is_rooted && !is_denied && self.yes.hold_of_article(&article);
        self.decided.insert(record.article, passes);
        Ok(passes)
    }

    /// A file below two roots belongs to one of them, so its path counts too.
    fn is_rooted(&self, article: &ArticleRecord<'_>) -> bool {
        let is_below = |it: &String| {
            let rest = article.path.strip_prefix(it.as_str());
            rest.is_some_and(|it| it.is_empty() || it.starts_with('/'))
        };
        self.roots.contains(&article.root) || self.below.iter().any(is_below)
    }
}

impl Rules {
    fn new(index: &Generation, filters: &Filters) -> Result<Self> {
        let path = |it: &String| match globset::Glob::new(it) {
            Ok(glob) if it.contains(['*', '?', '[']) => PathRule::Glob(glob.compile_matcher()),
            _ => PathRule::Part(it.clone()),
        };
        let known = if filters.topics.is_empty() { None } else { Some(Topics::new(index)) };
        let number = |name: &String| known.as_ref()?.number(name);
        Ok(Self {
            filters: filters.clone(),
            authors: filters.authors.iter().map(|it| text::fold(it).text).collect(),
            paths: filters.paths.iter().map(path).collect(),
            topics: filters.topics.iter().map(number).collect(),
        })
    }

    fn hold_of_passage(&self, record: &PassageRecord) -> bool {
        let day = Day::unpack(record.day);
        let in_time = |it: &crate::date::DayRange| day.is_some_and(|day| it.overlaps(day));
        self.filters.dates.iter().all(in_time)
            && self.filters.langs.iter().all(|it| holds(record.lang, *it))
    }

    fn any_holds_of_passage(&self, record: &PassageRecord) -> bool {
        let day = Day::unpack(record.day);
        let in_time = |it: &crate::date::DayRange| day.is_some_and(|day| it.overlaps(day));
        self.filters.dates.iter().any(in_time)
            || self.filters.langs.iter().any(|it| holds(record.lang, *it))
    }

    fn hold_of_article(&self, article: &ArticleRecord<'_>) -> bool {
        self.authors.iter().all(|it| is_by(article, it))
            && self.paths.iter().all(|it| it.fits(article.path))
    }

    fn any_holds_of_article(&self, article: &ArticleRecord<'_>) -> bool {
        self.authors.iter().any(|it| is_by(article, it))
            || self.paths.iter().any(|it| it.fits(article.path))
    }
}

impl PathRule {
    fn fits(&self, path: &str) -> bool {
        match self {
            Self::Glob(glob) => glob.is_match(path),
            Self::Part(part) => path.contains(part.as_str()),
        }
    }
}

/// Whether a passage holds the language asked for.
fn holds(lang: Lang, asked: FilterLang) -> bool {
    match asked {
        FilterLang::En => lang != Lang::Zh,
        FilterLang::Zh => lang != Lang::En,
    }
}

fn touches(index: &Generation, passage: u32, topic: Option<usize>) -> bool {
    topic.is_some_and(|it| index.has_topic(passage, it))
}

fn is_by(article: &ArticleRecord<'_>, author: &str) -> bool {
    article.author.is_some_and(|it| text::fold(it).text.contains(author))
}
