//! A passage is shown for a query: what stands before the first line feed is asked, the rest is
//! the passage, its title and its path.
#![no_main]

use libfuzzer_sys::fuzz_target;
use passages::analysis::{Analyzer, Family, Tokens};
use passages::article::Lang;
use passages::hit::{Hit, Matcher, Results, highlights, snippet};
use passages::show::{self, Look};

#[path = "../../tests/trust/safe.rs"]
mod safe;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let Some((asked, passage)) = text.split_once('\n') else { return };
    let (mut wanted, mut tokens) = (Tokens::default(), Tokens::default());
    Analyzer::for_query().tokens(asked, &mut wanted);
    Analyzer::for_query().tokens(passage, &mut tokens);
    let mut patterns = Matcher::default();
    for (token, term) in wanted.family(Family::Exact).zip(0..) {
        patterns.add_token(Family::Exact, wanted.text(token), term);
    }
    let occurrences = patterns.scan(&tokens);
    for columns in [0, 1, 7, 80, 240] {
        let span = snippet(passage, &occurrences, &|_| 1.0, columns);
        let shown = passage.get(span.start()..span.end()).expect("on character boundaries");
        let hit = Hit {
            rank: 1,
            score: 1.0,
            article: asked.to_owned(),
            passage: 1,
            path: asked.to_owned(),
            line: 1,
            title: Some(passage.chars().take(200).collect()),
            author: Some(asked.to_owned()),
            date: None,
            date_source: None,
            url: Some(asked.to_owned()),
            lang: Lang::Mixed,
            text: passage.to_owned(),
            snippet: shown.to_owned(),
            highlights: highlights(passage, span, &occurrences),
            title_highlights: Vec::new(),
            missing: vec![asked.to_owned()],
            copies: Vec::new(),
            topics: Vec::new(),
            why: None,
        };
        let results = Results {
            query: asked.to_owned(),
            understood: asked.to_owned(),
            took_us: Some(1),
            total: 1,
            total_is_exact: true,
            total_complete: 1,
            hits: vec![hit],
            remarks: Vec::new(),
            suggestion: Some(asked.to_owned()),
        };
        safe::is_safe(&results).unwrap();
        let link = |_: &str| Some("file:///x".to_owned());
        let look = Look { columns: columns + 20, has_colour: true, link: Some(&link) };
        assert!(!show::text(&results, &[], &look).is_empty());
    }
});
