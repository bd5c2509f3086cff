//! Splits the text of a thread into its posts.

use std::collections::HashSet;
use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64;

use crate::article::line::Line;
use crate::date::{self, Day};

/// Whether a line is what is left of the frame between two posts when a thread is saved as text:
/// `.`, `. .`, `. . .`. An ellipsis has no blanks between its dots.
pub(crate) fn is_separator(line: &str) -> bool {
    let mut marks = line.split([' ', '\u{A0}']).filter(|it| !it.is_empty());
    marks.next() == Some(".") && marks.all(|it| it == ".") && line.len() <= 12
}

/// Whether a line is the head of a post: its number (`#12`, `12楼`), or its author and date.
fn is_head(line: &str) -> bool {
    if line.len() > 120 {
        return false;
    }
    let is_number =
        |it: &str| (1..=5).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit());
    let numbered = line.strip_prefix('#').or_else(|| line.strip_suffix(['楼', '樓', '#']));
    let labels = ["Posted by ", "Post by ", "Posted: ", "Posted on ", "发表于", "發表於"];
    numbered.is_some_and(is_number)
        || labels.iter().any(|it| line.starts_with(it)) && date::find(line).is_some()
}

/// Two frames or three heads of posts make a thread. A single dot on a line is a slip.
const SEPARATORS: usize = 2;
const HEADS: usize = 3;

/// Splits lines at the frames or heads of posts. The ranges are those of the posts, without frames
/// and heads. A text that is no thread gives one range.
pub(crate) fn split_posts(lines: &[Line]) -> Vec<Range<usize>> {
    let places = |is: fn(&str) -> bool| -> Vec<usize> {
        let found = lines.iter().enumerate().filter(|(_, it)| is(it.text));
        found.map(|(at, _)| at).collect()
    };
    let mut at = places(is_separator);
    if at.len() < SEPARATORS {
        at = places(is_head);
        if at.len() < HEADS {
            return std::iter::once(0..lines.len()).collect();
        }
    }
    let starts = std::iter::once(0).chain(at.iter().map(|it| it + 1));
    let ends = at.iter().copied().chain(std::iter::once(lines.len()));
    starts.zip(ends).map(|(start, end)| start..end).collect()
}

/// What the line over a post says about it.
#[derive(Clone, Debug, Default)]
pub(crate) struct PostHead {
    pub(crate) author: Option<String>,
    pub(crate) date: Option<Day>,
}

impl PostHead {
    /// Reads a line such as `Posted by lena on 26 Oct 2015` or `发表于 2015-10-26 15:20`. A frame says
    /// nothing.
    pub(crate) fn of(line: &Line) -> Self {
        let date = date::find(line.text).map(|it| it.day);
        let name = ["Posted by ", "Post by "].iter().find_map(|it| line.text.strip_prefix(it));
        let name = name.and_then(|it| it.split([',', '»', '|', '(']).next());
        let name = name.and_then(|it| it.split(" on ").next()).map(str::trim);
        let is_name = |it: &&str| !it.is_empty() && it.len() <= 60 && date::find(it).is_none();
        Self { author: name.filter(is_name).map(str::to_owned), date }
    }

    /// Combines two lines over one post; what the lower one says goes first.
    pub(crate) fn joined(self, below: Self) -> Self {
        Self { author: below.author.or(self.author), date: below.date.or(self.date) }
    }
}

/// Shorter lines repeat by chance.
const QUOTED_BYTES: usize = 40;

/// The lines of the posts so far. A later post that begins with them quotes them.
#[derive(Default)]
pub(crate) struct EarlierPosts {
    lines: HashSet<u64>,
}

impl EarlierPosts {
    /// How many lines at the start of a post stand in earlier posts. 0 where the whole post does,
    /// or where only short lines do.
    pub(crate) fn quoted(&self, lines: &[Line]) -> usize {
        let known = lines.iter().take_while(|it| self.lines.contains(&key(it.text))).count();
        let is_telling = lines.iter().take(known).any(|it| it.text.len() >= QUOTED_BYTES);
        if is_telling && known < lines.len() { known } else { 0 }
    }

    /// Adds the lines of a post.
    pub(crate) fn add(&mut self, lines: &[Line]) {
        self.lines.extend(lines.iter().map(|it| key(it.text)));
    }
}

fn key(line: &str) -> u64 {
    xxh3_64(line.as_bytes())
}
