//! Writes all files of a new generation, the manifest last.

use std::collections::{BTreeMap, HashMap};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use anyhow::{Context, Result};

use super::batch::BatchRange;
use super::change_set::{ChangeSet, PreviousGeneration, limits_fingerprint};
use super::merge_jobs::{MergeJobs, Merged};
use super::outcome::{Outcome, ReadFiles};
use super::passage_order::PassageOrder;
use super::repeated_lines::CandidateLines;
use super::spool::SPOOL_NAMES;
use super::topic_labels::write_topics;
use crate::analysis::{Analyzer, Family, Tokens};
use crate::index::file_names;
use crate::index::file_names::{DICTIONARY, DROPPED, LEXICON, LINES, SKIPS, SOURCES, WORDS};
use crate::index::format::{DroppedLine, Source, import_records, write_imports, write_rows};
use crate::index::parallel::{Job, share};
use crate::index::read::{Generation, Stores};
use crate::index::records::Statistics;
use crate::index::request::BuildOptions;
use crate::index::trust::{ChecksummedFiles, Disk, FORMAT, Manifest, finished};
use crate::lexicon::{self, Form, Import, Lexicon};
use crate::source::Skip;

/// Everything that a generation is made of.
pub(crate) struct NewGeneration<'a> {
    pub(crate) changes: &'a ChangeSet,
    pub(crate) previous: Option<&'a PreviousGeneration>,
    pub(crate) gathered: ReadFiles,
    pub(crate) lines: &'a CandidateLines,
    pub(crate) analyzer: &'a Analyzer,
    pub(crate) lexicon: &'a Lexicon,
    /// What a person added to the lexicon, in order of name.
    pub(crate) imports: &'a [Import],
    pub(crate) options: &'a BuildOptions,
}

/// What was written, for the report.
pub(crate) struct WrittenGeneration {
    pub(crate) statistics: Statistics,
    pub(crate) repeated_ids: u64,
    pub(crate) skips: Vec<Skip>,
}

/// Writes a generation to its folder, and deletes the spool files there.
///
/// # Errors
/// When a file cannot be written, or the previous generation cannot be read.
pub(crate) fn write_generation(
    folder: &Path,
    content: NewGeneration<'_>,
    now_s: u64,
) -> Result<WrittenGeneration> {
    let NewGeneration { changes, previous, gathered, lines, analyzer, lexicon, imports, options } =
        content;
    let (disk, limits) = (&options.disk, &options.limits);
    let output = ChecksummedFiles::new(folder, disk);
    let index = previous.map(|it| &it.index);
    let ReadFiles { batches, mut ranges, mut outcomes } = gathered;
    let mut sources: Vec<&Stores> = batches.iter().map(|it| &it.stores).collect();
    let mut roots: Vec<Vec<u32>> = vec![(0..).take(changes.roots.len()).collect(); sources.len()];
    if let Some(previous) = previous {
        ranges.extend(kept_ranges(changes, previous, sources.len()));
        roots.push(renumbered_roots(changes, previous));
        sources.push(previous.index.stores());
    }
    ranges.sort_by_key(|it| (it.file, it.order));
    let order = PassageOrder::new(sources, roots, &ranges, changes.files.len())?;
    let jobs = MergeJobs { folder, output: &output, order: &order, batches: &batches, index };
    let Merged { stored: (statistics, text_bytes), words, mined } = jobs.run(options)?;
    write_words(&output, &words, analyzer, index)?;
    let mut lexicon = lexicon.clone();
    lexicon.entries.extend(mined);
    overlay(&mut lexicon, imports)?;
    let jobs: Vec<Job<'_>> = vec![
        Box::new(|| write_lexicon(&output, &lexicon, imports, index)),
        Box::new(|| write_topics(&output, folder, order.passages, &lexicon)),
    ];
    share(jobs, options.workers())?;
    outcomes.sort_by_key(|it| (it.file, it.order));
    let skips = write_tables(&output, (changes, previous, disk), lines, &outcomes, &order)?;
    let (files, sums) = output.files();
    let sums_file = ChecksummedFiles::new(folder, disk);
    sums_file.write(file_names::SUMS, &sums)?;
    let manifest = Manifest {
        format: FORMAT,
        analysis: crate::analysis::fingerprint(),
        lexicon: lexicon::fingerprint(),
        limits: limits_fingerprint(limits),
        built_s: now_s,
        roots: changes.roots.clone(),
        statistics,
        word_total: word_total(&words, analyzer, index),
        sources: changes.files.len() as u64,
        skips: skips.len() as u64,
        text_bytes,
        imports: import_records(imports),
        files,
        sums: sums_file.files().0,
        sum: String::new(),
    };
    for spool in SPOOL_NAMES.map(|it| folder.join(it)) {
        if spool.exists() {
            disk.remove_file(&spool)?;
        }
    }
    ChecksummedFiles::new(folder, disk).write(file_names::MANIFEST, &manifest.to_bytes()?)?;
    Ok(WrittenGeneration { statistics, repeated_ids: order.repeated_ids, skips })
}

/// The articles of the kept files, as ranges of source `number`, which is the previous generation.
fn kept_ranges(
    changes: &ChangeSet,
    previous: &PreviousGeneration,
    number: usize,
) -> Vec<BatchRange> {
    let mut starts = Vec::with_capacity(previous.sources.len());
    let mut articles = 0;
    for source in &previous.sources {
        starts.push(articles..articles + source.articles);
        articles += source.articles;
    }
    let range = |(file, at): (u32, u32)| {
        let articles = starts.get(at as usize)?.clone();
        Some(BatchRange { file, order: 0, source: u32::try_from(number).ok()?, articles })
    };
    let kept = (0..).zip(&changes.files).filter_map(|(file, it)| Some((file, it.kept?)));
    kept.filter_map(range).collect()
}

/// For each root of the previous generation its index among the new roots.
fn renumbered_roots(changes: &ChangeSet, previous: &PreviousGeneration) -> Vec<u32> {
    let number = |root| changes.roots.iter().position(|it| it == root).unwrap_or(0);
    previous.roots().iter().map(|it| u32::try_from(number(it)).unwrap_or(0)).collect()
}

/// Writes the words of the word field, which are sorted, with their frequencies.
fn write_words(
    output: &ChecksummedFiles,
    words: &[String],
    analyzer: &Analyzer,
    index: Option<&Generation>,
) -> Result<()> {
    let mut map = fst::MapBuilder::memory();
    for word in words {
        // A word of the previous index has its frequency there; so the dictionary need not be
        // loaded.
        let known = index.and_then(|it| it.word_frequency(word));
        map.insert(word, known.or_else(|| analyzer.word_frequency(word)).unwrap_or(0))?;
    }
    output.write(WORDS, &map.into_inner()?)?;
    Ok(())
}

fn word_total(words: &[String], analyzer: &Analyzer, index: Option<&Generation>) -> u64 {
    let known = index.map(Generation::word_total).filter(|it| *it > 0);
    if words.is_empty() { 0 } else { known.unwrap_or_else(|| analyzer.word_total()) }
}

/// Adds a person's own names to the lexicon.
fn overlay(lexicon: &mut Lexicon, imports: &[Import]) -> Result<()> {
    for import in imports.iter().filter(|it| it.form == Form::Own) {
        let own = lexicon::own(&import.text).with_context(|| import.name.clone())?;
        lexicon.overlay(own);
    }
    Ok(())
}

/// Writes the lexicon, the dictionaries, and the imported files.
fn write_lexicon(
    output: &ChecksummedFiles,
    lexicon: &Lexicon,
    imports: &[Import],
    index: Option<&Generation>,
) -> Result<()> {
    output.write(LEXICON, &compiled(lexicon))?;
    write_imports(output, imports)?;
    let dictionaries: Vec<Import> =
        imports.iter().filter(|it| it.form == Form::Dictionary).cloned().collect();
    if dictionaries.is_empty() {
        return Ok(());
    }
    // Compiling a dictionary takes as long as reading some megabytes of text.
    let kept = index.and_then(|it| it.compiled_dictionary(&dictionaries));
    let bytes = kept.unwrap_or_else(|| {
        compiled(&Lexicon { entries: lexicon::dictionary(&dictionaries), topics: Vec::new() })
    });
    output.write(DICTIONARY, &bytes)?;
    Ok(())
}

/// Compiles a lexicon; names become keys by the analysis of queries.
fn compiled(lexicon: &Lexicon) -> Vec<u8> {
    let analyzer = Analyzer::for_query();
    let key = |name: &str| {
        let mut tokens = Tokens::default();
        analyzer.tokens(name, &mut tokens);
        let exact = tokens.family(Family::Exact);
        exact.map(|it| tokens.text(it).to_owned()).collect()
    };
    lexicon::compile(&lexicon.entries, &lexicon.topics, &key)
}

/// Writes the tables of files, of skips and of dropped lines; returns the skips.
fn write_tables(
    output: &ChecksummedFiles,
    (changes, previous, disk): (&ChangeSet, Option<&PreviousGeneration>, &Disk),
    lines: &CandidateLines,
    outcomes: &[Outcome],
    order: &PassageOrder<'_>,
) -> Result<Vec<Skip>> {
    let mut of_file: HashMap<u32, Vec<&Outcome>> = HashMap::new();
    for outcome in outcomes {
        of_file.entry(outcome.file).or_default().push(outcome);
    }
    let mut old_skips = OldSkips::new(previous)?;
    let mut old_dropped = OldDropped::new(previous, disk)?;
    let mut skips = changes.skips.clone();
    let mut rows = Vec::with_capacity(changes.files.len());
    let mut dropped = output.buffered(DROPPED)?;
    for (number, (planned, counts)) in (0..).zip(changes.files.iter().zip(&order.counts)) {
        let mut row = Source {
            path: planned.file.path.clone(),
            root: planned.root,
            size_bytes: planned.file.size_bytes,
            modified_ns: planned.file.modified_ns,
            hash: 0,
            articles: counts.articles,
            passages: counts.passages,
            replaced: counts.replaced,
            lines: lines.count(number),
            dropped_bytes: 0,
        };
        if let Some(at) = planned.kept {
            let old =
                previous.and_then(|it| it.sources.get(at as usize)).context("no such source")?;
            (row.hash, row.dropped_bytes) = (old.hash, old.dropped_bytes);
            // Records replaced earlier are no longer there to be counted again.
            row.replaced += old.replaced;
            skips.extend(old_skips.of(&row.path));
            old_dropped.copy(at, &mut dropped)?;
        } else {
            for outcome in of_file.get(&number).into_iter().flatten() {
                row.hash = row.hash.max(outcome.hash);
                skips.extend(outcome.skips.iter().cloned());
                row.dropped_bytes += write_dropped(&mut dropped, &row.path, outcome)?;
            }
        }
        rows.push(row);
    }
    finished(dropped)?;
    skips.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    output.fill(SOURCES, |out| write_rows(out, &rows))?;
    output.fill(LINES, |out| lines.write(out))?;
    output.fill(SKIPS, |out| write_rows(out, &skips))?;
    Ok(skips)
}

/// Writes the lines dropped from part of a file; returns their bytes.
fn write_dropped(out: &mut dyn Write, path: &str, outcome: &Outcome) -> Result<u64> {
    let line = |it: &crate::article::DroppedText| DroppedLine {
        path: path.to_owned(),
        dropped: it.clone(),
    };
    let lines: Vec<_> = outcome.dropped.iter().map(line).collect();
    let mut bytes = Vec::new();
    write_rows(&mut bytes, &lines)?;
    out.write_all(&bytes)?;
    Ok(bytes.len() as u64)
}

/// The skips of the previous generation.
struct OldSkips(BTreeMap<String, Vec<Skip>>);

impl OldSkips {
    fn new(previous: Option<&PreviousGeneration>) -> Result<Self> {
        let mut skips: BTreeMap<String, Vec<Skip>> = BTreeMap::new();
        if let Some(previous) = previous {
            for skip in previous.index.files().table::<Skip>(SKIPS)? {
                skips.entry(skip.path.clone()).or_default().push(skip);
            }
        }
        Ok(Self(skips))
    }

    /// The skips of a file, and of the files in it if it is an archive.
    fn of(&mut self, path: &str) -> Vec<Skip> {
        let mut skips = self.0.remove(path).unwrap_or_default();
        let within = format!("{path}/");
        let inner = self.0.range(within.clone()..).take_while(|(it, _)| it.starts_with(&within));
        skips.extend(inner.flat_map(|(_, it)| it.iter().cloned()));
        skips
    }
}

/// The dropped lines of the previous generation.
struct OldDropped {
    file: Option<std::fs::File>,
    starts: Vec<(u64, u64)>,
}

impl OldDropped {
    fn new(previous: Option<&PreviousGeneration>, disk: &Disk) -> Result<Self> {
        let mut start = 0;
        let mut starts = Vec::new();
        for source in previous.map_or(&[][..], |it| &it.sources) {
            starts.push((start, source.dropped_bytes));
            start += source.dropped_bytes;
        }
        let path = previous.map(|it| it.index.folder().join(DROPPED));
        let file = path.map(|it| disk.open(&it)).transpose()?;
        Ok(Self { file, starts })
    }

    /// Copies the dropped lines of a file.
    fn copy(&mut self, at: u32, out: &mut dyn Write) -> Result<()> {
        let Some((file, (start, bytes))) = self.file.as_mut().zip(self.starts.get(at as usize))
        else {
            return Ok(());
        };
        if *bytes > 0 {
            file.seek(SeekFrom::Start(*start))?;
            std::io::copy(&mut file.take(*bytes), out)?;
        }
        Ok(())
    }
}
