//! What holds for every article that is read and every passage that is cut.

use passages::article::{self, LineCounts, RepeatedLines};
use passages::passage::{Size, cut};
use passages::source::{Content, Format, RawText};

/// Reads a text in a format that its first byte chooses.
pub fn check(data: &[u8], formats: &[Format]) {
    let Some((first, bytes)) = data.split_first() else { return };
    let format = formats[usize::from(*first) % formats.len()];
    let content = Content::Text(String::from_utf8_lossy(bytes).into_owned());
    let raw = RawText { path: "2015-10-24/a.txt".to_owned(), format, line: 1, content };
    let articles = article::read(&raw, 1, &RepeatedLines::none());
    for article in &articles {
        let mut end = 0;
        for passage in cut(article, Size::default()) {
            let (start, stop) = (passage.span.start(), passage.span.end());
            assert!(end <= start && article.body.get(start..stop).is_some());
            end = stop;
        }
    }
    // Read again by a verdict on its own lines.
    let mut counts = LineCounts::default();
    (0..9).for_each(|_| counts.add(&LineCounts::candidates(&articles)));
    drop(article::read(&raw, 1, &counts.verdict()));
}
