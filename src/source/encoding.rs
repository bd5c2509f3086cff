//! Decodes bytes into text: detects the encoding, and counts what does not decode.
//!
//! In this order: byte order mark, UTF-8, UTF-16 if its decoding looks like text, the encoding that
//! a page names, and the guess of chardetng. A named encoding counts only if the decoded text looks
//! like text.

use std::borrow::Cow;
use std::io::{self, Cursor, Read};
use std::ops::Range;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Decoder, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::raw::SkipReason;
use super::store::Bytes;
use super::text_quality::{self, TextQuality};

/// The number of bytes at the start of a file that decide its encoding.
const SAMPLE_BYTES: usize = 1 << 16;

/// The number of bytes of a stream that are decoded at a time.
const CHUNK_BYTES: u64 = 1 << 16;

/// A decoded text.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) text: String,
    /// How many invalid sequences became U+FFFD.
    pub(super) replaced: usize,
    pub(super) encoding: &'static Encoding,
}

/// Decodes a whole text. `label` is the encoding that the text itself names.
pub(super) fn decode(bytes: Vec<u8>, label: Option<&str>) -> Result<Decoded, (SkipReason, String)> {
    let encoding = choose(&bytes, Extent::Whole, label)?;
    let is_utf8 = encoding == UTF_8;
    let had = if is_utf8 { count_replaced(&String::from_utf8_lossy(&bytes)) } else { 0 };
    let is_meant = is_utf8 && Utf8::of(&bytes).is_meant(bytes.len());
    let text = match into_utf8(bytes, encoding) {
        Ok(text) => return Ok(Decoded { text, replaced: 0, encoding }),
        Err(bytes) => encoding.decode_with_bom_removal(&bytes).0.into_owned(),
    };
    let replaced = if is_utf8 { had } else { count_replaced(&text) };
    // With more errors than this the text is not in this encoding, and would be indexed as garbage.
    if !is_meant && replaced > 1 + text.chars().count() / 50 {
        return Err((
            SkipReason::Encoding,
            format!("{replaced} places are no {}", encoding.name()),
        ));
    }
    Ok(Decoded { text, replaced, encoding })
}

/// Uses valid UTF-8 without copying it; removes the byte order mark and a character cut off at the
/// end.
fn into_utf8(bytes: Vec<u8>, encoding: &'static Encoding) -> Result<String, Vec<u8>> {
    if encoding != UTF_8 {
        return Err(bytes);
    }
    let mut text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if error.utf8_error().error_len().is_none() => {
            let whole = error.utf8_error().valid_up_to();
            let mut bytes = error.into_bytes();
            bytes.truncate(whole);
            String::from_utf8(bytes).map_err(std::string::FromUtf8Error::into_bytes)?
        }
        Err(error) => return Err(error.into_bytes()),
    };
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}

fn count_replaced(text: &str) -> usize {
    text.matches('\u{fffd}').count()
}

/// Whether the bytes at hand are the whole text or only its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    Whole,
    Start,
}

/// Detects the encoding of a text. An error where the bytes are no text, or in no known encoding.
pub(super) fn choose(
    bytes: &[u8],
    extent: Extent,
    label: Option<&str>,
) -> Result<&'static Encoding, (SkipReason, String)> {
    if bytes.starts_with(&[0xff, 0xfe, 0, 0]) || bytes.starts_with(&[0, 0, 0xfe, 0xff]) {
        return Err((SkipReason::Encoding, "UTF-32".to_owned()));
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(encoding);
    }
    let sample = bytes.get(..SAMPLE_BYTES).unwrap_or(bytes);
    let zeros = sample.iter().filter(|it| **it == 0).count();
    let controls = sample.iter().filter(|it| is_control(**it)).count();
    let utf8 = Utf8::of(bytes);
    // In packed data one byte in ten is a control, and hardly anything is UTF-8. Where everything
    // is UTF-8, half as many controls are the bells and escapes of a log.
    let is_clean = controls * if utf8.bad == 0 { 20 } else { 100 } <= sample.len();
    if utf8.bad == 0 && is_clean && zeros == 0 {
        return Ok(UTF_8);
    }
    if utf8.stands_apart(bytes.len()) && is_clean_around(sample, &utf8) {
        return Ok(UTF_8);
    }
    if let Some(encoding) = utf16(sample) {
        return Ok(encoding);
    }
    if !is_clean {
        return Err((SkipReason::Binary, format!("{controls} control bytes in {}", sample.len())));
    }
    if utf8.is_meant(bytes.len()) {
        return Ok(UTF_8);
    }
    let is_whole = extent == Extent::Whole && sample.len() == bytes.len();
    Ok(legacy(sample, is_whole, label))
}

/// Whether a byte is a control that no text contains. Escapes stand in logs, form feeds in old
/// manuals.
fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b | 0x08)
}

/// Whether the bytes around the invalid ones contain no zeros and hardly any controls.
fn is_clean_around(sample: &[u8], utf8: &Utf8) -> bool {
    let before = sample.get(..utf8.bad_span.start).unwrap_or(sample);
    let after = sample.get(utf8.bad_span.end..).unwrap_or_default();
    let controls = before.iter().chain(after).filter(|it| is_control(**it)).count();
    let has_zero = before.contains(&0) || after.contains(&0);
    !has_zero && controls * 100 <= before.len() + after.len()
}

/// How much of some bytes is valid UTF-8.
#[derive(Debug, Default)]
struct Utf8 {
    /// The valid characters outside ASCII, and their bytes.
    good: usize,
    good_bytes: usize,
    /// The invalid sequences, and their bytes. A character cut off at the very end does not count.
    bad: usize,
    bad_bytes: usize,
    /// The range from the first invalid sequence to the last.
    bad_span: Range<usize>,
    /// The valid characters outside ASCII that stand outside of this range.
    apart: usize,
}

/// Fewer bytes may be valid UTF-8 by chance.
const TELLING_BYTES: usize = 96;

/// This many characters outside ASCII without an invalid sequence among them are no chance.
const TELLING_CHARS: usize = 8;

impl Utf8 {
    fn of(bytes: &[u8]) -> Self {
        if std::str::from_utf8(bytes).is_ok() {
            return Self::default();
        }
        let mut found = Self::default();
        let (mut at, mut since) = (0, 0);
        let mut rest = bytes.utf8_chunks().peekable();
        while let Some(chunk) = rest.next() {
            for it in chunk.valid().chars().filter(|it| !it.is_ascii()) {
                since += 1;
                found.good_bytes += it.len_utf8();
            }
            at += chunk.valid().len();
            let is_cut = rest.peek().is_none()
                && std::str::from_utf8(chunk.invalid()).is_err_and(|it| it.error_len().is_none());
            if !chunk.invalid().is_empty() && !is_cut {
                if found.bad == 0 {
                    found.apart = since;
                    found.bad_span.start = at;
                }
                found.good += since;
                since = 0;
                found.bad += 1;
                found.bad_bytes += chunk.invalid().len();
                found.bad_span.end = at + chunk.invalid().len();
            }
            at += chunk.invalid().len();
        }
        found.good += since;
        found.apart += since;
        found
    }

    /// Whether the bytes are UTF-8 with some damage, and not in another encoding.
    ///
    /// Legacy Chinese encodings contain pairs that happen to be UTF-8, but never eight such
    /// characters for an invalid one, and never two bytes of three. Of 678 pieces of Chinese in
    /// GB18030, Big5, EUC and Shift JIS, the most was one byte of two.
    fn is_meant(&self, length: usize) -> bool {
        self.good >= 8 * self.bad
            || self.good_bytes >= TELLING_BYTES.max(2 * self.bad_bytes)
            || self.stands_apart(length)
    }

    /// Whether the invalid bytes stand together, as a bad disk block behind a good story does: at
    /// least half of the bytes are outside of them, and all of those are UTF-8.
    fn stands_apart(&self, length: usize) -> bool {
        self.bad > 0 && self.apart >= TELLING_CHARS && self.bad_span.len() * 2 <= length
    }
}

/// Detects UTF-16 without a byte order mark by decoding it both ways. Zero bytes do not help,
/// because Chinese has hardly any.
fn utf16(sample: &[u8]) -> Option<&'static Encoding> {
    let score = |encoding: &'static Encoding| {
        let units = sample.len() / 2 * 2;
        let text = encoding.decode_without_bom_handling(sample.get(..units).unwrap_or(sample)).0;
        let quality = TextQuality::of(&text);
        quality.is_text().then(|| (quality.score(), encoding))
    };
    // Compares by the score alone, because encodings have no order; little endian wins a tie.
    let (little, big) = (score(UTF_16LE), score(UTF_16BE));
    match (little, big) {
        (Some(little), Some(big)) if big.0 > little.0 => Some(big.1),
        (Some(it), _) | (None, Some(it)) => Some(it.1),
        (None, None) => None,
    }
}

/// Detects an encoding from before Unicode.
fn legacy(sample: &[u8], is_whole: bool, label: Option<&str>) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, is_whole);
    let guess = widened(detector.guess(None, Utf8Detection::Deny));
    let label = label.and_then(|it| Encoding::for_label(it.as_bytes())).map(widened);
    let chinese = |encoding: &'static Encoding| {
        let text = encoding.decode_without_bom_handling(sample).0;
        let quality = TextQuality::of(&text);
        if quality.is_chinese() { quality.common_share() } else { 0.0 }
    };
    let (gb, big5) = (chinese(GB18030), chinese(BIG5));
    let best = if gb >= big5 { GB18030 } else { BIG5 };
    match label {
        // Any bytes are valid windows-1252, and all Big5 is valid GBK. So text that reads as
        // Chinese outweighs the named encoding.
        _ if gb.max(big5) > 0.0 => best,
        Some(label) if label != UTF_8 && has_few_errors(sample, label) => label,
        _ => guess,
    }
}

/// Texts that claim to be GB2312 or GBK contain characters of the larger set, so they are decoded
/// with it.
fn widened(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == GBK { GB18030 } else { encoding }
}

fn has_few_errors(sample: &[u8], encoding: &'static Encoding) -> bool {
    let text = encoding.decode_without_bom_handling(sample).0;
    count_replaced(&text) * 100 <= text.chars().count()
}

/// The encoding that an HTML page or an XML file names.
pub(super) fn label_of(bytes: &[u8]) -> Option<String> {
    // The HTML standard looks at 1,024 bytes, but some pages have long comments before it.
    let head = String::from_utf8_lossy(bytes.get(..4_096).unwrap_or(bytes)).to_ascii_lowercase();
    let after = |name: &str| head.find(name).and_then(|at| head.get(at + name.len()..));
    let value = after("charset").or_else(|| after("encoding"))?.trim_start().strip_prefix('=')?;
    let value = value.trim_start().trim_start_matches(['"', '\'']);
    let end = value.find(|it: char| !it.is_ascii_alphanumeric() && !"-_:.".contains(it))?;
    value.get(..end).filter(|it| !it.is_empty()).map(str::to_owned)
}

/// Decodes a short piece, such as a file name in an archive, in any encoding.
pub(super) fn decode_name(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(name) => name.to_owned(),
        Err(_) => {
            let encoding = legacy(bytes, true, None);
            // A name is too short to judge by its characters, and Chinese archives are in GBK.
            let (text, _, has_errors) = GB18030.decode(bytes);
            let other: Cow<'_, str> = encoding.decode(bytes).0;
            if has_errors || !text_quality::has_han(&text) {
                other.into_owned()
            } else {
                text.into_owned()
            }
        }
    }
}

/// Decodes a stream to UTF-8. A UTF-8 stream only loses its byte order mark; its content is checked
/// later, record by record.
pub(super) fn utf8_stream(bytes: Bytes, encoding: &'static Encoding) -> Bytes {
    let mut stream = Stream { bytes, decoder: None, input: Vec::new(), output: Cursor::default() };
    if encoding == UTF_8 {
        let mut start = Vec::new();
        let mark = stream.bytes.by_ref().take(3).read_to_end(&mut start);
        if mark.is_ok() && start == b"\xef\xbb\xbf" {
            start.clear();
        }
        return Box::new(Cursor::new(start).chain(stream.bytes));
    }
    stream.decoder = Some(encoding.new_decoder_with_bom_removal());
    Box::new(stream)
}

/// A stream in another encoding, read as UTF-8.
struct Stream {
    bytes: Bytes,
    /// `None` once everything is decoded.
    decoder: Option<Decoder>,
    input: Vec<u8>,
    output: Cursor<Vec<u8>>,
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.output.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let Some(decoder) = self.decoder.as_mut() else { return Ok(0) };
            self.input.clear();
            self.bytes.by_ref().take(CHUNK_BYTES).read_to_end(&mut self.input)?;
            let is_last = self.input.is_empty();
            let room = decoder.max_utf8_buffer_length(self.input.len()).unwrap_or(0);
            let mut text = String::with_capacity(room);
            // The decoder named the capacity it needs, so it consumes all input.
            let _ = decoder.decode_to_string(&self.input, &mut text, is_last);
            self.output = Cursor::new(text.into_bytes());
            if is_last {
                self.decoder = None;
            }
        }
    }
}
