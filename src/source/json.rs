//! Reads JSON Lines, and JSON files with one record or an array of records.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::fmt;
use std::io::{self, BufRead};

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

use super::format::Format;
use super::input::{Input, Opened, Raws};
use super::limits::shown;
use super::raw::{Content, RawText, Record, Skip, SkipReason};
use super::record::{RecordBuilder, RecordPart, part};

/// The records of a JSON Lines file.
pub(super) fn lines(input: Input, opened: Opened) -> Result<Raws, Skip> {
    records(input, opened, next_line)
}

/// The records of a JSON file: an object, an array of objects, or objects one after the other.
pub(super) fn values(input: Input, opened: Opened) -> Result<Raws, Skip> {
    records(input, opened, next_object)
}

/// A record as it stands in the file.
enum Piece {
    /// The record's bytes are in the buffer; they start at this line.
    Whole(u32),
    /// The record at this line goes over the cap and was skipped.
    TooLong(u32),
    /// The text at this line is no record; nothing after it can be read.
    Broken(u32),
}

/// Finds the next record. The arguments are the bytes, the buffer to fill, the line counter, and
/// the cap in bytes.
type Next = fn(&mut dyn BufRead, &mut Vec<u8>, &mut u32, u64) -> io::Result<Option<Piece>>;

fn records(input: Input, opened: Opened, next: Next) -> Result<Raws, Skip> {
    let mut bytes = opened.utf8().map_err(|(reason, detail)| input.skip(reason, detail))?;
    let (mut buffer, mut line, mut is_over) = (Vec::new(), 1, false);
    let mut ready = VecDeque::new();
    Ok(Box::new(std::iter::from_fn(move || {
        while ready.is_empty() && !is_over {
            buffer.clear();
            let piece = next(&mut bytes, &mut buffer, &mut line, input.limits.record_bytes);
            is_over = !matches!(piece, Ok(Some(Piece::Whole(_) | Piece::TooLong(_))));
            match piece {
                Ok(None) => {}
                Ok(Some(Piece::Whole(at))) => raws_of(&input, &buffer, at, &mut ready),
                Ok(Some(Piece::TooLong(at))) => {
                    let detail = format!("a record over {}", shown(input.limits.record_bytes));
                    ready.push_back(Err(input.skip(SkipReason::TooLarge, detail).at_line(at)));
                }
                Ok(Some(Piece::Broken(at))) => {
                    let skip = input.skip(SkipReason::Malformed, "neither an object nor an array");
                    ready.push_back(Err(skip.at_line(at)));
                }
                Err(error) => ready.push_back(Err(input.failed(&error).at_line(line))),
            }
        }
        ready.pop_front()
    })))
}

/// Adds the raw text of one record to `ready`, or its skip, or both where some bytes were lost.
fn raws_of(input: &Input, bytes: &[u8], line: u32, ready: &mut VecDeque<Result<RawText, Skip>>) {
    // Nearly all records are valid UTF-8, which is faster to check than to repair.
    let text = match str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(bytes),
    };
    if text.trim().is_empty() {
        return;
    }
    // Without the line end, so that an error names a column of this line.
    match record(text.trim_end()) {
        Ok(record) => {
            let content = Content::Record(record);
            let path = input.shown.clone();
            ready.push_back(Ok(RawText { path, format: Format::JsonLines, line, content }));
        }
        Err((reason, detail)) => ready.push_back(Err(input.skip(reason, detail).at_line(line))),
    }
    if matches!(text, Cow::Owned(_)) {
        let skip = input.skip(SkipReason::Undecoded, "bytes that are no UTF-8, replaced");
        ready.push_back(Err(skip.at_line(line)));
    }
}

/// Reads one line. An empty line gives an empty record, which is ignored.
fn next_line(
    bytes: &mut dyn BufRead,
    buffer: &mut Vec<u8>,
    line: &mut u32,
    cap: u64,
) -> io::Result<Option<Piece>> {
    let (start, mut length, mut is_end) = (*line, 0_u64, false);
    while !is_end {
        let chunk = bytes.fill_buf()?;
        if chunk.is_empty() {
            break;
        }
        let found = memchr::memchr(b'\n', chunk);
        is_end = found.is_some();
        let (piece, _) = chunk.split_at(found.map_or(chunk.len(), |at| at + 1));
        length += piece.len() as u64;
        if length <= cap {
            buffer.extend_from_slice(piece);
        }
        let used = piece.len();
        bytes.consume(used);
    }
    *line = line.saturating_add(1);
    let piece = if length > cap { Piece::TooLong(start) } else { Piece::Whole(start) };
    Ok((length > 0).then_some(piece))
}

/// Reads one object at the top level, whatever brackets and commas stand between the objects.
fn next_object(
    bytes: &mut dyn BufRead,
    buffer: &mut Vec<u8>,
    line: &mut u32,
    cap: u64,
) -> io::Result<Option<Piece>> {
    let mut nesting = Nesting::default();
    let (mut start, mut length) = (*line, 0_u64);
    loop {
        let chunk = bytes.fill_buf()?;
        if chunk.is_empty() {
            // An object without an end goes to the parser, which says where it broke off.
            return Ok((length > 0).then_some(Piece::Whole(start)));
        }
        let (mut used, mut is_end) = (0, false);
        for &byte in chunk {
            used += 1;
            *line = line.saturating_add(u32::from(byte == b'\n'));
            let is_between = nesting.depth == 0;
            if is_between && (byte.is_ascii_whitespace() || matches!(byte, b'[' | b']' | b',')) {
                continue;
            }
            if is_between && byte != b'{' {
                return Ok(Some(Piece::Broken(*line)));
            }
            if is_between {
                start = *line;
            }
            nesting.step(byte);
            length += 1;
            if length <= cap {
                buffer.push(byte);
            }
            if nesting.depth == 0 {
                is_end = true;
                break;
            }
        }
        bytes.consume(used);
        if is_end {
            let piece = if length > cap { Piece::TooLong(start) } else { Piece::Whole(start) };
            return Ok(Some(piece));
        }
    }
}

/// The depth of braces at a byte, outside of strings.
#[derive(Default)]
struct Nesting {
    depth: u32,
    is_string: bool,
    is_escaped: bool,
}

impl Nesting {
    fn step(&mut self, byte: u8) {
        if self.is_escaped {
            self.is_escaped = false;
        } else if self.is_string {
            self.is_escaped = byte == b'\\';
            self.is_string = byte != b'"';
        } else {
            match byte {
                b'"' => self.is_string = true,
                b'{' => self.depth = self.depth.saturating_add(1),
                b'}' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
    }
}

/// The message of a JSON error. The parser's line counts within the record; the skip names the
/// record's own line in the file, so the message gives the column.
fn message_of(error: &serde_json::Error) -> String {
    let whole = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    match whole.strip_suffix(&place) {
        Some(bare) if error.line() > 1 => {
            format!("no JSON: {bare}, line {} of it, column {}", error.line(), error.column())
        }
        Some(bare) if error.column() > 0 => format!("no JSON: {bare}, column {}", error.column()),
        Some(bare) => bare.to_owned(),
        None => whole,
    }
}

/// Parses the record in one JSON object.
fn record(json: &str) -> Result<Record, (SkipReason, String)> {
    let read = |json: &str| serde_json::from_str::<Object>(json);
    let object = read(json).or_else(|error| match repaired(json) {
        Some(repaired) => read(&repaired),
        None => Err(error),
    });
    let object = object.map_err(|it| (SkipReason::Malformed, message_of(&it)))?;
    if !object.has_text {
        return Err((SkipReason::Malformed, "a record with neither text nor title".to_owned()));
    }
    object.draft.finish().ok_or((SkipReason::Empty, String::new()))
}

/// Replaces lone halves of surrogate pairs in JSON; `None` where there are none. Many programs
/// write them when they cut a text in the middle of `\ud83d\ude00`.
fn repaired(json: &str) -> Option<String> {
    let unit = |at: usize| {
        let digits = json.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let (mut repaired, mut done, mut at) = (String::new(), 0, 0);
    while let Some(found) = json.get(at..).and_then(|it| it.find('\\')) {
        at += found;
        let is_pair = matches!(unit(at), Some(0xd800..=0xdbff))
            && matches!(unit(at + 6), Some(0xdc00..=0xdfff));
        if is_pair {
            at += 12;
        } else if matches!(unit(at), Some(0xd800..=0xdfff)) {
            repaired.push_str(json.get(done..at)?);
            repaired.push_str("\\ufffd");
            at += 6;
            done = at;
        } else {
            at += 2;
        }
    }
    repaired.push_str(json.get(done..)?);
    (done > 0).then_some(repaired)
}

/// A JSON object of which only the parts of a record are kept.
struct Object {
    draft: RecordBuilder,
    has_text: bool,
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor)
    }
}

struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = Object;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object with a text")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
        let mut object = Object { draft: RecordBuilder::default(), has_text: false };
        while let Some(name) = map.next_key::<Cow<'de, str>>()? {
            let Some(part) = part(&name) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let between = if matches!(part, RecordPart::Text(_)) { "\n\n" } else { ", " };
            let texts = map.next_value::<Value>()?.texts();
            if !texts.is_empty() {
                object.has_text |= matches!(part, RecordPart::Text(_) | RecordPart::Title);
                object.draft.set(part, texts.join(between));
            }
        }
        Ok(object)
    }
}

/// The value of a part: a text, a number, or a list of these. Other values are ignored.
#[derive(Deserialize)]
#[serde(untagged)]
enum Value {
    Text(String),
    Whole(u64),
    Negative(i64),
    Real(f64),
    List(Vec<Self>),
    Other(IgnoredAny),
}

impl Value {
    fn texts(self) -> Vec<String> {
        match self {
            Self::Text(it) => vec![it],
            Self::Whole(it) => vec![it.to_string()],
            Self::Negative(it) => vec![it.to_string()],
            Self::Real(it) => vec![it.to_string()],
            Self::List(values) => values.into_iter().flat_map(Self::texts).collect(),
            Self::Other(_) => Vec::new(),
        }
    }
}
