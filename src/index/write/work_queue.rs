//! Which work each worker takes next.

use std::iter::Peekable;

use super::change_set::{ChangeSet, PlannedFile};
use crate::source::{self, Content, Limits, Raw, Reader, Skip};

/// Bytes of source that are taken at once: a part of these takes some ten times as much memory.
const TAKE_BYTES: u64 = 4 << 20;

/// Hands out work in the order of the plan.
pub(super) struct WorkQueue<'a> {
    changes: &'a ChangeSet,
    /// Which files of the plan to read, in rising order.
    files: &'a [u32],
    limits: &'a Limits,
    next: usize,
    open: Option<OpenFile>,
}

/// Some work on one file.
pub(super) struct Task {
    pub(super) file: u32,
    pub(super) order: u32,
    pub(super) content: TaskContent,
    pub(super) bytes: u64,
    pub(super) ends_file: bool,
}

pub(super) enum TaskContent {
    /// Read the whole file.
    Whole,
    /// These records of it, numbered from `first`; with what was skipped between them.
    Raws { raws: Vec<(u32, Raw)>, skips: Vec<Skip> },
    /// The hash of its bytes, while others read its records.
    Hash,
    /// Nothing of it can be read.
    Skipped(Skip),
}

impl<'a> WorkQueue<'a> {
    /// Begins with the first of these files of the plan.
    pub(super) fn new(changes: &'a ChangeSet, files: &'a [u32], limits: &'a Limits) -> Self {
        Self { changes, files, limits, next: 0, open: None }
    }

    /// The next work; none at the end.
    pub(super) fn take(&mut self) -> Vec<Task> {
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
            let content = match source::read(&planned.base, &planned.file, self.limits) {
                Ok(reader) => match OpenFile::new(file, planned, reader) {
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

    fn next_to_read(&mut self) -> Option<(u32, &'a PlannedFile)> {
        let file = *self.files.get(self.next)?;
        self.next += 1;
        Some((file, self.changes.files.get(file as usize)?))
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

/// A large file of which records are still to come.
struct OpenFile {
    file: u32,
    raws: Peekable<Reader>,
    count: ArticleCount,
    order: u32,
    bytes_left: u64,
}

impl OpenFile {
    /// A file of texts is read whole, by one worker: how many articles a text has is known only
    /// when it is read, and the next one's are numbered after them.
    fn new(file: u32, planned: &PlannedFile, reader: Reader) -> Result<Self, TaskContent> {
        let mut raws = reader.peekable();
        let first = raws.peek().and_then(|it| it.as_ref().ok()).map(|it| &it.content);
        if matches!(first, Some(Content::Text(_) | Content::Chapter(_) | Content::Pdf(_))) {
            return Err(TaskContent::Whole);
        }
        let bytes_left = planned.file.size_bytes;
        // The first piece of the file is its hash.
        Ok(Self { file, raws, count: ArticleCount::default(), order: 1, bytes_left })
    }
}

/// Numbers the articles of a file, and of each file in an archive, from 1.
#[derive(Debug, Default)]
pub(super) struct ArticleCount {
    pub(super) path: String,
    pub(super) articles: u32,
}

impl ArticleCount {
    /// The number of the first article of this raw.
    pub(super) fn first(&mut self, raw: &Raw) -> u32 {
        if self.path != raw.path {
            *self = Self { path: raw.path.clone(), articles: 0 };
        }
        self.articles + 1
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
