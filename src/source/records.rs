//! Files that hold many records become one raw a record.

use std::io::BufRead;

use serde_json::Value;

use super::limits::Limits;
use super::raw::{Content, Format, Raw, Reason, Record, Skip};

/// The records of a JSON Lines file, read as they are asked for.
pub(super) fn json_lines<B: BufRead + Send>(
    path: String,
    mut bytes: B,
    limits: &Limits,
) -> impl Iterator<Item = Result<Raw, Skip>> + Send + use<B> {
    let _ = limits;
    let mut line = 0_u32;
    let mut buffer = String::new();
    std::iter::from_fn(move || {
        loop {
            buffer.clear();
            line = line.saturating_add(1);
            let skip =
                |reason, detail| Skip { path: path.clone(), line: Some(line), reason, detail };
            match bytes.read_line(&mut buffer) {
                Ok(0) => return None,
                Ok(_) if buffer.trim().is_empty() => {}
                Ok(_) => {
                    let record = serde_json::from_str(&buffer).map_err(|it| it.to_string());
                    let record = record.and_then(|it| record_of(&it).ok_or("no text".to_owned()));
                    return Some(record.map_err(|it| skip(Reason::Malformed, it)).map(|it| Raw {
                        path: path.clone(),
                        format: Format::JsonLines,
                        line,
                        content: Content::Record(it),
                    }));
                }
                Err(it) => return Some(Err(skip(Reason::Unreadable, it.to_string()))),
            }
        }
    })
}

/// The record of a JSON object; `None` where it holds no text.
fn record_of(value: &Value) -> Option<Record> {
    let field = |name: &str| match value.get(name) {
        Some(Value::String(it)) => Some(it.clone()),
        Some(Value::Number(it)) => Some(it.to_string()),
        _ => None,
    };
    Some(Record {
        id: field("id"),
        title: field("title"),
        text: ["text", "contents", "body", "content"].iter().find_map(|it| field(it))?,
        date: field("date"),
        url: field("url"),
        author: field("author"),
        lang: field("lang"),
    })
}
