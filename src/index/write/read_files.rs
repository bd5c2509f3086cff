//! Reads and analyses files in batches, on all cores.
//!
//! Workers take tasks from one queue: some small files, or the next records of a large one. The
//! tasks taken at once become one batch, so memory is bounded by the number of workers; and because
//! every range of articles knows its file, the result does not depend on that number.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError, mpsc};
use std::time::Duration;

use super::batch::{AnalysedArticle, BatchBuilder, BatchRange};
use super::change_set::{ChangeSet, PlannedFile, hash_of};
use super::outcome::{Outcome, ReadFiles};
use super::spool::Spool;
use super::work_queue::{ArticleCount, Task, TaskContent, WorkQueue};
use crate::analysis::{Analyzer, DerivedStems, Tokens};
use crate::article::{self, Article, DroppedText, LineCounts, LineKey, RepeatedLines};
use crate::budget::{Budget, Overrun, Watch};
use crate::index::trust::Disk;
use crate::source::{self, Content, Limits, RawText, Skip, SkipReason};

/// How often progress is reported.
const TICK: Duration = Duration::from_millis(100);

/// What all workers share.
pub(crate) struct WorkerContext<'a> {
    pub(crate) changes: &'a ChangeSet,
    pub(crate) analyzer: &'a Analyzer,
    pub(crate) limits: &'a Limits,
    pub(crate) watch: Option<&'a Watch>,
    pub(crate) disk: &'a Disk,
    pub(crate) repeated: &'a RepeatedLines,
    /// The files to read, as rising indexes into the change set.
    pub(crate) files: &'a [u32],
    /// The number of workers.
    pub(crate) workers: usize,
}

/// Reads and analyses files; `path` is the spool file's, and `tell` is called with files and bytes
/// done.
///
/// # Errors
/// When the spool file cannot be written.
pub(crate) fn read_files(
    context: &WorkerContext<'_>,
    path: &Path,
    tell: &dyn Fn(u64, u64),
) -> io::Result<ReadFiles> {
    let spool = Mutex::new(Spool::create(path, context.disk)?);
    let queue = Mutex::new(WorkQueue::new(context.changes, context.files, context.limits));
    let (files, bytes) = (AtomicU64::new(0), AtomicU64::new(0));
    std::thread::scope(|scope| {
        let (done, waiting) = mpsc::channel();
        for _ in 0..context.workers {
            let (done, queue, spool) = (done.clone(), &queue, &spool);
            let counters = (&files, &bytes);
            scope.spawn(move || done.send(work(context, queue, spool, counters)));
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
        spool.into_inner().unwrap_or_else(PoisonError::into_inner).finish(path, context.disk)
    })
}

/// The loop of a worker: takes tasks until there are none.
fn work(
    context: &WorkerContext<'_>,
    queue: &Mutex<WorkQueue<'_>>,
    spool: &Mutex<Spool>,
    (files, bytes): (&AtomicU64, &AtomicU64),
) -> io::Result<()> {
    let (mut buffer, mut stems) = (Tokens::default(), DerivedStems::default());
    loop {
        let taken = queue.lock().unwrap_or_else(PoisonError::into_inner).take();
        if taken.is_empty() {
            return Ok(());
        }
        let mut batch = BatchInProgress::new(context, std::mem::take(&mut buffer));
        for task in taken {
            let (size, ends) = (task.bytes, task.ends_file);
            batch.take(task);
            bytes.fetch_add(size, Ordering::Relaxed);
            files.fetch_add(u64::from(ends), Ordering::Relaxed);
        }
        let BatchInProgress { batch, ranges, outcomes, buffer: again, .. } = batch;
        buffer = again;
        let sections = batch.finish(&mut stems);
        let mut spool = spool.lock().unwrap_or_else(PoisonError::into_inner);
        spool.push(&sections, ranges, outcomes)?;
    }
}

/// A batch that a worker is filling.
struct BatchInProgress<'a> {
    context: &'a WorkerContext<'a>,
    batch: BatchBuilder,
    ranges: Vec<BatchRange>,
    outcomes: Vec<Outcome>,
    /// Where tokens are made; reused.
    buffer: Tokens,
}

impl<'a> BatchInProgress<'a> {
    fn new(context: &'a WorkerContext<'a>, buffer: Tokens) -> Self {
        let (ranges, outcomes) = (Vec::new(), Vec::new());
        Self { context, batch: BatchBuilder::default(), ranges, outcomes, buffer }
    }

    /// Does one task.
    fn take(&mut self, task: Task) {
        let Some(planned) = self.context.changes.files.get(task.file as usize) else { return };
        let mut outcome = Outcome { file: task.file, order: task.order, ..Outcome::default() };
        let start = self.batch.articles();
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
        let articles = start..self.batch.articles();
        let (file, order) = (task.file, task.order);
        self.ranges.push(BatchRange { file, order, source: 0, articles });
        self.outcomes.push(outcome);
    }

    fn take_whole(&mut self, planned: &PlannedFile, outcome: &mut Outcome) {
        outcome.hash = hash_of(planned).unwrap_or(0);
        let reader = match source::read(&planned.base, &planned.file, self.context.limits) {
            Ok(reader) => reader,
            Err(skip) => return outcome.skips.push(skip),
        };
        let mut count = ArticleCount::default();
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

    /// Reads and adds the articles of a raw text; returns their number.
    ///
    /// A panic in cleaning, cutting or analysing loses this text and no other; so does running over
    /// its budget.
    fn take_raw(
        &mut self,
        planned: &PlannedFile,
        raw: &RawText,
        first: u32,
        outcome: &mut Outcome,
    ) -> u32 {
        let (context, buffer) = (self.context, &mut self.buffer);
        let analysed = catch_unwind(AssertUnwindSafe(|| context.analyse(raw, first, buffer)));
        let (reason, detail) = match analysed {
            Ok(Ok(read)) => return self.push(planned, raw, read, outcome),
            Ok(Err(overrun)) => (SkipReason::TookTooLong, overrun.to_string()),
            Err(_) => (SkipReason::Failed, "the text could not be analysed".to_owned()),
        };
        let (path, line) = (raw.path.clone(), Some(raw.line));
        outcome.skips.push(Skip { path, line, reason, detail });
        0
    }

    /// Adds the articles read from a raw text; returns their number.
    fn push(
        &mut self,
        planned: &PlannedFile,
        raw: &RawText,
        read: ReadRaw,
        outcome: &mut Outcome,
    ) -> u32 {
        let ReadRaw { articles, dropped, lines } = read;
        outcome.dropped.extend(dropped);
        outcome.lines.extend(lines);
        let has_own_id = matches!(&raw.content, Content::Record(it) if it.id.is_some());
        for article in &articles {
            self.batch.push(article, planned.root, has_own_id);
        }
        u32::try_from(articles.len()).unwrap_or(u32::MAX)
    }
}

/// The analysed articles of a raw text.
struct ReadRaw {
    articles: Vec<AnalysedArticle>,
    dropped: Vec<DroppedText>,
    lines: Vec<LineKey>,
}

impl WorkerContext<'_> {
    /// Reads, cuts and analyses a raw text within its budget.
    fn analyse(&self, raw: &RawText, first: u32, buffer: &mut Tokens) -> Result<ReadRaw, Overrun> {
        let budget = Budget::new(self.limits.steps, self.watch);
        let mut articles = article::read_within(raw, first, self.repeated, &budget)?;
        let lines = match &raw.content {
            Content::Text(_) | Content::Pdf(_) => LineCounts::candidates(&articles),
            Content::Record(_) | Content::Chapter(_) => Vec::new(),
        };
        let dropped = articles.iter_mut().flat_map(|it| std::mem::take(&mut it.dropped)).collect();
        let analysed = |it: Article| AnalysedArticle::new(it, self.analyzer, &budget, buffer);
        let articles = articles.into_iter().map(analysed).collect::<Result<_, _>>()?;
        Ok(ReadRaw { articles, dropped, lines })
    }
}
