//! Finds the line of the file from which a block of a page comes.

use super::block::Block;
use crate::budget::Budget;

/// Finds the blocks of a page in its source, one after the other.
pub(super) struct BlockFinder<'a> {
    html: &'a str,
    /// The byte offset at which the last block was found.
    at: usize,
    /// The line of that offset, counted from 1.
    line: u32,
    /// The bytes that searches beyond the near part may still cover, for all blocks together.
    left_bytes: usize,
}

/// This many equal letters identify a block.
const TELLING: usize = 16;

/// A short block is searched only this far; farther away the same word is likely another block.
const NEAR_BYTES: usize = 20_000;

/// All blocks together may search the whole page this many times. Blocks whose text does not stand
/// in the source as it reads (a script between two letters, for example) are searched in vain.
const PASSES: usize = 200;

/// The bytes that are searched in one step of the budget.
const STEP_BYTES: usize = 16;

/// The candidates that are compared for one block.
const TRIES: usize = 64;

impl<'a> BlockFinder<'a> {
    /// Starts at the page's body, or at its beginning where it has none. `first` is the line of the
    /// file at which the page starts.
    pub(super) fn new(html: &'a str, first: u32) -> Self {
        let left_bytes = html.len().saturating_mul(PASSES);
        let mut origin = Self { html, at: 0, line: first, left_bytes };
        origin.step_to(html.find("<body").or_else(|| html.find("<BODY")).unwrap_or(0));
        origin
    }

    /// The line at which the block starts, counted from 1; the last line found where the block is
    /// not found.
    pub(super) fn line(&mut self, block: &Block, budget: &Budget) -> u32 {
        if let Some(at) = self.find(&block.text, budget) {
            self.step_to(at);
        }
        self.line
    }

    fn find(&mut self, text: &str, budget: &Budget) -> Option<usize> {
        let start = text.find(char::is_alphanumeric)?;
        let text = text.get(start..)?;
        let word: &str = text.split(|it: char| !it.is_alphanumeric()).next()?;
        let near = self.html.ceil_char_boundary(self.at + NEAR_BYTES + TELLING);
        let end = if self.left_bytes > 0 { self.html.len() } else { near };
        let mut at = self.at;
        for _ in 0..TRIES {
            let found = self.html.get(at..end)?.find(word);
            let looked_at = found.unwrap_or(end - at);
            self.left_bytes = self.left_bytes.saturating_sub(looked_at);
            if !budget.spend(1 + looked_at / STEP_BYTES) {
                return None;
            }
            at += found?;
            match alike(self.html.get(at..)?, text) {
                Some(letters) if letters >= TELLING || at - self.at <= NEAR_BYTES => {
                    return Some(at);
                }
                _ => at += word.len(),
            }
        }
        None
    }

    fn step_to(&mut self, at: usize) {
        let between = self.html.as_bytes().get(self.at..at).unwrap_or_default();
        let lines = between.iter().filter(|it| **it == b'\n').count();
        self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.at = at;
    }
}

/// How many letters the markup and the text begin with in common, up to [`TELLING`]; `None` where
/// they differ.
fn alike(html: &str, text: &str) -> Option<usize> {
    let mut seen = VisibleLetters { rest: html };
    let mut letters = 0;
    for it in text.chars().filter(|it| it.is_alphanumeric()).take(TELLING) {
        if seen.next()? != it {
            return None;
        }
        letters += 1;
    }
    Some(letters)
}

/// Iterates over the letters and digits of markup, without tags and entities.
struct VisibleLetters<'a> {
    rest: &'a str,
}

impl Iterator for VisibleLetters<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        loop {
            let it = self.rest.chars().next()?;
            let skipped = match it {
                '<' => self.rest.find('>')? + 1,
                '&' => self.rest.get(..12).and_then(|it| it.find(';')).map_or(1, |it| it + 1),
                _ => it.len_utf8(),
            };
            self.rest = self.rest.get(skipped..)?;
            if it.is_alphanumeric() {
                return Some(it);
            }
        }
    }
}
