//! A new generation is written, file by file, the manifest last.

use std::collections::{BTreeMap, HashMap};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use anyhow::{Context, Result};

use super::batch::Piece;
use super::change_set::{Before, Plan, limits_fingerprint};
use super::merge_jobs::{Merged, Merging};
use super::outcome::{Gathered, Outcome};
use super::passage_order::Assembly;
use super::repeated_lines::Lines;
use super::spool::SPOOLS;
use super::topic_labels::write_topics;
use crate::analysis::{Analyzer, Family, Tokens};
use crate::index::file_names;
use crate::index::file_names::{DICTIONARY, DROPPED, LEXICON, LINES, SKIPS, SOURCES, WORDS};
use crate::index::format::{DroppedLine, Source, import_records, write_imports, write_rows};
use crate::index::parallel::{Job, share};
use crate::index::read::{Index, Stores};
use crate::index::records::Statistics;
use crate::index::request::BuildOptions;
use crate::index::trust::{Disk, FORMAT, Ledger, Manifest, finished};
use crate::lexicon::{self, Form, Import, Lexicon};
use crate::source::Skip;

/// All that goes into a generation.
pub(crate) struct Content<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) before: Option<&'a Before>,
    pub(crate) gathered: Gathered,
    pub(crate) lines: &'a Lines,
    pub(crate) analyzer: &'a Analyzer,
    pub(crate) lexicon: &'a Lexicon,
    /// What a person added to the lexicon, in order of name.
    pub(crate) imports: &'a [Import],
    pub(crate) means: &'a BuildOptions,
}

/// What was written.
pub(crate) struct Written {
    pub(crate) statistics: Statistics,
    pub(crate) repeated_ids: u64,
    pub(crate) skips: Vec<Skip>,
}

/// Writes a generation to its folder, which holds the spool file, and takes that away.
///
/// # Errors
/// When a file cannot be written, or the generation before cannot be read.
pub(crate) fn write(folder: &Path, content: Content<'_>, now_s: u64) -> Result<Written> {
    let Content { plan, before, gathered, lines, analyzer, lexicon, imports, means } = content;
    let (disk, limits) = (&means.disk, &means.limits);
    let ledger = Ledger::new(folder, disk);
    let index = before.map(|it| &it.index);
    let Gathered { parts, mut pieces, mut outcomes } = gathered;
    let mut sources: Vec<&Stores> = parts.iter().map(|it| &it.stores).collect();
    let mut roots: Vec<Vec<u32>> = vec![(0..).take(plan.roots.len()).collect(); sources.len()];
    if let Some(before) = before {
        pieces.extend(kept_pieces(plan, before, sources.len()));
        roots.push(renumbered_roots(plan, before));
        sources.push(before.index.stores());
    }
    pieces.sort_by_key(|it| (it.file, it.order));
    let assembly = Assembly::new(sources, roots, &pieces, plan.files.len())?;
    let merging = Merging { folder, ledger: &ledger, assembly: &assembly, parts: &parts, index };
    let Merged { stored: (statistics, text_bytes), words, mined } = merging.run(means)?;
    write_words(&ledger, &words, analyzer, index)?;
    let mut lexicon = lexicon.clone();
    lexicon.entries.extend(mined);
    overlay(&mut lexicon, imports)?;
    let jobs: Vec<Job<'_>> = vec![
        Box::new(|| write_lexicon(&ledger, &lexicon, imports, index)),
        Box::new(|| write_topics(&ledger, folder, assembly.passages, &lexicon)),
    ];
    share(jobs, means.workers())?;
    outcomes.sort_by_key(|it| (it.file, it.order));
    let skips = write_tables(&ledger, (plan, before, disk), lines, &outcomes, &assembly)?;
    let (files, sums) = ledger.files();
    let sums_file = Ledger::new(folder, disk);
    sums_file.write(file_names::SUMS, &sums)?;
    let manifest = Manifest {
        format: FORMAT,
        analysis: crate::analysis::fingerprint(),
        lexicon: lexicon::fingerprint(),
        limits: limits_fingerprint(limits),
        built_s: now_s,
        roots: plan.roots.clone(),
        statistics,
        word_total: word_total(&words, analyzer, index),
        sources: plan.files.len() as u64,
        skips: skips.len() as u64,
        text_bytes,
        imports: import_records(imports),
        files,
        sums: sums_file.files().0,
        sum: String::new(),
    };
    for spool in SPOOLS.map(|it| folder.join(it)) {
        if spool.exists() {
            disk.remove_file(&spool)?;
        }
    }
    Ledger::new(folder, disk).write(file_names::MANIFEST, &manifest.to_bytes()?)?;
    Ok(Written { statistics, repeated_ids: assembly.repeated_ids, skips })
}

/// The articles of the files that are kept, in the generation before, which is source `number`.
fn kept_pieces(plan: &Plan, before: &Before, number: usize) -> Vec<Piece> {
    let mut starts = Vec::with_capacity(before.sources.len());
    let mut articles = 0;
    for source in &before.sources {
        starts.push(articles..articles + source.articles);
        articles += source.articles;
    }
    let piece = |(file, at): (u32, u32)| {
        let articles = starts.get(at as usize)?.clone();
        Some(Piece { file, order: 0, source: u32::try_from(number).ok()?, articles })
    };
    let kept = (0..).zip(&plan.files).filter_map(|(file, it)| Some((file, it.kept?)));
    kept.filter_map(piece).collect()
}

/// For each root of the generation before its number among the new roots.
fn renumbered_roots(plan: &Plan, before: &Before) -> Vec<u32> {
    let number = |root| plan.roots.iter().position(|it| it == root).unwrap_or(0);
    before.roots().iter().map(|it| u32::try_from(number(it)).unwrap_or(0)).collect()
}

/// Writes the words of the word field, which come sorted, with their frequencies.
fn write_words(
    ledger: &Ledger,
    words: &[String],
    analyzer: &Analyzer,
    index: Option<&Index>,
) -> Result<()> {
    let mut map = fst::MapBuilder::memory();
    for word in words {
        // What the index knows was cut by the same dictionary, which then need not be loaded.
        let known = index.and_then(|it| it.word_frequency(word));
        map.insert(word, known.or_else(|| analyzer.word_frequency(word)).unwrap_or(0))?;
    }
    ledger.write(WORDS, &map.into_inner()?)?;
    Ok(())
}

fn word_total(words: &[String], analyzer: &Analyzer, index: Option<&Index>) -> u64 {
    let known = index.map(Index::word_total).filter(|it| *it > 0);
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
    ledger: &Ledger,
    lexicon: &Lexicon,
    imports: &[Import],
    index: Option<&Index>,
) -> Result<()> {
    ledger.write(LEXICON, &compiled(lexicon))?;
    write_imports(ledger, imports)?;
    let dictionaries: Vec<Import> =
        imports.iter().filter(|it| it.form == Form::Dictionary).cloned().collect();
    if dictionaries.is_empty() {
        return Ok(());
    }
    // To compile a dictionary takes as long as to read some megabytes of text.
    let kept = index.and_then(|it| it.compiled_dictionary(&dictionaries));
    let bytes = kept.unwrap_or_else(|| {
        compiled(&Lexicon { entries: lexicon::dictionary(&dictionaries), topics: Vec::new() })
    });
    ledger.write(DICTIONARY, &bytes)?;
    Ok(())
}

/// The lexicon, its names made into keys by the analysis of queries.
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

/// Writes the tables of files, of what was skipped and of what was dropped; gives the skips.
fn write_tables(
    ledger: &Ledger,
    (plan, before, disk): (&Plan, Option<&Before>, &Disk),
    lines: &Lines,
    outcomes: &[Outcome],
    assembly: &Assembly<'_>,
) -> Result<Vec<Skip>> {
    let mut of_file: HashMap<u32, Vec<&Outcome>> = HashMap::new();
    for outcome in outcomes {
        of_file.entry(outcome.file).or_default().push(outcome);
    }
    let mut old_skips = OldSkips::new(before)?;
    let mut old_dropped = OldDropped::new(before, disk)?;
    let mut skips = plan.skips.clone();
    let mut rows = Vec::with_capacity(plan.files.len());
    let mut dropped = ledger.buffered(DROPPED)?;
    for (number, (planned, counts)) in (0..).zip(plan.files.iter().zip(&assembly.counts)) {
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
                before.and_then(|it| it.sources.get(at as usize)).context("no such source")?;
            (row.hash, row.dropped_bytes) = (old.hash, old.dropped_bytes);
            // What was replaced before is not there to be replaced again.
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
    ledger.fill(SOURCES, |out| write_rows(out, &rows))?;
    ledger.fill(LINES, |out| lines.write(out))?;
    ledger.fill(SKIPS, |out| write_rows(out, &skips))?;
    Ok(skips)
}

/// Writes what was dropped of a piece of a file; gives the bytes.
fn write_dropped(out: &mut dyn Write, path: &str, outcome: &Outcome) -> Result<u64> {
    let line =
        |it: &crate::article::Dropped| DroppedLine { path: path.to_owned(), dropped: it.clone() };
    let lines: Vec<_> = outcome.dropped.iter().map(line).collect();
    let mut bytes = Vec::new();
    write_rows(&mut bytes, &lines)?;
    out.write_all(&bytes)?;
    Ok(bytes.len() as u64)
}

/// What was skipped of the files of the generation before.
struct OldSkips(BTreeMap<String, Vec<Skip>>);

impl OldSkips {
    fn new(before: Option<&Before>) -> Result<Self> {
        let mut skips: BTreeMap<String, Vec<Skip>> = BTreeMap::new();
        if let Some(before) = before {
            for skip in before.index.mapped().table::<Skip>(SKIPS)? {
                skips.entry(skip.path.clone()).or_default().push(skip);
            }
        }
        Ok(Self(skips))
    }

    /// Those of a file, and of the files in it where it is an archive.
    fn of(&mut self, path: &str) -> Vec<Skip> {
        let mut skips = self.0.remove(path).unwrap_or_default();
        let within = format!("{path}/");
        let inner = self.0.range(within.clone()..).take_while(|(it, _)| it.starts_with(&within));
        skips.extend(inner.flat_map(|(_, it)| it.iter().cloned()));
        skips
    }
}

/// What was dropped of the files of the generation before.
struct OldDropped {
    file: Option<std::fs::File>,
    starts: Vec<(u64, u64)>,
}

impl OldDropped {
    fn new(before: Option<&Before>, disk: &Disk) -> Result<Self> {
        let mut start = 0;
        let mut starts = Vec::new();
        for source in before.map_or(&[][..], |it| &it.sources) {
            starts.push((start, source.dropped_bytes));
            start += source.dropped_bytes;
        }
        let path = before.map(|it| it.index.folder().join(DROPPED));
        let file = path.map(|it| disk.open(&it)).transpose()?;
        Ok(Self { file, starts })
    }

    /// Copies the lines of a file.
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
