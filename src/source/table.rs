//! Reads CSV and TSV files with a header; each row becomes one raw text.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

use csv_core::{ReadRecordResult, ReaderBuilder};

use super::format::Format;
use super::input::{Input, Opened, Raws};
use super::raw::{Content, RawText, Skip, SkipReason};
use super::record::{RecordBuilder, RecordPart, part};

/// The possible delimiters. Spreadsheets of many countries write `;`.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The most columns of a row; a table of articles has a dozen.
const MAX_COLUMNS: usize = 1_024;

/// The raw texts of the rows of a table. Its first row names the columns.
pub(super) fn rows(input: Input, opened: Opened, format: Format) -> Result<Raws, Skip> {
    let mut bytes = opened.utf8().map_err(|(reason, detail)| input.skip(reason, detail))?;
    let mut start = Vec::new();
    bytes.by_ref().take(1 << 16).read_to_end(&mut start).map_err(|it| input.failed(&it))?;
    let Some(delimiter) = delimiter_of(&start, format) else {
        let detail = "no column is named text, body, content, contents or title";
        return Err(input.skip(SkipReason::Malformed, detail));
    };
    let bytes = io::BufReader::new(io::Cursor::new(start).chain(bytes));
    let cap = input.limits.record_bytes;
    let mut table = Table::new(bytes, delimiter, cap);
    let header = table.next().map_err(|it| input.failed(&it))?;
    let parts: Vec<_> = header.iter().flat_map(|it| it.columns()).map(part).collect();
    let mut ready = VecDeque::new();
    let mut is_over = false;
    Ok(Box::new(std::iter::from_fn(move || {
        while ready.is_empty() && !is_over {
            match table.next() {
                Ok(Some(row)) => raws_of(&input, &row, &parts, format, &mut ready),
                Ok(None) => is_over = true,
                Err(error) => {
                    is_over = true;
                    ready.push_back(Err(input.failed(&error)));
                }
            }
        }
        ready.pop_front()
    })))
}

/// The delimiter with which the first line has a text or a title, and the most known columns.
fn delimiter_of(start: &[u8], format: Format) -> Option<u8> {
    let first = start.split(|it| *it == b'\n').next().unwrap_or_default();
    let first = String::from_utf8_lossy(first);
    let parts_with = |delimiter: u8| {
        let names = first.split(char::from(delimiter));
        let parts: Vec<_> = names.filter_map(|it| part(it.trim().trim_matches('"'))).collect();
        let is_table = parts.iter().any(|it| matches!(it, RecordPart::Text(_) | RecordPart::Title));
        if is_table { parts.len() } else { 0 }
    };
    if format == Format::Tsv {
        return (parts_with(b'\t') > 0).then_some(b'\t');
    }
    let best = DELIMITERS.into_iter().rev().max_by_key(|it| parts_with(*it))?;
    (parts_with(best) > 0).then_some(best)
}

fn raws_of(
    input: &Input,
    row: &Row,
    parts: &[Option<RecordPart>],
    format: Format,
    ready: &mut VecDeque<Result<RawText, Skip>>,
) {
    let skip = |reason, detail: String| Err(input.skip(reason, detail).at_line(row.line));
    if row.is_too_large {
        let detail =
            format!("a row over {} bytes or {MAX_COLUMNS} columns", input.limits.record_bytes);
        ready.push_back(skip(SkipReason::TooLarge, detail));
        return;
    }
    let mut draft = RecordBuilder::default();
    for (value, part) in row.columns().zip(parts) {
        if let Some(part) = part {
            draft.set(*part, value.to_owned());
        }
    }
    ready.push_back(match draft.finish() {
        Some(record) => {
            let (path, content) = (input.shown.clone(), Content::Record(record));
            Ok(RawText { path, format, line: row.line, content })
        }
        None => skip(SkipReason::Empty, String::new()),
    });
    if row.has_loss {
        let detail = "bytes that are no UTF-8, replaced".to_owned();
        ready.push_back(skip(SkipReason::Undecoded, detail));
    }
}

/// One row of a table.
struct Row {
    text: String,
    /// The end of each column in `text`.
    ends: Vec<usize>,
    line: u32,
    is_too_large: bool,
    has_loss: bool,
}

impl Row {
    fn of(output: Vec<u8>, ends: Vec<usize>, line: u32, is_too_large: bool) -> Self {
        let row = Row { text: String::new(), ends, line, is_too_large, has_loss: false };
        match String::from_utf8(output) {
            Ok(text) => Row { text, ..row },
            Err(error) => {
                // Column by column, because replacing a byte moves the ends.
                let (bytes, mut text, mut start) = (error.into_bytes(), String::new(), 0);
                let mut moved = Vec::new();
                for end in &row.ends {
                    let column = bytes.get(start..*end).unwrap_or_default();
                    text.push_str(&String::from_utf8_lossy(column));
                    moved.push(text.len());
                    start = *end;
                }
                Row { text, ends: moved, has_loss: true, ..row }
            }
        }
    }

    fn columns(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| self.text.get(start..*end).unwrap_or_default())
    }
}

/// A table that is read row by row, in bounded memory even if a quote is never closed.
struct Table<B> {
    bytes: B,
    core: csv_core::Reader,
    cap: u64,
    /// The number of line breaks read so far.
    breaks: u32,
    is_over: bool,
}

impl<B: BufRead> Table<B> {
    fn new(bytes: B, delimiter: u8, cap: u64) -> Self {
        let core = ReaderBuilder::new().delimiter(delimiter).build();
        Self { bytes, core, cap, breaks: 0, is_over: false }
    }

    fn next(&mut self) -> io::Result<Option<Row>> {
        let mut output = vec![0; 4_096];
        let mut ends = vec![0; MAX_COLUMNS];
        let (mut written, mut columns, mut is_too_large) = (0, 0, false);
        let (mut inner_breaks, mut last) = (0, b'\n');
        while !self.is_over {
            let chunk = self.bytes.fill_buf()?;
            let (result, used, wrote, ended) = self.core.read_record(
                chunk,
                output.get_mut(written..).unwrap_or_default(),
                ends.get_mut(columns..).unwrap_or_default(),
            );
            let consumed = chunk.get(..used).unwrap_or_default();
            last = consumed.last().copied().unwrap_or(last);
            self.breaks = self.breaks.saturating_add(breaks_in(consumed));
            self.bytes.consume(used);
            inner_breaks += breaks_in(output.get(written..written + wrote).unwrap_or_default());
            (written, columns) = (written + wrote, columns + ended);
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if output.len() as u64 >= self.cap => {
                    (written, columns, is_too_large) = (0, 0, true);
                }
                ReadRecordResult::OutputFull => output.resize(output.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => (written, columns, is_too_large) = (0, 0, true),
                ReadRecordResult::End => self.is_over = true,
                ReadRecordResult::Record => {
                    output.truncate(written);
                    ends.truncate(columns);
                    // A row ends at its `\r` already; the last row of the file may have no line
                    // end.
                    let line = if last == b'\n' { self.breaks } else { self.breaks + 1 };
                    let line = line.saturating_sub(inner_breaks);
                    return Ok(Some(Row::of(output, ends, line, is_too_large)));
                }
            }
        }
        Ok(None)
    }
}

fn breaks_in(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.iter().filter(|it| **it == b'\n').count()).unwrap_or(u32::MAX)
}
