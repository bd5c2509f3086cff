//! A file becomes its raw texts, one after the other.

use std::fs;
use std::io::{BufReader, Read};
use std::path::Path;

use super::format;
use super::limits::Limits;
use super::raw::{Content, File, Format, Raw, Reason, Skip};
use super::records;

/// The raws of one file, in the order in which they stand in it.
pub struct Reader {
    raws: Box<dyn Iterator<Item = Result<Raw, Skip>> + Send>,
}

impl Iterator for Reader {
    type Item = Result<Raw, Skip>;

    fn next(&mut self) -> Option<Self::Item> {
        self.raws.next()
    }
}

/// Opens a file and yields its raws in order; a bad record is a [`Skip`] and the others go on.
///
/// # Errors
/// Where nothing of the file can be read.
pub fn read(base: &Path, file: &File, limits: &Limits) -> Result<Reader, Skip> {
    let skip =
        |reason, detail: String| Skip { path: file.path.clone(), line: None, reason, detail };
    let open = fs::File::open(base.join(&file.path))
        .map_err(|it| skip(Reason::Unreadable, it.to_string()))?;
    let format = format::by_name(&file.path);
    if format == Format::JsonLines {
        let raws = records::json_lines(file.path.clone(), BufReader::new(open), limits);
        return Ok(Reader { raws: Box::new(raws) });
    }
    let mut bytes = Vec::new();
    open.take(limits.text_bytes + 1)
        .read_to_end(&mut bytes)
        .map_err(|it| skip(Reason::Unreadable, it.to_string()))?;
    if bytes.len() as u64 > limits.text_bytes {
        return Err(skip(Reason::TooLarge, format!("over {} bytes", limits.text_bytes)));
    }
    let text = String::from_utf8(bytes).map_err(|_| skip(Reason::Encoding, "not UTF-8".into()))?;
    if text.trim().is_empty() {
        return Err(skip(Reason::Empty, String::new()));
    }
    let raw = Raw { path: file.path.clone(), format, line: 1, content: Content::Text(text) };
    Ok(Reader { raws: Box::new(std::iter::once(Ok(raw))) })
}
