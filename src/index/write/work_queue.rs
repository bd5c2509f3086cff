//! Hands out the files of a build to the workers.

use std::iter::Peekable;

use super::change_set::{ChangeSet, PlannedFile};
use crate::source::{self, Content, Limits, RawText, Reader, Skip};

/// Bytes of source that a worker takes at once; a batch of these takes some ten times as much
/// memory.
const TAKE_BYTES: u64 = 4 << 20;

/// Hands out tasks in order of the files.
pub(crate) struct WorkQueue<'a> {
    changes: &'a ChangeSet,
    /// The files to read, as rising indexes into the change set.
    files: &'a [u32],
    limits: &'a Limits,
    next: usize,
    open: Option<OpenFile>,
}

/// A task: a file, or part of one.
pub(crate) struct Task {
    pub(super) file: u32,
    pub(super) order: u32,
    pub(super) content: TaskContent,
    pub(super) bytes: u64,
    pub(super) ends_file: bool,
}

pub(crate) enum TaskContent {
    /// Read the whole file.
    Whole,
    /// Read these records of it, each with the number of its first article; with what was skipped
    /// between them.
    Raws { raws: Vec<(u32, RawText)>, skips: Vec<Skip> },
    /// Hash the file, while others read its records.
    Hash,
    /// Nothing of the file can be read.
    Skipped(Skip),
}

impl<'a> WorkQueue<'a> {
    /// A queue of these files.
    pub(super) fn new(changes: &'a ChangeSet, files: &'a [u32], limits: &'a Limits) -> Self {
        Self { changes, files, limits, next: 0, open: None }
    }

    /// The next tasks; none at the end.
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

    /// Takes records of the open file, up to `limit` bytes.
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

/// A large file whose records are being handed out.
struct OpenFile {
    file: u32,
    raws: Peekable<Reader>,
    count: ArticleCount,
    order: u32,
    bytes_left: u64,
}

impl OpenFile {
    /// Only a file of records is split. A file of texts is read by one worker: the number of
    /// articles of a text is known only after reading it, and those of the next text are numbered
    /// after them.
    fn new(file: u32, planned: &PlannedFile, reader: Reader) -> Result<Self, TaskContent> {
        let mut raws = reader.peekable();
        let first = raws.peek().and_then(|it| it.as_ref().ok()).map(|it| &it.content);
        if matches!(first, Some(Content::Text(_) | Content::Chapter(_) | Content::Pdf(_))) {
            return Err(TaskContent::Whole);
        }
        let bytes_left = planned.file.size_bytes;
        // Order 0 is the task that hashes the file.
        Ok(Self { file, raws, count: ArticleCount::default(), order: 1, bytes_left })
    }
}

/// Numbers the articles of a file, or of each file in an archive, from 1.
#[derive(Debug, Default)]
pub(crate) struct ArticleCount {
    pub(super) path: String,
    pub(crate) articles: u32,
}

impl ArticleCount {
    /// The number of the first article of this raw text.
    pub(crate) fn first(&mut self, raw: &RawText) -> u32 {
        if self.path != raw.path {
            *self = Self { path: raw.path.clone(), articles: 0 };
        }
        self.articles + 1
    }
}

/// The approximate size of a raw text; never 0, so that empty records fill a batch too.
fn weight(raw: &RawText) -> u64 {
    let bytes = match &raw.content {
        Content::Text(text) => text.len(),
        Content::Chapter(chapter) => chapter.html.len(),
        Content::Pdf(pdf) => pdf.text.len(),
        Content::Record(record) => record.text.len() + 200,
    };
    bytes as u64 + 64
}
