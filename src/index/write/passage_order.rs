//! Numbers the passages of a new generation in order of path, and writes its tables and texts from
//! the batches and the previous generation.

use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::{Context, Result};
use tantivy::directory::WritePtr;
use xxhash_rust::xxh3::xxh3_64;

use super::batch::{BatchRange, stored_fingerprint};
use super::inverted::DELETED;
use crate::duplicate::{self, Fingerprint, fingerprint};
use crate::index::file_names::{ARTICLE_STRINGS, ARTICLES, IDS, PASSAGES, TEXT_STARTS};
use crate::index::format::{
    ArticleWriter, PassageRow, StoreTextWriter, write_copy_bits, write_ids, write_passages,
};
use crate::index::read::Stores;
use crate::index::records::{ArticleRecord, ScriptStatistics, Statistics};
use crate::index::trust::{ChecksummedFiles, finished};
use crate::lexicon::Miner;

/// The articles of the new generation in their new order, each in one of the sources.
pub(crate) struct PassageOrder<'a> {
    sources: Vec<&'a Stores>,
    /// For each source the new indexes of its roots.
    roots: Vec<Vec<u32>>,
    /// Source and number of each article, in the new order.
    chosen: Vec<(u32, u32)>,
    /// For each source the new number of each passage, or [`DELETED`].
    pub(crate) maps: Vec<Vec<u32>>,
    pub(crate) passages: u32,
    /// Records that were replaced by a later one with the same id.
    pub(crate) repeated_ids: u64,
    pub(crate) counts: Vec<FileCounts>,
}

/// The number of articles and passages of one file.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct FileCounts {
    pub(crate) articles: u32,
    pub(crate) passages: u32,
    /// Records that were replaced by another file's.
    pub(crate) replaced: u32,
}

impl<'a> PassageOrder<'a> {
    /// Numbers articles and passages. `ranges` are in order of file and of place in it; `files` is
    /// the number of files.
    ///
    /// # Errors
    /// When a source's table is damaged.
    pub(crate) fn new(
        sources: Vec<&'a Stores>,
        roots: Vec<Vec<u32>>,
        ranges: &[BatchRange],
        files: usize,
    ) -> Result<Self> {
        let maps = sources.iter().map(|it| vec![DELETED; it.passage_count as usize]).collect();
        let mut order = Self {
            sources,
            roots,
            chosen: Vec::new(),
            maps,
            passages: 0,
            repeated_ids: 0,
            counts: vec![FileCounts::default(); files],
        };
        let gone = order.replaced(ranges)?;
        for range in ranges {
            for number in range.articles.clone() {
                if !gone.contains(&(range.source, number)) {
                    order.choose(range, number)?;
                }
            }
        }
        Ok(order)
    }

    /// Finds the articles whose id a later article has too.
    fn replaced(&mut self, ranges: &[BatchRange]) -> Result<HashSet<(u32, u32)>> {
        let mut last = HashMap::new();
        let mut gone = HashSet::new();
        for range in ranges {
            let articles = &self.sources[range.source as usize].articles;
            for number in range.articles.clone().filter(|it| articles.has_own_id(*it)) {
                let hash = xxh3_64(articles.get(number)?.id.as_bytes());
                let here = (range.source, number);
                if let Some((before, file)) = last.insert(hash, (here, range.file)) {
                    gone.insert(before);
                    self.repeated_ids += 1;
                    let counts = self.counts.get_mut(file as usize).filter(|_| file != range.file);
                    counts.into_iter().for_each(|it| it.replaced += 1);
                }
            }
        }
        Ok(gone)
    }

    /// Appends an article to the new generation.
    fn choose(&mut self, range: &BatchRange, number: u32) -> Result<()> {
        let source = range.source as usize;
        let article = self.sources[source].articles.get(number)?;
        let old = article.first_passage as usize;
        let map = self.maps[source].get_mut(old..old + article.passages as usize);
        for place in map.with_context(|| format!("article {number}: passages out of bounds"))? {
            *place = self.passages;
            self.passages += 1;
        }
        self.chosen.push((range.source, number));
        if let Some(counts) = self.counts.get_mut(range.file as usize) {
            counts.articles += 1;
            counts.passages += article.passages;
        }
        Ok(())
    }

    /// The number of articles.
    pub(crate) fn articles(&self) -> u32 {
        u32::try_from(self.chosen.len()).unwrap_or(u32::MAX)
    }

    /// Source, old number and record of each article, in order.
    fn in_order(&self) -> impl Iterator<Item = (usize, u32, ArticleRecord<'a>)> + '_ {
        self.chosen.iter().filter_map(|(source, number)| {
            let source = *source as usize;
            Some((source, *number, self.sources[source].articles.get(*number).ok()?))
        })
    }

    /// Source and old number of each passage, in order.
    fn passages_in_order(&self) -> impl Iterator<Item = (usize, u32)> + '_ {
        self.in_order().flat_map(|(source, _, article)| {
            let passages = article.first_passage..article.first_passage + article.passages;
            passages.map(move |number| (source, number))
        })
    }

    /// The articles in `count` shares of nearly equal size.
    pub(crate) fn shares(&self, count: usize) -> Vec<&[(u32, u32)]> {
        self.chosen.chunks(self.chosen.len().div_ceil(count.max(1)).max(1)).collect()
    }

    /// Mines glosses and acronyms from the texts of some articles; a passage that makes the miner
    /// panic is ignored.
    pub(crate) fn mine(&self, articles: &[(u32, u32)]) -> Miner {
        let mut miner = Miner::default();
        for (source, number) in articles {
            let stores = &self.sources[*source as usize];
            let Ok(article) = stores.articles.get(*number) else { continue };
            for passage in article.first_passage..article.first_passage + article.passages {
                let (text, row) = (stores.texts.get(passage), stores.passages.row(passage));
                let (Ok(text), Some(row)) = (text, row) else { continue };
                let seen = format!("{}:{}", article.path, row.record.line);
                catch_unwind(AssertUnwindSafe(|| miner.read(text, &seen))).ok();
            }
        }
        miner
    }

    /// Writes all tables and texts; returns the bytes of the texts.
    ///
    /// # Errors
    /// When a file cannot be written, or a source's table is damaged.
    pub(crate) fn write(&self, output: &ChecksummedFiles, store: WritePtr) -> Result<u64> {
        self.write_articles(output)?;
        let families = self.families()?;
        let text_bytes = self.write_texts(output, store)?;
        output.fill(PASSAGES, |out| {
            write_passages(out, || self.rows(&families))?;
            write_copy_bits(out, &families)
        })?;
        Ok(text_bytes)
    }

    fn write_articles(&self, output: &ChecksummedFiles) -> Result<()> {
        let strings = output.buffered(ARTICLE_STRINGS)?;
        let mut writer = ArticleWriter::new(output.buffered(ARTICLES)?, strings);
        let mut hashes = Vec::with_capacity(self.chosen.len());
        let mut first_passage = 0;
        for ((source, number, article), new) in self.in_order().zip(0..) {
            let root = self.roots[source].get(article.root as usize).copied().unwrap_or(0);
            let has_own_id = self.sources[source].articles.has_own_id(number);
            writer.push(&ArticleRecord { first_passage, root, ..article }, has_own_id)?;
            hashes.push((xxh3_64(article.id.as_bytes()), new));
            first_passage += article.passages;
        }
        let (records, strings) = writer.finish();
        finished(records)?;
        finished(strings)?;
        output.fill(IDS, |out| write_ids(out, hashes))?;
        Ok(())
    }

    /// Writes the texts into tantivy's store.
    fn write_texts(&self, output: &ChecksummedFiles, store: WritePtr) -> Result<u64> {
        let mut writer = StoreTextWriter::new(output.buffered(TEXT_STARTS)?, store)?;
        let mut bytes = 0;
        for (source, _, article) in self.in_order() {
            for number in article.first_passage..article.first_passage + article.passages {
                let text = self.sources[source].texts.get(number)?;
                bytes += text.len() as u64;
                writer.push(text, article.id)?;
            }
        }
        finished(writer.finish()?)?;
        Ok(bytes)
    }

    /// The family of near-duplicates of each passage.
    fn families(&self) -> Result<Vec<u32>> {
        let places: Vec<_> = self.passages_in_order().collect();
        let fingerprints =
            places.iter().map(|(source, number)| self.fingerprint_of(*source, *number));
        let fingerprints: Vec<_> = fingerprints.collect::<Result<_>>()?;
        let text = |number: u32| {
            let (source, number) = places[number as usize];
            self.sources[source].texts.get(number).unwrap_or_default().to_owned()
        };
        Ok(duplicate::families(&fingerprints, &text))
    }

    /// The fingerprint of a passage. Batches store it; for a kept passage it is computed from the
    /// text, which is about as fast as reading it would be.
    fn fingerprint_of(&self, source: usize, number: u32) -> Result<Option<Fingerprint>> {
        let stores = self.sources[source];
        match &stores.fingerprints {
            Some(fingerprints) => Ok(stored_fingerprint(fingerprints, number)),
            None => Ok(fingerprint(stores.texts.get(number)?)),
        }
    }

    /// The rows of the passages, in order.
    fn rows<'s>(&'s self, families: &'s [u32]) -> impl Iterator<Item = PassageRow> + 's {
        let articles = self.in_order().zip(0..);
        let places = articles.flat_map(|((source, _, article), new)| {
            let passages = article.first_passage..article.first_passage + article.passages;
            passages.map(move |number| (source, number, new))
        });
        places.zip(families).filter_map(|((source, number, article), family)| {
            let mut row = self.sources[source].passages.row(number)?;
            (row.record.article, row.record.family) = (article, *family);
            Some(row)
        })
    }

    /// The length of each passage, in order.
    pub(crate) fn lengths(&self) -> impl Iterator<Item = u16> + '_ {
        let places = self.passages_in_order();
        places.map(|(source, number)| self.sources[source].passages.length(number))
    }

    /// The statistics for ranking.
    pub(crate) fn statistics(&self) -> Statistics {
        let mut sums = [(0_u32, 0_u64); 2];
        let places = self.passages_in_order();
        for row in places.filter_map(|(source, number)| self.sources[source].passages.row(number)) {
            for (sum, holds) in sums.iter_mut().zip([row.has_words, row.has_han]) {
                sum.0 += u32::from(holds);
                sum.1 += u64::from(row.record.length) * u64::from(holds);
            }
        }
        let [words, han] = sums.map(|(passages, length)| ScriptStatistics::of(passages, length));
        Statistics { passages: self.passages, articles: self.articles(), words, han }
    }
}
