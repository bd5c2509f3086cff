//! Makes the tokens of text that is not Han: exact tokens, stems and forms of words, numbers and
//! compounds.

use unicode_segmentation::UnicodeSegmentation;

use crate::analysis::english::{
    Compound, Kind, Part, after_number, compound, digits, is_context_dependent, is_derived,
    names_of_currency, only_word, without_zeros,
};
use crate::analysis::stop_words as stop;
use crate::analysis::tokens::Family;
use crate::text::Span;

use super::state::{Origin, Tokenizer};

/// More parts than this are a list or an address: they have no joined form.
const MOST_JOINED: usize = 5;
/// How far a line is examined to both sides of a word, in bytes.
const LONGEST_LINE: usize = 160;
/// The shortest part of a word in camel case that is worth finding alone.
const SHORTEST_PART: usize = 3;

impl Tokenizer<'_> {
    /// Reads a text without blanks and Han characters; it is folded except for case.
    pub(super) fn compounds(&mut self, text: &str, origin: &Origin<'_>) {
        // Nine of ten runs in English text are one word.
        if self.number.is_none()
            && let Some(end) = only_word(text)
        {
            return self.only_word(text.get(..end).unwrap_or_default(), origin.span(0, end));
        }
        self.compounds_from(text, origin, 0);
    }

    /// The same from a place on at which a compound may begin.
    pub(super) fn compounds_from(&mut self, text: &str, origin: &Origin<'_>, from: usize) {
        let mut at = from;
        while let Some(next) = self.compound(text, origin, at) {
            at = next;
        }
    }

    /// Reads the first compound at or after a place, and gives its end.
    pub(super) fn compound(&mut self, text: &str, origin: &Origin<'_>, at: usize) -> Option<usize> {
        let found = compound(text, at)?;
        let position = self.push_parts(text, origin, &found);
        if found.parts().len() > 1 && !found.is_cut {
            self.join(text, origin, found.parts(), position);
        }
        Some(found.next)
    }

    /// The fast path for a simple word; of all rules only that for `per cent` concerns it.
    pub(super) fn only_word(&mut self, written: &str, span: Span) {
        if self.may_be_word(written) {
            self.push_simple_word(written, span);
        } else {
            self.place_word();
        }
    }

    /// The same for a word that may match.
    pub(super) fn push_simple_word(&mut self, written: &str, span: Span) {
        let position = self.place_word();
        // With a prefilter nearly all tokens are the same few words, so the last one is often
        // repeated.
        if let Some([exact, stem]) = self.last_simple_word
            && self.out.text(&exact) == written
        {
            self.out.push_again(exact, position, span);
            self.out.push_again(stem, position, span);
            return;
        }
        let may_be_percent = written.eq_ignore_ascii_case("cent");
        let is_percent = may_be_percent && self.is_after_per(span);
        let word = self.out.push_lower(position, span, written);
        if self.omits_derived_stems && !is_context_dependent(word) {
            return;
        }
        let stem = self.buffers.stems.stem(if is_percent { "percent" } else { word });
        if stem == word {
            self.out.push_same(Family::Stem);
        } else {
            self.out.push(Family::Stem, position, span, stem);
        }
        // A cached run must hold its own text, so nothing is copied while an index is built.
        self.last_simple_word =
            self.out.last_two().filter(|_| !may_be_percent && !self.omits_derived_stems);
    }

    /// Pushes the parts of a compound and gives the position of the first.
    fn push_parts(&mut self, text: &str, origin: &Origin<'_>, found: &Compound) -> u32 {
        let mut first = None;
        for part in found.parts() {
            let written = text.get(part.start..part.end).unwrap_or_default();
            let span = origin.span(part.start, part.end);
            let position = match part.kind {
                Kind::Number => self.number(written, span, part.currency),
                Kind::Percent => self.single("%", "percent", span),
                Kind::Acronym => self.acronym(written, span),
                Kind::Signed => self.signed(written, span),
                Kind::Word | Kind::Unit if written.is_ascii() => {
                    self.word(written, origin, part.start, part.end)
                }
                Kind::Word | Kind::Unit => self.other_word(written, origin, part.start),
            };
            first = first.or(position);
        }
        if let Some(first) = first
            && let Some(part) = found.parts().first()
            && text.get(..part.start).is_some_and(|it| it.ends_with(['@', '#']))
        {
            self.handle(text, origin, part, first);
        }
        first.unwrap_or_default()
    }

    /// An ASCII word: without its possessive and its apostrophes.
    fn word(
        &mut self,
        written: &str,
        origin: &Origin<'_>,
        start: usize,
        end: usize,
    ) -> Option<u32> {
        let owner = written.strip_suffix("'s").or_else(|| written.strip_suffix("'S"));
        let (written, end) = owner.map_or((written, end), |it| (it, start + it.len()));
        let span = origin.span(start, end);
        if self.number.is_none() && !self.may_be_word(written) && !written.contains('\'') {
            // A word that cannot match only counts as a position; a part of it may match all the
            // same.
            let position = self.place_word();
            self.capital_parts(written, origin, start, position);
            return Some(position);
        }
        let mut word = std::mem::take(&mut self.buffers.word);
        self.fold_word(written, span, &mut word);
        let number = self.word_read(&word, span);
        let position = self.place_word();
        let is_made = number.is_some() || self.may_be_word(&word);
        if is_made {
            self.out.push(Family::Exact, position, span, &word);
        }
        let whole = match number {
            Some(it) if it.is_money && word == "m" => "million",
            Some(it) if it.is_money && word == "b" => "billion",
            Some(_) => after_number(&word),
            None if word == "cent" && self.is_after_per(span) => "percent",
            None => &word,
        };
        if is_made && !self.omits_stem_of(&word) {
            let stem = self.buffers.stems.stem(whole);
            if stem == word {
                self.out.push_same(Family::Stem);
            } else {
                self.out.push(Family::Stem, position, span, stem);
            }
        }
        self.buffers.word = word;
        self.capital_parts(written, origin, start, position);
        Some(position)
    }

    /// Whether the stem of a word is left out, because the index derives it.
    fn omits_stem_of(&self, word: &str) -> bool {
        self.omits_derived_stems && is_derived(word)
    }

    /// The parts of a word in camel case or with an apostrophe.
    fn capital_parts(&mut self, written: &str, origin: &Origin<'_>, start: usize, position: u32) {
        let inner = written.as_bytes().get(1..).unwrap_or_default();
        if inner.iter().any(|it| !it.is_ascii_lowercase()) {
            self.parts_of(written, origin, start, position);
        }
    }

    /// Puts the exact form of a word in `word`: small letters, or capitals where small letters
    /// would be another word.
    fn fold_word(&self, written: &str, span: Span, word: &mut String) {
        word.clear();
        word.extend(written.split('\''));
        let after_number = self.number.is_some();
        let is_acronym = stop::is_acronym(word, after_number)
            && (after_number || !self.is_line_of_capitals(span, word));
        if is_acronym {
            word.make_ascii_uppercase();
        } else {
            word.make_ascii_lowercase();
        }
    }

    /// Whether `per` stands before a word.
    fn is_after_per(&self, span: Span) -> bool {
        let before = self.text.get(..span.start()).unwrap_or_default().trim_end();
        before.len() >= 3
            && before
                .as_bytes()
                .last_chunk()
                .is_some_and(|it: &[u8; 3]| it.eq_ignore_ascii_case(b"per"))
    }

    /// Whether the line holds no small letter and is longer than a name: its capitals say nothing.
    /// US stays the country there: headlines name it more often than they say us.
    fn is_line_of_capitals(&self, span: Span, word: &str) -> bool {
        if word == "US" {
            return false;
        }
        let (start, end) = (span.start(), span.end());
        let from = self.text.floor_char_boundary(start.saturating_sub(LONGEST_LINE));
        let to = self.text.ceil_char_boundary(end + LONGEST_LINE);
        let before = self.text.get(from..start).unwrap_or_default();
        let after = self.text.get(end..to).unwrap_or_default();
        let before = before.rsplit('\n').next().unwrap_or_default();
        let after = after.split('\n').next().unwrap_or_default();
        let small = |it: &str| it.chars().any(char::is_lowercase);
        let long = |it: &str| {
            it.split(|c: char| !c.is_alphabetic()).any(|it| it.len() > 4 && it.is_ascii())
        };
        !small(before) && !small(after) && (long(before) || long(after))
    }

    /// AliExpress has express in it, d'Ivoire has ivoire; don't has no don.
    fn parts_of(&mut self, written: &str, origin: &Origin<'_>, start: usize, position: u32) {
        let bytes = written.as_bytes();
        if let Some((article, _)) = written.split_once('\'') {
            if article.len() < SHORTEST_PART {
                self.part(written, origin, start, article.len() + 1..bytes.len(), position);
            }
            return;
        }
        let mut from = 0;
        for (at, pair) in (1..).zip(bytes.windows(2)) {
            if matches!(pair, [b'a'..=b'z', b'A'..=b'Z']) {
                self.part(written, origin, start, from..at, position);
                from = at;
            }
        }
        if from > 0 {
            self.part(written, origin, start, from..bytes.len(), position);
        }
    }

    fn part(
        &mut self,
        written: &str,
        origin: &Origin<'_>,
        start: usize,
        range: std::ops::Range<usize>,
        position: u32,
    ) {
        let span = origin.span(start + range.start, start + range.end);
        let part = written.get(range).unwrap_or_default().to_ascii_lowercase();
        if part.len() >= SHORTEST_PART && self.may_be_word(&part) {
            self.part_and_stem(position, span, &part);
        }
    }

    fn part_and_stem(&mut self, position: u32, span: Span, part: &str) {
        self.out.push_part(position, span, part);
        let stem = self.buffers.stems.stem(part);
        if stem != part {
            self.out.push_part(position, span, stem);
        }
    }

    /// A word with letters of other scripts, along the boundaries of UAX #29.
    fn other_word(&mut self, written: &str, origin: &Origin<'_>, start: usize) -> Option<u32> {
        let mut first = None;
        for (at, piece) in written.unicode_word_indices() {
            let start = start + at;
            if piece.is_ascii() {
                first = first.or(self.word(piece, origin, start, start + piece.len()));
                continue;
            }
            let owner = piece.strip_suffix("'s").unwrap_or(piece);
            let span = origin.span(start, start + owner.len());
            self.word_read("", span);
            let position = self.place_word();
            let lower = owner.chars().filter(|it| *it != '\'').collect::<String>().to_lowercase();
            self.out.push(Family::Exact, position, span, &lower);
            if !self.omits_stem_of(&lower) {
                self.out.push_same(Family::Stem);
            }
            first = first.or(Some(position));
        }
        first
    }

    /// U.S. and U.S.A.: the letters alone, in capitals where the small ones are another word.
    fn acronym(&mut self, written: &str, span: Span) -> Option<u32> {
        self.word_read("", span);
        let letters: String = written.chars().filter(|it| *it != '.').collect();
        let capitals = letters.to_ascii_uppercase();
        let is_capital = stop::is_acronym(&capitals, false);
        let exact = if is_capital { capitals } else { letters.to_ascii_lowercase() };
        let position = self.place_word();
        self.out.push(Family::Exact, position, span, &exact);
        if self.omits_stem_of(&exact) {
            return Some(position);
        }
        // One stem whatever the dots, so that a word never stands without its stem.
        let stem = self.buffers.stems.stem(&exact);
        if is_capital || stem == exact {
            self.out.push_same(Family::Stem);
        } else {
            self.out.push(Family::Stem, position, span, stem);
        }
        Some(position)
    }

    /// AT&T and C++; the parts of AT&T can be found too.
    fn signed(&mut self, written: &str, span: Span) -> Option<u32> {
        let exact = written.to_ascii_lowercase();
        let position = self.single(&exact, &exact, span);
        for (at, _) in exact.match_indices('&') {
            if let (Some(before), Some(after)) = (exact.get(..at), exact.get(at + 1..)) {
                self.out.push_part(position?, span, before);
                self.out.push_part(position?, span, after);
            }
        }
        position
    }

    fn single(&mut self, exact: &str, stem: &str, span: Span) -> Option<u32> {
        self.number = None;
        let position = self.place_word();
        self.out.push(Family::Exact, position, span, exact);
        self.out.push(Family::Stem, position, span, stem);
        Some(position)
    }

    /// A number without its grouping; 1.50 has the stem 1.5.
    fn number(&mut self, written: &str, span: Span, currency: Option<char>) -> Option<u32> {
        let exact = digits(written.trim_start_matches(|c: char| !c.is_ascii_digit() && c != '.'));
        let position = self.place_word();
        self.out.push(Family::Exact, position, span, &exact);
        if !self.omits_stem_of(&exact) {
            self.out.push(Family::Stem, position, span, without_zeros(&exact));
        }
        for name in currency.map_or(&[][..], names_of_currency) {
            self.out.push_part(position, span, name);
        }
        self.number_read(&exact, position, span, currency.is_some());
        Some(position)
    }

    /// @andrewjin can be asked for with its sign.
    fn handle(&mut self, text: &str, origin: &Origin<'_>, part: &Part, position: u32) {
        let name = text.get(part.start - 1..part.end).unwrap_or_default().to_lowercase();
        let span = origin.span(part.start - 1, part.end);
        self.out.push_form(position, span, &name);
    }

    /// The joined form of a compound: ecommerce for e-commerce, mail.ru and mailru for Mail.ru.
    fn join(&mut self, text: &str, origin: &Origin<'_>, parts: &[Part], position: u32) {
        let joined_parts = parts.iter().skip(1).filter(|it| it.joint != 0).count();
        let written = |it: &Part| text.get(it.start..it.end).unwrap_or_default();
        let has_letter =
            parts.iter().any(|it| written(it).bytes().any(|it| it.is_ascii_alphabetic()))
                || parts.iter().any(|it| !written(it).is_ascii());
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return };
        if joined_parts == 0 || parts.len() > MOST_JOINED || !has_letter {
            return;
        }
        let whole = text.get(first.start..last.end).unwrap_or_default();
        if !self.may_mean(whole) {
            return;
        }
        let whole = whole.to_lowercase();
        let whole = whole.strip_suffix("'s").unwrap_or(&whole);
        let span = origin.span(first.start, first.start + whole.len().min(last.end - first.start));
        if parts.iter().all(|it| matches!(it.joint, 0 | b'.' | b'@')) {
            self.out.push_form(position, span, whole);
        }
        let joined: String = whole.chars().filter(|it| it.is_alphanumeric()).collect();
        if !self.may_be_word(&joined) {
            return;
        }
        self.out.push_form(position, span, &joined);
        let stem = self.buffers.stems.stem(&joined);
        if stem != joined {
            self.out.push_part(position, span, stem);
        }
    }
}
