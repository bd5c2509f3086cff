//! Chooses the part of a passage that is shown: the window that contains most of the query, cut at
//! sentence ends where possible, measured in display columns.

use crate::rank::Occurrence;
use crate::text::{self, Graphemes, Span};

/// The value of a further occurrence of a term that the window contains already, as a share of its
/// weight.
const REPEATED: f32 = 0.1;

/// The percentage of the free columns that may be spent to start at the beginning of the sentence.
const SENTENCE: usize = 80;

/// One part in so many of the free columns may stand before the first match.
const LEAD: usize = 3;

/// A text rarely has more runs of graphemes of one width. Memory for a few more costs twice as much
/// to allocate.
const RUNS: usize = 24;

/// Chooses the part of `passage` to show in at most `columns` display columns.
///
/// `weight` gives the weight of a term by its number. The span starts and ends on grapheme
/// boundaries with visible characters. Without occurrences it is the beginning of the passage. A
/// passage that fits is shown whole.
#[must_use]
pub fn snippet(
    passage: &str,
    occurrences: &[Occurrence],
    weight: &dyn Fn(u32) -> f32,
    columns: usize,
) -> Span {
    let ruler = Ruler::new(passage);
    if ruler.columns <= columns {
        return Span::new(0, passage.len());
    }
    let core = core(&ruler, occurrences, weight, columns);
    let free = columns.saturating_sub(ruler.columns(core.start(), core.end()));
    let start = ruler.start(passage, core.start(), free / LEAD, free);
    let end = ruler.end(passage, start, core.end(), columns);
    let shown = trimmed(passage, start, end);
    if shown.is_empty() {
        // A single word is wider than the snippet.
        return trimmed(passage, start, ruler.forth(start, columns));
    }
    shown
}

/// The widths of a text's graphemes as running sums.
struct Ruler {
    runs: Vec<(Graphemes, usize)>,
    bytes: usize,
    columns: usize,
}

impl Ruler {
    fn new(passage: &str) -> Self {
        let (mut runs, mut columns) = (Vec::with_capacity(RUNS), 0);
        text::columns(passage, |run| {
            runs.push((run, columns));
            columns += run.count * run.columns;
        });
        Self { runs, bytes: passage.len(), columns }
    }

    /// The columns before the grapheme at a byte offset.
    fn columns_before(&self, offset: usize) -> usize {
        if offset >= self.bytes {
            return self.columns;
        }
        let at = self.runs.partition_point(|(run, _)| run.start <= offset).saturating_sub(1);
        self.runs.get(at).map_or(0, |(run, before)| {
            before + (offset.saturating_sub(run.start) / run.bytes.max(1)) * run.columns
        })
    }

    fn columns(&self, start: usize, end: usize) -> usize {
        self.columns_before(end).saturating_sub(self.columns_before(start))
    }

    /// The start of the first grapheme from which the text up to `offset` takes at most `columns`.
    fn back(&self, offset: usize, columns: usize) -> usize {
        let least = self.columns_before(offset).saturating_sub(columns);
        let ends_before = |(run, before): &(Graphemes, usize)| {
            before + run.count.saturating_sub(1) * run.columns < least
        };
        let at = self.runs.partition_point(ends_before);
        self.runs.get(at).map_or(offset, |(run, before)| {
            let over = least.saturating_sub(*before);
            offset.min(run.start + over.div_ceil(run.columns.max(1)) * run.bytes)
        })
    }

    /// The end of the longest text from `offset` on that takes at most `columns`.
    fn forth(&self, offset: usize, columns: usize) -> usize {
        let most = self.columns_before(offset) + columns;
        if most >= self.columns {
            return self.bytes.max(offset);
        }
        let at = self.runs.partition_point(|(_, before)| *before <= most).saturating_sub(1);
        let end = self.runs.get(at).map_or(offset, |(run, before)| {
            let whole = (most - before).checked_div(run.columns).unwrap_or(run.count);
            run.start + whole.min(run.count) * run.bytes
        });
        end.max(offset)
    }

    /// Chooses where to begin: at the start of the sentence if that leaves some free columns; else
    /// after a comma within half of them; else at the start of a word a little before the match.
    fn start(&self, passage: &str, core: usize, lead: usize, free: usize) -> usize {
        let widest = self.back(core, free);
        let before = passage.get(widest..core).unwrap_or_default();
        if let Some(sentence) = last_sentence_start(before, widest == 0) {
            let sentence = widest + sentence;
            if self.columns(sentence, core) <= free * SENTENCE / 100 {
                return sentence;
            }
        }
        let half = self.back(core, free / 2);
        let before = passage.get(half..core).unwrap_or_default();
        if let Some(clause) = first_clause_start(before) {
            return half + clause;
        }
        let near = self.back(core, lead);
        let before = passage.get(near..core).unwrap_or_default();
        near + word_start(before, near == 0)
    }

    /// Chooses where to stop: at the last sentence end if that leaves at most half of the columns
    /// unused, else after a word.
    fn end(&self, passage: &str, start: usize, core: usize, columns: usize) -> usize {
        let widest = self.forth(start, columns).max(core);
        if widest >= passage.len() {
            return passage.len();
        }
        let after = passage.get(core..widest).unwrap_or_default();
        if let Some(sentence) = last_sentence_end(after) {
            let sentence = core + sentence;
            if self.columns(start, sentence) * 2 >= columns {
                return sentence;
            }
        }
        let end = core + word_end(after, passage.get(widest..).unwrap_or_default());
        // Where a Han word ends cannot be seen, so a comma is a better end if it costs little.
        let shown = passage.get(core..end).unwrap_or_default();
        if shown.ends_with(text::is_han)
            && let Some(seam) = shown.rfind(['，', '；', '：', '、'])
            && self.columns(start, core + seam) * 4 >= columns * 3
        {
            return core + seam + '，'.len_utf8();
        }
        end
    }
}

/// The best window of occurrences that fits into the columns.
fn core(
    ruler: &Ruler,
    occurrences: &[Occurrence],
    weight: &dyn Fn(u32) -> f32,
    columns: usize,
) -> Span {
    // The first and last column of each occurrence, and its weight.
    let measured = |it: &Occurrence| {
        let (start, end) = (it.span.start(), it.span.end());
        (ruler.columns_before(start), ruler.columns_before(end), weight(it.term))
    };
    let measures: Vec<(usize, usize, f32)> = occurrences.iter().map(measured).collect();
    let mut best = (0.0_f32, Span::new(0, 0));
    let mut seen: Vec<u32> = Vec::new();
    for (from, first) in occurrences.iter().enumerate() {
        seen.clear();
        let mut value = 0.0;
        let mut span = first.span;
        let (mut left, mut right) = (usize::MAX, 0);
        let rest = occurrences.iter().zip(&measures).skip(from);
        for (other, &(start, end, weight)) in rest {
            (left, right) = (left.min(start), right.max(end));
            let width = right.saturating_sub(left);
            if width > columns {
                break;
            }
            span = span.cover(other.span);
            if seen.contains(&other.term) {
                value += REPEATED * weight;
            } else {
                seen.push(other.term);
                value += weight.max(f32::MIN_POSITIVE);
            }
            // Of two windows with the same terms the narrower one is better, because terms near
            // each other mean more.
            #[expect(clippy::cast_precision_loss, reason = "columns are few")]
            let tightness = value * (1.0 - 0.1 * width as f32 / columns.max(1) as f32);
            if tightness > best.0 {
                best = (tightness, span);
            }
        }
    }
    if best.1.is_empty()
        && let Some(first) = occurrences.first()
    {
        // One match is wider than the whole snippet: show its beginning.
        return Span::new(first.span.start(), first.span.start());
    }
    best.1
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '。' | '！' | '？' | '…')
}

/// The last bytes of characters that may end a sentence or a line.
static MAY_END_SENTENCE: [bool; 256] =
    are_among(&[b'\n', b'.', b'!', b'?', 0x81, 0x82, 0x9f, 0xa6]);

/// The first bytes of commas and similar marks.
static MAY_END_CLAUSE: [bool; 256] = are_among(&[b',', b';', b':', 0xe2, 0xe3, 0xef]);

const fn are_among(bytes: &[u8]) -> [bool; 256] {
    let (mut are, mut at) = ([false; 256], 0);
    while at < bytes.len() {
        are[bytes[at] as usize] = true;
        at += 1;
    }
    are
}

fn closes(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | ')' | '）' | '」' | '』' | ']' | '】')
}

/// The byte offset after the last sentence end of a text, including closing quotes.
fn last_sentence_end(text: &str) -> Option<usize> {
    let mut rest = text;
    while let Some(last) = rest.bytes().rposition(|it| MAY_END_SENTENCE[usize::from(it)]) {
        rest = rest.get(..rest.floor_char_boundary(last)).unwrap_or_default();
        if let Some(end) = sentence_end(text, rest.len()) {
            return Some(end);
        }
    }
    None
}

/// The byte offset after the sentence that the character at `at` ends, including closing quotes.
fn sentence_end(text: &str, at: usize) -> Option<usize> {
    let (before, own) = text.split_at_checked(at)?;
    let c = own.chars().next()?;
    let rest = own.get(c.len_utf8()..)?;
    if c == '\n' {
        return Some(at + 1);
    }
    if !ends_sentence(c) {
        return None;
    }
    let closing: usize = rest.chars().take_while(|it| closes(*it)).map(char::len_utf8).sum();
    let after = rest.get(closing..)?;
    let is_parted = c.len_utf8() > 1 || after.chars().next().is_none_or(char::is_whitespace);
    let is_end = is_parted && !(c == '.' && is_abbreviation(before, after));
    is_end.then_some(at + c.len_utf8() + closing)
}

/// Whether the full stop belongs to an abbreviation: J. Smith, the U.S. said, Dr. Li.
fn is_abbreviation(before: &str, after: &str) -> bool {
    const TITLES: &[&str] = &[
        "Mr", "Mrs", "Ms", "Dr", "Prof", "Gen", "Col", "Lt", "Sgt", "Sen", "Rep", "Gov", "St",
        "No", "vs", "Fig", "Eq", "Vol", "pp", "cf", "al", "approx",
    ];
    let word = before.rsplit(|c: char| !(c.is_alphanumeric() || c == '.')).next();
    let word = word.unwrap_or_default();
    let goes_on = after.trim_start().starts_with(char::is_lowercase);
    let is_initial = word.len() == 1 && word.starts_with(|c: char| c.is_ascii_uppercase());
    goes_on || is_initial || TITLES.contains(&word)
}

/// The start of the first clause after a comma or a similar mark.
fn first_clause_start(before: &str) -> Option<usize> {
    let bytes = before.bytes().enumerate();
    let mut likely = bytes.filter(|it| MAY_END_CLAUSE[usize::from(it.1)]);
    likely.find_map(|(at, _)| {
        let c = before.get(at..)?.chars().next()?;
        let is_wide = matches!(c, '，' | '；' | '：' | '、');
        if !is_wide && !matches!(c, ',' | ';' | ':' | '–' | '—') {
            return None;
        }
        let end = at + c.len_utf8();
        let rest = before.get(end..)?;
        let blank = rest.len() - rest.trim_start().len();
        ((is_wide || blank > 0) && blank < rest.len()).then_some(end + blank)
    })
}

/// The start of the last sentence of `before`. The start of `before` counts if the text begins
/// there.
fn last_sentence_start(before: &str, is_text_start: bool) -> Option<usize> {
    let after = last_sentence_end(before);
    let start = after.or(is_text_start.then_some(0))?;
    let blank = before[start..].len() - before[start..].trim_start().len();
    Some(start + blank)
}

fn glues(c: char) -> bool {
    c.is_alphanumeric() && !text::is_han(c)
}

/// The first start of a word in `before`.
fn word_start(before: &str, is_text_start: bool) -> usize {
    if is_text_start {
        return 0;
    }
    let mut previous = 'x';
    for (at, c) in before.char_indices() {
        let is_start =
            !c.is_whitespace() && !(glues(previous) && (glues(c) || !c.is_alphanumeric()));
        if is_start && !closes(c) && !ends_sentence(c) {
            return at;
        }
        previous = c;
    }
    before.len()
}

/// The last end of a word in `after`, given the text that follows.
fn word_end(after: &str, following: &str) -> usize {
    let mut next = following.chars().next().unwrap_or(' ');
    for (at, c) in after.char_indices().rev() {
        if !(c.is_whitespace() || glues(c) && glues(next)) {
            return at + c.len_utf8();
        }
        next = c;
    }
    0
}

/// The span without white space at its ends.
fn trimmed(passage: &str, start: usize, end: usize) -> Span {
    let part = passage.get(start..end).unwrap_or_default();
    let lead = part.len() - part.trim_start().len();
    Span::new(start + lead, start + lead + part.trim().len())
}

/// The ranges of `snippet` to highlight: byte offsets from the snippet's start, sorted, disjoint,
/// on grapheme boundaries. Ranges that overlap or touch are joined.
#[must_use]
pub fn highlights(passage: &str, snippet: Span, occurrences: &[Occurrence]) -> Vec<(usize, usize)> {
    let inside = occurrences.iter().map(|it| it.span).filter(|it| snippet.contains(*it));
    let mut spans = Vec::with_capacity(occurrences.len());
    spans.extend(inside.map(|it| whole_graphemes(passage, snippet, it)));
    spans.sort_unstable();
    let mut marked: Vec<(usize, usize)> = Vec::new();
    for span in spans.into_iter().filter(|it| !it.is_empty()) {
        let (start, end) = (span.start() - snippet.start(), span.end() - snippet.start());
        match marked.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => marked.push((start, end)),
        }
    }
    marked
}

/// Widens a span to whole graphemes: a combining mark after the last letter belongs to it.
fn whole_graphemes(passage: &str, snippet: Span, span: Span) -> Span {
    let after = passage.get(span.end()..snippet.end()).unwrap_or_default();
    let is_ascii = after.bytes().next().is_none_or(|it| it.is_ascii());
    if is_ascii || text::begins_grapheme(after, 0) {
        return span;
    }
    let shown = snippet.of(passage);
    let covers = |it: &Span| it.shifted(snippet.start()).end() >= span.end();
    let end =
        text::graphemes(shown).find(covers).map_or(span.end(), |it| it.end() + snippet.start());
    Span::new(span.start(), end)
}
