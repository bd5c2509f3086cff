//! Which line of the file a block of a page came from.

use super::block::Block;

/// Finds blocks again in the page's source, one after the other.
pub(super) struct Origin<'a> {
    html: &'a str,
    /// Where the last block was found.
    at: usize,
    /// The line of that place, counted from 1.
    line: u32,
}

/// So many letters tell a block from its neighbours.
const TELLING: usize = 16;

/// A short block is looked for this far only: further on the same word likely is another.
const NEAR_BYTES: usize = 20_000;

/// Candidates that are looked at for one block.
const TRIES: usize = 64;

impl<'a> Origin<'a> {
    /// Starts at the page's body, or at its beginning where there is none; `first` is the line of
    /// the file at which the page starts.
    pub(super) fn new(html: &'a str, first: u32) -> Self {
        let mut origin = Self { html, at: 0, line: first };
        origin.step_to(html.find("<body").or_else(|| html.find("<BODY")).unwrap_or(0));
        origin
    }

    /// The line at which the block starts; the last one found where it cannot be told.
    pub(super) fn line(&mut self, block: &Block) -> u32 {
        if let Some(at) = self.find(&block.text) {
            self.step_to(at);
        }
        self.line
    }

    fn find(&self, text: &str) -> Option<usize> {
        let start = text.find(char::is_alphanumeric)?;
        let text = text.get(start..)?;
        let word: &str = text.split(|it: char| !it.is_alphanumeric()).next()?;
        let mut at = self.at;
        for _ in 0..TRIES {
            at += self.html.get(at..)?.find(word)?;
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

/// How many letters, up to [`TELLING`], the markup and the text begin with in common; nothing where
/// one of them differs before the text ends.
fn alike(html: &str, text: &str) -> Option<usize> {
    let mut seen = Seen { rest: html };
    let mut letters = 0;
    for it in text.chars().filter(|it| it.is_alphanumeric()).take(TELLING) {
        if seen.next()? != it {
            return None;
        }
        letters += 1;
    }
    Some(letters)
}

/// The letters and digits of markup, tags and entities left out.
struct Seen<'a> {
    rest: &'a str,
}

impl Iterator for Seen<'_> {
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
