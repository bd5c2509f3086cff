//! Files become parts, on all cores.
//!
//! Workers take work from one dispenser: a handful of small files, or the next records of a large
//! one. What is taken together becomes one part, so memory is bounded by the number of workers,
//! and since every piece knows its place, the result does not depend on their number.

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::iter::Peekable;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError, mpsc};
use std::time::Duration;

use tantivy::directory::{Directory, MmapDirectory};
use xxhash_rust::xxh3::Xxh3;

use super::disk::{Call, Disk, Writing};
use super::part::{Analysed, Part, PartBuilder, Piece};
use super::plan::{Plan, Planned};
use crate::analysis::{Analyzer, DerivedStems, Tokens};
use crate::article::{self, Article, Dropped, LineCounts, LineKey, Repeated};
use crate::budget::{Budget, Overrun, Watch};
use crate::source::{self, Content, Limits, Raw, Reader, Reason, Skip};

/// Bytes of source that are taken at once: a part of these takes some ten times as much memory.
const TAKE_BYTES: u64 = 4 << 20;

/// The names of the spool files, which are gone when a build is done: of the first reading, and of
/// the files that are read again because a line of theirs turned out to repeat.
pub(super) const SPOOLS: [&str; 2] = ["spool-1", "spool-2"];

/// How often a caller hears of progress.
const TICK: Duration = Duration::from_millis(100);

/// What came of a file, or of a piece of it.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) file: u32,
    pub(super) order: u32,
    pub(super) skips: Vec<Skip>,
    pub(super) dropped: Vec<Dropped>,
    /// The lines that could be furniture: sorted, each once.
    pub(super) lines: Vec<LineKey>,
    /// The hash of the file's bytes, with its first piece; else 0.
    pub(super) hash: u64,
}

/// All that was read.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) parts: Vec<Part>,
    /// In no order; their `source` is an index into `parts`.
    pub(super) pieces: Vec<Piece>,
    /// In no order.
    pub(super) outcomes: Vec<Outcome>,
}

impl Gathered {
    /// Puts what was read again of some files in the place of what was read of them first.
    pub(super) fn replace(&mut self, files: &[u32], again: Self) {
        let is_kept = |it: u32| files.binary_search(&it).is_err();
        self.pieces.retain(|it| is_kept(it.file));
        self.outcomes.retain(|it| is_kept(it.file));
        let first = u32::try_from(self.parts.len()).unwrap_or(u32::MAX);
        let pieces = again.pieces.into_iter();
        self.pieces.extend(pieces.map(|it| Piece { source: first + it.source, ..it }));
        self.outcomes.extend(again.outcomes);
        self.parts.extend(again.parts);
    }
}

/// What every worker reads.
pub(super) struct Shop<'a> {
    pub(super) plan: &'a Plan,
    pub(super) analyzer: &'a Analyzer,
    pub(super) limits: &'a Limits,
    pub(super) watch: Option<&'a Watch>,
    pub(super) disk: &'a Disk,
    pub(super) repeated: &'a Repeated,
    /// Which files of the plan to read, in rising order.
    pub(super) files: &'a [u32],
    /// How many workers there are.
    pub(super) workers: usize,
}

/// Reads and analyses files of the plan; `path` is the spool file's.
///
/// # Errors
/// When the spool file cannot be written.
pub(super) fn gather(
    shop: &Shop<'_>,
    path: &Path,
    tell: &dyn Fn(u64, u64),
) -> io::Result<Gathered> {
    let spool = Mutex::new(Spool::create(path, shop.disk)?);
    let dispenser = Mutex::new(Dispenser { shop, next: 0, open: None });
    let (files, bytes) = (AtomicU64::new(0), AtomicU64::new(0));
    std::thread::scope(|scope| {
        let (done, waiting) = mpsc::channel();
        for _ in 0..shop.workers {
            let (done, dispenser, spool) = (done.clone(), &dispenser, &spool);
            let counters = (&files, &bytes);
            scope.spawn(move || done.send(work(shop, dispenser, spool, counters)));
        }
        drop(done);
        loop {
            match waiting.recv_timeout(TICK) {
                Ok(result) => result?,
                Err(mpsc::RecvTimeoutError::Timeout) => {}
                Err(mpsc::RecvTimeoutError::Disconnected) => return Ok(()),
            }
            tell(files.load(Ordering::Relaxed), bytes.load(Ordering::Relaxed));
        }
    })
    .and_then(|()| {
        spool.into_inner().unwrap_or_else(PoisonError::into_inner).finish(path, shop.disk)
    })
}

/// One worker: takes work until there is none.
fn work(
    shop: &Shop<'_>,
    dispenser: &Mutex<Dispenser<'_>>,
    spool: &Mutex<Spool>,
    (files, bytes): (&AtomicU64, &AtomicU64),
) -> io::Result<()> {
    let (mut room, mut stems) = (Tokens::default(), DerivedStems::default());
    loop {
        let taken = dispenser.lock().unwrap_or_else(PoisonError::into_inner).take();
        if taken.is_empty() {
            return Ok(());
        }
        let mut made = Made::new(shop, std::mem::take(&mut room));
        for task in taken {
            let (size, ends) = (task.bytes, task.ends_file);
            made.take(task);
            bytes.fetch_add(size, Ordering::Relaxed);
            files.fetch_add(u64::from(ends), Ordering::Relaxed);
        }
        let Made { part, pieces, outcomes, room: again, .. } = made;
        room = again;
        let sections = part.finish(&mut stems);
        let mut spool = spool.lock().unwrap_or_else(PoisonError::into_inner);
        spool.push(&sections, pieces, outcomes)?;
    }
}

/// Hands out work in the order of the plan.
struct Dispenser<'a> {
    shop: &'a Shop<'a>,
    next: usize,
    open: Option<Open>,
}

/// A large file of which records are still to come.
struct Open {
    file: u32,
    raws: Peekable<Reader>,
    count: Count,
    order: u32,
    bytes_left: u64,
}

impl Open {
    /// A file of texts is read whole, by one worker: how many articles a text has is known only
    /// when it is read, and the next one's are numbered after them.
    fn new(file: u32, planned: &Planned, reader: Reader) -> Result<Self, TaskContent> {
        let mut raws = reader.peekable();
        let first = raws.peek().and_then(|it| it.as_ref().ok()).map(|it| &it.content);
        if matches!(first, Some(Content::Text(_) | Content::Chapter(_) | Content::Pdf(_))) {
            return Err(TaskContent::Whole);
        }
        let bytes_left = planned.file.size_bytes;
        // The first piece of the file is its hash.
        Ok(Self { file, raws, count: Count::default(), order: 1, bytes_left })
    }
}

/// Numbers the articles of a file, and of each file in an archive, from 1.
#[derive(Debug, Default)]
struct Count {
    path: String,
    articles: u32,
}

impl Count {
    /// The number of the first article of this raw.
    fn first(&mut self, raw: &Raw) -> u32 {
        if self.path != raw.path {
            *self = Self { path: raw.path.clone(), articles: 0 };
        }
        self.articles + 1
    }
}

/// Some work on one file.
struct Task {
    file: u32,
    order: u32,
    content: TaskContent,
    bytes: u64,
    ends_file: bool,
}

enum TaskContent {
    /// Read the whole file.
    Whole,
    /// These records of it, numbered from `first`; with what was skipped between them.
    Raws { raws: Vec<(u32, Raw)>, skips: Vec<Skip> },
    /// The hash of its bytes, while others read its records.
    Hash,
    /// Nothing of it can be read.
    Skipped(Skip),
}

impl<'a> Dispenser<'a> {
    /// The next work; none at the end.
    fn take(&mut self) -> Vec<Task> {
        let mut taken = Vec::new();
        let mut bytes = 0;
        while bytes < TAKE_BYTES {
            if self.open.is_some() {
                let task = self.take_records(TAKE_BYTES - bytes);
                bytes += task.bytes;
                taken.push(task);
                continue;
            }
            let Some((file, planned)) = self.next_to_read() else { break };
            let size = planned.file.size_bytes;
            let ends_file = true;
            if size <= TAKE_BYTES {
                bytes += size.max(1024);
                taken.push(Task {
                    file,
                    order: 0,
                    content: TaskContent::Whole,
                    bytes: size,
                    ends_file,
                });
                continue;
            }
            let content = match source::read(&planned.base, &planned.file, self.shop.limits) {
                Ok(reader) => match Open::new(file, planned, reader) {
                    Ok(open) => {
                        self.open = Some(open);
                        let (content, ends_file) = (TaskContent::Hash, false);
                        taken.push(Task { file, order: 0, content, bytes: 0, ends_file });
                        return taken;
                    }
                    Err(content) => content,
                },
                Err(skip) => TaskContent::Skipped(skip),
            };
            taken.push(Task { file, order: 0, content, bytes: size, ends_file });
            bytes += size;
        }
        taken
    }

    fn next_to_read(&mut self) -> Option<(u32, &'a Planned)> {
        let file = *self.shop.files.get(self.next)?;
        self.next += 1;
        Some((file, self.shop.plan.files.get(file as usize)?))
    }

    /// Takes records of the open file until they are `limit` bytes, or the file is done.
    fn take_records(&mut self, limit: u64) -> Task {
        let (mut raws, mut skips, mut bytes) = (Vec::new(), Vec::new(), 0);
        let Some(mut open) = self.open.take() else {
            let content = TaskContent::Raws { raws, skips };
            return Task { file: 0, order: 0, content, bytes: 0, ends_file: false };
        };
        let mut ends_file = false;
        while bytes < limit {
            match open.raws.next() {
                Some(Ok(raw)) => {
                    bytes += weight(&raw);
                    raws.push((open.count.first(&raw), raw));
                    open.count.articles += 1;
                }
                Some(Err(skip)) => skips.push(skip),
                None => {
                    ends_file = true;
                    break;
                }
            }
        }
        let told = if ends_file { open.bytes_left } else { bytes.min(open.bytes_left) };
        open.bytes_left -= told;
        let content = TaskContent::Raws { raws, skips };
        let task = Task { file: open.file, order: open.order, content, bytes: told, ends_file };
        open.order += 1;
        self.open = (!ends_file).then_some(open);
        task
    }
}

/// Bytes of a raw, about; never 0, so that empty records end a batch too.
fn weight(raw: &Raw) -> u64 {
    let bytes = match &raw.content {
        Content::Text(text) => text.len(),
        Content::Chapter(chapter) => chapter.html.len(),
        Content::Pdf(pdf) => pdf.text.len(),
        Content::Record(record) => record.text.len() + 200,
    };
    bytes as u64 + 64
}

/// The hash by which a changed time is told from a changed file.
pub(super) fn hash_of(planned: &Planned) -> io::Result<u64> {
    let mut file = File::open(source::resolve(&planned.base, &planned.file.path))?;
    let mut sum = Xxh3::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok(sum.digest());
        }
        sum.update(buffer.get(..read).unwrap_or_default());
    }
}

/// What a worker made of its work.
struct Made<'a> {
    shop: &'a Shop<'a>,
    part: PartBuilder,
    pieces: Vec<Piece>,
    outcomes: Vec<Outcome>,
    /// Where tokens are made.
    room: Tokens,
}

impl<'a> Made<'a> {
    fn new(shop: &'a Shop<'a>, room: Tokens) -> Self {
        let (pieces, outcomes) = (Vec::new(), Vec::new());
        Self { shop, part: PartBuilder::default(), pieces, outcomes, room }
    }

    /// Does one piece of work.
    fn take(&mut self, task: Task) {
        let Some(planned) = self.shop.plan.files.get(task.file as usize) else { return };
        let mut outcome = Outcome { file: task.file, order: task.order, ..Outcome::default() };
        let start = self.part.articles();
        match task.content {
            TaskContent::Skipped(skip) => outcome.skips.push(skip),
            TaskContent::Hash => outcome.hash = hash_of(planned).unwrap_or(0),
            TaskContent::Raws { raws, skips } => {
                outcome.skips = skips;
                for (first, raw) in raws {
                    self.take_raw(planned, &raw, first, &mut outcome);
                }
            }
            TaskContent::Whole => self.take_whole(planned, &mut outcome),
        }
        outcome.lines.sort_unstable();
        outcome.lines.dedup();
        let articles = start..self.part.articles();
        let (file, order) = (task.file, task.order);
        self.pieces.push(Piece { file, order, source: 0, articles });
        self.outcomes.push(outcome);
    }

    fn take_whole(&mut self, planned: &Planned, outcome: &mut Outcome) {
        outcome.hash = hash_of(planned).unwrap_or(0);
        let reader = match source::read(&planned.base, &planned.file, self.shop.limits) {
            Ok(reader) => reader,
            Err(skip) => return outcome.skips.push(skip),
        };
        let mut count = Count::default();
        for raw in reader {
            match raw {
                Ok(raw) => {
                    let first = count.first(&raw);
                    count.articles += self.take_raw(planned, &raw, first, outcome);
                }
                Err(skip) => outcome.skips.push(skip),
            }
        }
    }

    /// Adds the articles of a raw, and says how many there were.
    ///
    /// A panic in cleaning, cutting or analysing costs this raw and no other, and so does more work
    /// than one raw may make.
    fn take_raw(&mut self, planned: &Planned, raw: &Raw, first: u32, outcome: &mut Outcome) -> u32 {
        let (shop, room) = (self.shop, &mut self.room);
        let analysed = catch_unwind(AssertUnwindSafe(|| shop.analyse(raw, first, room)));
        let (reason, detail) = match analysed {
            Ok(Ok(read)) => return self.push(planned, raw, read, outcome),
            Ok(Err(overrun)) => (Reason::TookTooLong, overrun.to_string()),
            Err(_) => (Reason::Failed, "the text could not be analysed".to_owned()),
        };
        let (path, line) = (raw.path.clone(), Some(raw.line));
        outcome.skips.push(Skip { path, line, reason, detail });
        0
    }

    /// Adds what was read of a raw, and says how many articles it is.
    fn push(&mut self, planned: &Planned, raw: &Raw, read: ReadRaw, outcome: &mut Outcome) -> u32 {
        let ReadRaw { articles, dropped, lines } = read;
        outcome.dropped.extend(dropped);
        outcome.lines.extend(lines);
        let has_own_id = matches!(&raw.content, Content::Record(it) if it.id.is_some());
        for article in &articles {
            self.part.push(article, planned.root, has_own_id);
        }
        u32::try_from(articles.len()).unwrap_or(u32::MAX)
    }
}

/// A raw, read and analysed.
struct ReadRaw {
    articles: Vec<Analysed>,
    dropped: Vec<Dropped>,
    lines: Vec<LineKey>,
}

impl Shop<'_> {
    /// Reads, cuts and analyses a raw within its budget.
    fn analyse(&self, raw: &Raw, first: u32, room: &mut Tokens) -> Result<ReadRaw, Overrun> {
        let budget = Budget::new(self.limits.steps, self.watch);
        let mut articles = article::read_within(raw, first, self.repeated, &budget)?;
        let lines = match &raw.content {
            Content::Text(_) | Content::Pdf(_) => LineCounts::candidates(&articles),
            Content::Record(_) | Content::Chapter(_) => Vec::new(),
        };
        let dropped = articles.iter_mut().flat_map(|it| std::mem::take(&mut it.dropped)).collect();
        let analysed = |it: Article| Analysed::new(it, self.analyzer, &budget, room);
        let articles = articles.into_iter().map(analysed).collect::<Result<_, _>>()?;
        Ok(ReadRaw { articles, dropped, lines })
    }
}

/// The file that parts are written to until all are there.
struct Spool {
    out: BufWriter<Writing>,
    end: u64,
    /// For each part where its sections end.
    parts: Vec<Vec<u64>>,
    pieces: Vec<Piece>,
    outcomes: Vec<Outcome>,
}

impl Spool {
    fn create(path: &Path, disk: &Disk) -> io::Result<Self> {
        let file = disk.create(path)?;
        let out = BufWriter::with_capacity(1 << 18, file);
        let (parts, pieces, outcomes) = (Vec::new(), Vec::new(), Vec::new());
        Ok(Self { out, end: 0, parts, pieces, outcomes })
    }

    fn push(
        &mut self,
        sections: &[Vec<u8>],
        pieces: Vec<Piece>,
        outcomes: Vec<Outcome>,
    ) -> io::Result<()> {
        let source = u32::try_from(self.parts.len()).unwrap_or(u32::MAX);
        let mut ends = Vec::with_capacity(sections.len() + 1);
        ends.push(self.end);
        for section in sections {
            self.out.write_all(section)?;
            self.end += section.len() as u64;
            ends.push(self.end);
        }
        self.parts.push(ends);
        self.pieces.extend(pieces.into_iter().map(|it| Piece { source, ..it }));
        self.outcomes.extend(outcomes);
        Ok(())
    }

    /// Maps the parts; the file is to be deleted by the caller when they are gone.
    fn finish(mut self, path: &Path, disk: &Disk) -> io::Result<Gathered> {
        self.out.flush()?;
        disk.tell(Call::Open(path))?;
        let (dir, name) = (path.parent().unwrap_or(path), path.file_name().unwrap_or_default());
        let mapped = MmapDirectory::open(dir).map_err(io::Error::other)?;
        let spool = mapped.get_file_handle(Path::new(name)).map_err(io::Error::other)?;
        let mut parts = Vec::with_capacity(self.parts.len());
        for ends in &self.parts {
            let mut sections = Vec::with_capacity(ends.len());
            for ends in ends.windows(2) {
                let &[start, end] = ends else { continue };
                let [start, end] = [start, end].map(|it| usize::try_from(it).unwrap_or(0));
                sections.push(spool.read_bytes(start..end)?);
            }
            let part = Part::open(&sections);
            parts.push(part.ok_or_else(|| io::Error::other("the spool file has changed"))?);
        }
        Ok(Gathered { parts, pieces: self.pieces, outcomes: self.outcomes })
    }
}
