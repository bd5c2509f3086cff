//! Tokenizes only the text near places where a match may begin, and jumps over the rest.

use crate::analysis::prefilter::{BLANK, BLOCK, Candidate, KINDS, Prefilter, parts};
use crate::analysis::tokenizer::state::Tokenizer;
use crate::text::Span;

/// How much text between two candidates is read at once, in bytes.
const STRIDE: usize = 96;

impl Tokenizer<'_> {
    /// Tokenizes the runs in which a match may begin, and the text between them where it is short
    /// enough for distances to matter.
    pub(crate) fn tokenize_near_matches(&mut self, prefilter: &Prefilter, reach: u32) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        for block in (0..bytes.len()).step_by(BLOCK) {
            let mut candidates =
                if at < block + BLOCK { prefilter.candidates(bytes, block) } else { 0 };
            while candidates != 0 {
                let found = block + candidates.trailing_zeros() as usize;
                candidates &= candidates - 1;
                if found >= at
                    && let Some(candidate) = prefilter.candidate(bytes, found)
                {
                    at = self.tokenize_match(bytes, at, candidate, reach);
                }
            }
        }
    }

    /// Tokenizes what stands at a candidate and returns where that ends.
    fn tokenize_match(
        &mut self,
        bytes: &[u8],
        from: usize,
        candidate: Candidate,
        reach: u32,
    ) -> usize {
        let start = run_start(bytes, from, candidate.at);
        let mut at = from;
        while at < start {
            if self.is_far(reach) {
                self.jump(reach);
                at = start;
            } else {
                at = self.walk(at, start.min(run_end(bytes, at + STRIDE)));
            }
        }
        // Nearly always the candidate is a word that is not part of a compound.
        if at == candidate.at
            && candidate.is_sought
            && let Some(end) = candidate.end
            && self.number.is_none()
            && !self.is_behind_number(at)
            && is_end(bytes.get(end..).unwrap_or_default())
        {
            let word = Span::new(at, end);
            self.push_simple_word(word.of(self.text), word);
            return end;
        }
        self.walk(at, run_end(bytes, candidate.at + 1))
    }

    /// Whether the next token is too far from the last one for its exact position to matter.
    fn is_far(&self, reach: u32) -> bool {
        let last = self.out.all().last();
        last.is_none_or(|it| {
            reach == 0 || self.position_before().saturating_sub(it.position) > reach
        })
    }
}

/// Whether a run ends there, but for a sign behind its word.
#[inline]
fn is_end(rest: &[u8]) -> bool {
    match rest {
        [b',' | b'.', next, ..] => KINDS[usize::from(*next)] == BLANK,
        [next, ..] => parts(*next),
        [] => true,
    }
}

/// Where to begin reading the run that holds `found`, not before `least`: at the start of the run,
/// or of a number before it, which may change what the word means.
fn run_start(bytes: &[u8], least: usize, found: usize) -> usize {
    // Nearly always it stands behind another word.
    if let Some([b'a'..=b'z' | b'A'..=b'Z' | b',' | b'.', b' ']) =
        bytes.get(least..found).and_then(<[u8]>::last_chunk)
    {
        return found;
    }
    let start = |from: usize| {
        let before = bytes.get(least..from).unwrap_or_default();
        before.iter().rposition(|it| parts(*it)).map_or(least, |it| least + it + 1)
    };
    let own = start(found);
    let before = bytes.get(least..own).unwrap_or_default();
    let blank = before.iter().rev().take_while(|it| it.is_ascii_whitespace()).count();
    match before.get(..before.len() - blank) {
        Some([.., b'0'..=b'9' | 0x80..]) if blank > 0 => start(own - blank),
        _ => own,
    }
}

/// Where the run ends that stands at `from`.
fn run_end(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    from.min(bytes.len()) + rest.iter().position(|it| parts(*it)).unwrap_or(rest.len())
}
