//! Merges all sources on all cores: writes postings, texts and tables, and mines the texts for
//! glosses and acronyms.

use std::path::Path;

use anyhow::{Context, Result};
use tantivy::index::SegmentComponent;

use super::batch::Batch;
use super::inverted::{FieldNorms, PostingSources, PreviousPostings, SegmentWriter, SpooledFamily};
use super::passage_order::PassageOrder;
use crate::analysis::Family;
use crate::index::file_names;
use crate::index::format::SegmentDirectory;
use crate::index::parallel::{Job, filling, share};
use crate::index::read::Generation;
use crate::index::records::Statistics;
use crate::index::request::BuildOptions;
use crate::index::segment;
use crate::index::segment::FAMILIES;
use crate::index::trust::{ChecksummedFiles, Disk};
use crate::lexicon::{Entry, Miner};

/// The sources to merge, and where to write.
pub(crate) struct MergeJobs<'a> {
    pub(crate) folder: &'a Path,
    pub(crate) output: &'a ChecksummedFiles,
    pub(crate) order: &'a PassageOrder<'a>,
    pub(crate) batches: &'a [Batch],
    /// The previous generation, if something of it is kept.
    pub(crate) index: Option<&'a Generation>,
}

/// The results of the merge.
pub(crate) struct Merged {
    /// The statistics, and the bytes of all texts.
    pub(crate) stored: (Statistics, u64),
    /// The terms of the word field, sorted.
    pub(crate) words: Vec<String>,
    /// Lexicon entries mined from the texts.
    pub(crate) mined: Vec<Entry>,
}

impl MergeJobs<'_> {
    /// Runs all jobs.
    ///
    /// # Errors
    /// When a file cannot be written, or the previous generation cannot be read.
    pub(crate) fn run(&self, options: &BuildOptions) -> Result<Merged> {
        let files = SegmentDirectory::writing(self.output.clone());
        let segment = segment::open(files, self.order.passages)?;
        let mut writer = SegmentWriter::create(&segment)?;
        let statistics = self.order.statistics();
        let norms = &FieldNorms::new(self.order.lengths());
        let merge = |family| self.spooled(family, norms, &options.disk);
        let store = segment.open_write(SegmentComponent::Store)?;
        let mut families = [const { None }; FAMILIES.len()];
        let [_, stem, form, bigram, word] = &mut families;
        let mut text_bytes = None;
        // More shares than cores, so that no core waits long for the last one.
        let shares = self.order.shares(options.workers() * 8);
        let mut miners: Vec<Option<Miner>> = shares.iter().map(|_| None).collect();
        // The longest first.
        let mut jobs: Vec<Job<'_>> = vec![
            Box::new(|| writer.merge(Family::Exact, &self.sources(Family::Exact, norms))),
            filling(bigram, || merge(Family::Bigram)),
            filling(&mut text_bytes, || self.order.write(self.output, store)),
            filling(word, || merge(Family::Word)),
            filling(stem, || merge(Family::Stem)),
            filling(form, || merge(Family::Form)),
        ];
        let mining = shares.into_iter().zip(&mut miners);
        jobs.extend(mining.map(|(it, slot)| filling(slot, || Ok(self.order.mine(it)))));
        share(jobs, options.workers())?;
        let mut words = Vec::new();
        for (family, merged) in FAMILIES.into_iter().zip(families).skip(1) {
            let (spooled, of_family) = merged.context("a family was not merged")?;
            writer.append(family, spooled)?;
            words.extend(of_family);
        }
        writer.close()?;
        segment::write_field_norms(&segment, norms.codes())?;
        segment::write_fast_fields(&segment, self.order.passages)?;
        self.output.write(file_names::META, &segment::meta(&segment)?)?;
        let mut all = Miner::default();
        miners.into_iter().flatten().for_each(|it| all.merge(it));
        let text_bytes = text_bytes.context("the stores were not written")?;
        Ok(Merged { stored: (statistics, text_bytes), words, mined: all.finish() })
    }

    /// Merges a family into spool files; returns its terms if it is the family of words.
    fn spooled(
        &self,
        family: Family,
        norms: &FieldNorms,
        disk: &Disk,
    ) -> Result<(SpooledFamily, Vec<String>)> {
        let mut words = Vec::new();
        let sources = self.sources(family, norms);
        let spooled = SpooledFamily::merge((self.folder, disk), family, &sources, &mut |it| {
            if family == Family::Word {
                words.push(String::from_utf8_lossy(it).into_owned());
            }
        })?;
        Ok((spooled, words))
    }

    /// The sources of a family's postings.
    fn sources<'s>(&'s self, family: Family, norms: &'s FieldNorms) -> PostingSources<'s> {
        let maps = &self.order.maps;
        let runs = self.batches.iter().map(|it| it.run(family));
        let runs = runs.zip(maps.iter().map(Vec::as_slice)).collect();
        let previous =
            self.index.zip(maps.last()).map(|(index, map)| PreviousPostings { index, map });
        PostingSources { runs, previous, norms }
    }
}
