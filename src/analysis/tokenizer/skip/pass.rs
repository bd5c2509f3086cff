//! Skips words that cannot match: they count as positions, and no tokens are made.
//!
//! The rules are those of the lexer, applied to the raw bytes. Where a word may match, or where
//! these simpler rules are not sure to agree with the lexer, the lexer reads the run.

use crate::analysis::prefilter::{
    BLANK, DIGIT, KINDS, LETTER, NAMING, SIGN, Wide, is, only_word_end, parting_sign, wide,
};
use crate::analysis::tokenizer::state::{Origin, Tokenizer};
use crate::text::Span;

use super::run::{Skipped, SkippedRun};

impl Tokenizer<'_> {
    /// Skips text from `from` on, at most to the next Han character or the end of the paragraph,
    /// and tokenizes the words on the way that may match. Returns where to go on; all before that
    /// has its positions.
    ///
    /// `None` where a blank or a Han character stands. The text is read as if a run ended at
    /// `limit`.
    #[inline]
    pub(crate) fn skipped(&mut self, from: usize, limit: usize) -> Option<usize> {
        let mut run = SkippedRun::new(self.text.get(..limit)?, self.prefilter?, from);
        loop {
            if self.number.is_some() && run.parts_number() {
                self.number = None;
            }
            if self.number.is_none() && run.pass().is_some() || !self.read(&mut run) {
                break;
            }
        }
        self.take_places(&run);
        (run.at > from).then_some(run.at)
    }

    fn take_places(&mut self, run: &SkippedRun<'_>) {
        if run.passed.words > 0 {
            self.place_words(run.passed.words);
            self.passed = run.passed.number.map(|it| (self.position_before(), it));
        }
        self.is_parted |= run.passed.is_parted;
    }

    /// Lets the lexer read the compound at the current place; from its beginning, if it began
    /// before; and a stretch that is not ASCII as a whole. False at the end of the stretch.
    fn read(&mut self, run: &mut SkippedRun<'_>) -> bool {
        let (end, is_ascii) = run.stretch();
        if run.at >= end {
            run.end();
            return false;
        }
        if !is_ascii {
            run.passed = run.before;
            self.take_places(run);
            self.stretch(run.start, end, false);
            run.passed = Skipped::default();
            run.begin(end);
            return true;
        }
        let goal = run.at;
        if self.number.is_none() && !run.begins_compound() {
            (run.at, run.passed) = (run.read, run.before);
        }
        self.take_places(run);
        self.recall_number();
        match only_word_end(run.bytes, run.at).filter(|_| self.number.is_none() && run.at == goal) {
            Some(end) => {
                let word = Span::new(goal, end);
                self.only_word(word.of(self.text), word);
                run.at = end;
            }
            None => self.compounds_past(run, goal, end),
        }
        (run.passed, run.before, run.read) = (Skipped::default(), Skipped::default(), run.at);
        run.is_bare = false;
        true
    }

    /// Lets the lexer read compounds up to the first that ends after `goal`.
    fn compounds_past(&mut self, run: &mut SkippedRun<'_>, goal: usize, end: usize) {
        let (start, origin) = (run.start, Origin::At(run.start));
        let text = self.text.get(start..end).unwrap_or_default();
        while run.at <= goal {
            let Some(next) = self.compound(text, &origin, run.at - start) else {
                self.is_parted = true;
                run.at = end;
                return;
            };
            run.at = start + next;
        }
    }
}

impl SkippedRun<'_> {
    /// Whether a sign stands here that parts a number from what would mean something else after it;
    /// `am` does so over any sign.
    fn parts_number(&self) -> bool {
        match self.bytes.get(self.at) {
            None | Some(b'-') => false,
            _ if self.prefilter.may_be_two(b'a', b'm') => false,
            Some(0x80..) => parting_sign(self.bytes, self.at).is_some(),
            Some(_) => is(self.bytes, self.at, SIGN | NAMING),
        }
    }

    /// Skips to the next Han character or the end of the paragraph; `None` at what the lexer must
    /// read.
    #[inline]
    fn pass(&mut self) -> Option<()> {
        while let Some(byte) = self.bytes.get(self.at) {
            let kind = KINDS[usize::from(*byte)];
            if kind & LETTER != 0 {
                self.plain_words();
                if is(self.bytes, self.at, LETTER) {
                    self.word()?;
                }
            } else if kind & SIGN != 0 {
                self.at += 1;
            } else if kind & BLANK != 0 {
                self.end();
                if *byte != b' ' && !matches!(self.bytes.get(self.at + 1), Some(0x21..=0x7e)) {
                    return Some(());
                }
                self.begin(self.at + 1);
            } else if kind & DIGIT != 0 {
                self.digits()?;
            } else if kind & NAMING != 0 {
                if self.prefilter.has_sign(*byte) {
                    return None;
                }
                self.at += 1;
            } else {
                let (kind, length) = wide(self.bytes.get(self.at..)?);
                match kind {
                    Wide::Sign if parting_sign(self.bytes, self.at).is_some() => {
                        self.passed.is_parted = true;
                        self.begin(self.at + length);
                    }
                    Wide::Sign | Wide::Bridge | Wide::Apostrophe | Wide::Hyphen => {
                        self.at += length;
                    }
                    Wide::Currency if !self.prefilter.has_wide_sign() => self.at += length,
                    Wide::Accented | Wide::Other => self.wide_word()?,
                    Wide::End => break,
                    Wide::Currency | Wide::Mark | Wide::Unsure => return None,
                }
            }
        }
        self.end();
        Some(())
    }
}
