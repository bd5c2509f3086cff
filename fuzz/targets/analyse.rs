//! A text becomes tokens, the same for the index and for a query.
#![no_main]

use libfuzzer_sys::fuzz_target;
use passages::analysis::{Analyzer, Family, Tokens, query_tokens};
use passages::text::fold;

thread_local!(static INDEX: Analyzer = Analyzer::for_index(&["一带一路".to_owned()]));

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let mut tokens = Tokens::default();
    INDEX.with(|it| it.tokens(&text, &mut tokens));
    let mut place = 0;
    for token in tokens.family(Family::Exact) {
        assert!(token.position >= place);
        place = token.position;
    }
    for token in tokens.all() {
        assert!(text.get(token.span.start()..token.span.end()).is_some());
        assert!(tokens.text(token).len() <= 255);
    }
    let mut asked = Tokens::default();
    Analyzer::for_query().tokens(&text, &mut asked);
    let exact = |it: &Tokens| -> Vec<String> {
        it.family(Family::Exact).map(|token| it.text(token).to_owned()).collect()
    };
    assert_eq!(exact(&tokens), exact(&asked));
    for unit in query_tokens(&text) {
        assert!(text.get(unit.span.start()..unit.span.end()).is_some() && !unit.exact.is_empty());
    }
    let folded = fold(&text).text;
    assert_eq!(fold(&folded).text, folded);
});
