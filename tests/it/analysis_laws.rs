//! What holds of analysis for every text.

use std::sync::LazyLock;

use passages::analysis::{Analyzer, Family, Tokens, cut, fingerprint, units};
use passages::text::{Span, fold, graphemes, is_han, visible, width};
use proptest::prelude::*;

static INDEX: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::for_index(&["一丁".to_owned()]));

/// Texts of the kind that people keep, and of the kind that nobody expects.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-Z]{1,9}",
        "[0-9]{1,4}([.,][0-9]{1,3})?",
        "[ \n\t]{1,2}",
        "[-/.,'’&@#$€%:;!?()+_–—·。，“”]",
        "[\u{4e00}-\u{4e40}裡發臺乾著國]{1,4}",
        Just("U.S.-led ".to_owned()),
        Just("US$1.4bn".to_owned()),
        Just("cafe\u{301}".to_owned()),
        Just("\u{200b}".to_owned()),
        Just("Ｂｅｌｔ　９，７７９".to_owned()),
        Just("㈱㍿ﷺ½№".to_owned()),
        "\\PC{1,3}",
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|it| it.concat())
}

fn tokens(analyzer: &Analyzer, text: &str) -> Tokens {
    let mut tokens = Tokens::default();
    analyzer.tokens(text, &mut tokens);
    tokens
}

fn inside(span: Span, text: &str) -> bool {
    text.get(span.range()).is_some()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn spans_are_ordered_and_lie_in_the_text(text in text()) {
        let tokens = tokens(&Analyzer::for_query(), &text);
        let all = tokens.all();
        prop_assert!(all.is_sorted_by_key(|it| (it.position, it.family)));
        for token in all {
            prop_assert!(inside(token.span, &text) && !token.span.is_empty(), "{token:?}");
            let it = tokens.text(token);
            prop_assert!(!it.is_empty() && it.len() <= 255, "{it:?}");
            prop_assert!(!it.contains(char::is_whitespace), "{it:?}");
        }
        let exact: Vec<_> = tokens.family(Family::Exact).collect();
        for pair in exact.windows(2) {
            prop_assert!(pair[0].position < pair[1].position);
            prop_assert!(pair[1].position - pair[0].position <= 2);
            prop_assert!(pair[0].span.start() <= pair[1].span.start());
        }
    }

    #[test]
    fn index_and_query_give_the_same_tokens_but_for_words(text in text()) {
        let index = tokens(&INDEX, &text);
        let query = tokens(&Analyzer::for_query(), &text);
        let texts = |it: &Tokens| {
            let all = it.all().iter().filter(|it| it.family != Family::Word);
            all.map(|token| (*token, it.text(token).to_owned()))
                .map(|(token, text)| (token.family, token.position, token.span, text))
                .collect::<Vec<_>>()
        };
        prop_assert_eq!(texts(&index), texts(&query));
    }

    #[test]
    fn bigrams_are_two_neighbouring_characters(text in text()) {
        let tokens = tokens(&Analyzer::for_query(), &text);
        let exact: Vec<_> = tokens.family(Family::Exact).collect();
        let han = |it: &str| it.chars().all(is_han);
        let neighbours = exact.windows(2).filter(|it| {
            it[0].position + 1 == it[1].position && it.iter().all(|it| han(tokens.text(it)))
        });
        let expected: Vec<_> = neighbours
            .map(|it| format!("{}{}", tokens.text(it[0]), tokens.text(it[1])))
            .collect();
        let found: Vec<_> = tokens.family(Family::Bigram).map(|it| tokens.text(it)).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn words_are_made_of_the_characters_at_their_places(text in "[一丁七万三上下不中国发展银行 ，a]{0,30}") {
        let tokens = tokens(&INDEX, &text);
        for word in tokens.family(Family::Word) {
            for (place, c) in (word.position..).zip(tokens.text(word).chars()) {
                let mut at = tokens.family(Family::Exact).filter(|it| it.position == place);
                prop_assert_eq!(at.next().map(|it| tokens.text(it)), Some(&*c.to_string()));
            }
        }
    }

    #[test]
    fn a_memory_of_other_texts_changes_nothing(one in text(), other in text()) {
        let analyzer = Analyzer::for_query();
        let mut used = tokens(&analyzer, &one);
        analyzer.tokens(&other, &mut used);
        let fresh = tokens(&analyzer, &other);
        prop_assert_eq!(used.all(), fresh.all());
    }

    #[test]
    fn every_unit_is_a_token_of_its_own_text(text in text()) {
        let tokens = tokens(&Analyzer::for_query(), &text);
        let units = units(&text);
        prop_assert_eq!(units.len(), tokens.family(Family::Exact).count());
        for (unit, token) in units.iter().zip(tokens.family(Family::Exact)) {
            prop_assert_eq!((unit.position, unit.span), (token.position, token.span));
            prop_assert!(unit.exact.iter().any(|it| it == tokens.text(token)));
        }
    }

    #[test]
    fn folding_knows_where_everything_came_from(text in text()) {
        let folded = fold(&text);
        let mut before = 0;
        for (at, c) in folded.text.char_indices() {
            let from = folded.original(Span::new(at, at + c.len_utf8()));
            prop_assert!(inside(from, &text) && !from.is_empty());
            prop_assert!(from.start() >= before);
            before = from.start();
        }
    }

    #[test]
    fn folding_again_changes_nothing(text in "[a-zA-Z0-9 ,.’“é裡發ＡＢ帶]{0,20}") {
        let once = fold(&text).text;
        prop_assert_eq!(&fold(&once).text, &once);
    }

    #[test]
    fn graphemes_cover_the_text(text in text()) {
        let whole: String = graphemes(&text).map(|it| it.of(&text)).collect();
        prop_assert_eq!(whole, text);
    }

    #[test]
    fn visible_text_cannot_steer_a_terminal(text in text()) {
        let it = visible(&text);
        prop_assert!(it.chars().all(|it| !it.is_control() || it == '\n' || it == '\t'));
        prop_assert!(width(&it) <= 2 * it.len());
    }

    #[test]
    fn a_cut_covers_its_run(run in "[\u{4e00}-\u{4e20}]{0,20}") {
        let frequency = |it: &str| (it.len() == 6 || it.len() == 9).then_some(it.len() as u64 * 7);
        let spans = cut(&run, &frequency, 1_000);
        let whole: String = spans.iter().map(|it| it.of(&run)).collect();
        prop_assert_eq!(whole, run);
    }
}

#[test]
fn the_fingerprint_is_the_same_each_time() {
    assert_eq!(fingerprint(), fingerprint());
}
