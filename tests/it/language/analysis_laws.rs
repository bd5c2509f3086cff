//! What holds of analysis for every text.

use std::sync::LazyLock;

use passages::analysis::{
    Analyzer, DerivedStems, Family, Prefilter, Token, Tokens, fingerprint, has_one_stem,
    query_tokens, segment_han,
};
use passages::text::{Span, columns, fold, graphemes, is_han, visible, width};
use proptest::prelude::*;

static INDEX: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::for_index(&["一丁".to_owned()]));

/// Texts of the kind that people keep, and of the kind that nobody expects.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-Z]{1,9}",
        "[0-9]{1,4}([.,][0-9]{1,3})?",
        "[ \n\t]{1,2}",
        "[-/.,'’&@#$€%:;!?()+_–—·。，“”]",
        "[{}\\\\^=~<>|\"`…•−→≠×°«»‘‐£．：（・]",
        "[a-zA-Z]{0,2}[àÉüßœŁħþαωйЖŉ\u{301}][a-zA-Z]{0,2}",
        "[a-zA-Z]{1,3}[-/.'’–&+#@_$]{1,2}[a-zA-Z0-9]{1,3}",
        "[$€]?[0-9]{1,3}([.,%‐][0-9]{1,3}){0,2}[a-zA-Z%']{0,3}",
        Just(" .5".to_owned()),
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

/// Text in which little is odd.
fn filler() -> impl Strategy<Value = String> {
    "([A-Z]?[a-z]{2,9}[,.;)”]?[ \n]|[0-9]{1,4} |[一丁七]{1,4}|“){5,40}"
}

/// Runs that mean something else after a number, after a Han character or in a line of capitals, and
/// runs that do not.
fn run_again() -> impl Strategy<Value = String> {
    let runs = "1 5 1.4 2,000 50% $5 US$1.4bn 3m 5G .5 bn billion Million, million. m b am AM min hrs per cent \
        cent. CENT US US. IT it, WHO (a) x = - -- $ train Trains, e-mail e-mail's AT&T C++ U.S. a.m. Mail.ru \
        @me d'Ivoire don't AliExpress b2b 1.50 火 中国 火, 国- , . http://a.b/c-d \\frac{1}{2} two-and-a-half-year";
    prop::sample::select(runs.split_whitespace().collect::<Vec<_>>()).prop_map(str::to_owned)
}

/// The word at a place.
fn word_at(tokens: &Tokens, position: u32) -> String {
    let word = tokens.family(Family::Exact).find(|it| it.position == position);
    word.map_or_else(String::new, |it| tokens.text(it).to_owned())
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
    fn what_is_sought_stands_where_it_stands_among_all_tokens(text in text(), pick in 0..500_usize) {
        let all = tokens(&Analyzer::for_query(), &text);
        let found = |it: &Tokens, wanted: &(Family, String)| {
            let same = |token: &&Token| token.family == wanted.0 && it.text(token) == wanted.1;
            let places = it.all().iter().filter(same).map(|it| (it.position, it.span));
            places.collect::<Vec<_>>()
        };
        // Two of the text's own tokens; a word that is not there is sought too.
        let count = all.all().len();
        let mut wanted = vec![(Family::Stem, "train".to_owned())];
        for at in [pick % count.max(1), pick / 7 % count.max(1)] {
            wanted.extend(all.all().get(at).map(|it| (it.family, all.text(it).to_owned())));
        }
        let mut sought = Prefilter::default();
        wanted.iter().for_each(|(family, text)| sought.add(*family, text));
        let mut fewer = Tokens::default();
        Analyzer::for_query().matching_tokens(&text, &sought, &mut fewer);
        for it in &wanted {
            prop_assert_eq!(found(&fewer, it), found(&all, it), "{:?}", it);
        }
    }

    #[test]
    fn what_is_sought_within_reach_stands_where_it_stands_among_all_tokens(
        texts in prop::collection::vec(prop_oneof![text(), filler()], 1..12),
        picks in prop::collection::vec(0..100_000_usize, 1..7),
        reach in 0..30_u32,
    ) {
        let text = texts.concat();
        let all = tokens(&Analyzer::for_query(), &text);
        let count = all.all().len().max(1);
        let picked = picks.iter().filter_map(|it| all.all().get(it % count));
        let wanted: Vec<_> = picked.map(|it| (it.family, all.text(it).to_owned())).collect();
        let mut sought = Prefilter::default();
        wanted.iter().for_each(|(family, text)| sought.add(*family, text));
        let mut fewer = Tokens::default();
        Analyzer::for_query().tokens_within(&text, &sought, reach, &mut fewer);
        let found = |it: &Tokens| {
            let is_wanted = |token: &&Token| {
                wanted.iter().any(|(family, text)| token.family == *family && it.text(token) == text)
            };
            let places = it.all().iter().filter(is_wanted);
            places.map(|token| (token.family, token.span, token.position)).collect::<Vec<_>>()
        };
        let (fewer, all) = (found(&fewer), found(&all));
        let spans = |it: &[(Family, Span, u32)]| {
            it.iter().map(|it| (it.0, it.1)).collect::<Vec<_>>()
        };
        prop_assert_eq!(spans(&fewer), spans(&all), "{:?}", wanted);
        let gaps = |it: &[(Family, Span, u32)]| {
            it.windows(2).map(|it| it[1].2 - it[0].2).collect::<Vec<_>>()
        };
        for (own, right) in gaps(&fewer).into_iter().zip(gaps(&all)) {
            prop_assert!(own == right || own.min(right) > reach || reach == 0 && own > 0 && right > 0,
                "{} for {}", own, right);
        }
    }

    #[test]
    fn stems_that_are_left_out_follow_from_the_words(text in text(), other in "[$5. ]{0,3}(a\\.i\\.d\\.s|A.I.D.S.|cent|min|trains?|5 m|1.50|per cent|b2b|US)[ ,.]?") {
        let text = text + &other;
        let told = |it: &Tokens, token: &Token| (token.position, token.family, it.text(token).to_owned());
        let all = tokens(&INDEX, &text);
        let mut expected: Vec<_> = all.all().iter().map(|it| told(&all, it)).collect();
        let mut fewer = Tokens::default();
        INDEX.tokens_for_index(&text, &mut fewer);
        let mut found: Vec<_> = fewer.all().iter().map(|it| told(&fewer, it)).collect();
        let mut stems = DerivedStems::default();
        for token in fewer.family(Family::Exact) {
            let stem = stems.of(fewer.text(token)).map(str::to_owned);
            found.extend(stem.map(|it| (token.position, Family::Stem, it)));
        }
        found.sort_unstable();
        expected.sort_unstable();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn a_run_that_comes_again_makes_what_it_makes(runs in prop::collection::vec((run_again(), "( |  |\n|\n\n|)"), 2..30)) {
        let text: String = runs.iter().flat_map(|(run, blank)| [&**run, blank]).collect();
        let told = |it: &Tokens| {
            let others = it.all().iter().filter(|token| token.family != Family::Stem);
            others.map(|token| (*token, it.text(token).to_owned())).map(|(token, text)| {
                (token.family, token.position, token.span, text)
            }).collect::<Vec<_>>()
        };
        let mut fewer = Tokens::default();
        INDEX.tokens_for_index(&text, &mut fewer);
        prop_assert_eq!(told(&fewer), told(&tokens(&INDEX, &text)));
        let stems = |it: &Tokens| -> Vec<_> {
            let odd = |token: &&Token| DerivedStems::default().of(&word_at(it, token.position)).is_none();
            let odd = it.family(Family::Stem).filter(odd);
            odd.map(|token| (token.position, token.span, it.text(token).to_owned())).collect()
        };
        prop_assert_eq!(stems(&fewer), stems(&tokens(&INDEX, &text)));
    }

    #[test]
    fn columns_are_those_of_the_graphemes(text in text(), other in "[a-z中，。\u{301}\u{600}\u{fe0f}👩‍ \r\n]{0,12}") {
        let text = text + &other;
        let mut found = Vec::new();
        columns(&text, |run| {
            found.extend((0..run.count).map(|it| (run.start + it * run.bytes, run.columns)));
        });
        let expected = graphemes(&text).map(|it| (it.start(), width(it.of(&text))));
        prop_assert_eq!(found, expected.collect::<Vec<_>>());
    }

    #[test]
    fn a_word_with_one_stem_stands_nowhere_without_it(text in text(), other in "[$5. ]{0,3}(a\\.i\\.d\\.s|A.I.D.S.|cent|min|trains?|5 m|us|T-shirts)[ ,.]?") {
        let text = text + &other;
        let tokens = tokens(&Analyzer::for_query(), &text);
        for token in tokens.family(Family::Exact).filter(|it| has_one_stem(tokens.text(it))) {
            let word = tokens.text(token);
            let stem = query_tokens(word).first().and_then(|it| it.stem.clone()).unwrap_or_default();
            let mut stems = tokens.family(Family::Stem);
            let is_beside = |it: &Token| it.position == token.position && tokens.text(it) == stem;
            prop_assert!(stems.any(is_beside), "{} in {}", word, text);
        }
    }

    #[test]
    fn every_unit_is_a_token_of_its_own_text(text in text()) {
        let tokens = tokens(&Analyzer::for_query(), &text);
        let units = query_tokens(&text);
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
        let spans = segment_han(&run, &frequency, 1_000);
        let whole: String = spans.iter().map(|it| it.of(&run)).collect();
        prop_assert_eq!(whole, run);
    }
}

#[test]
fn the_fingerprint_is_the_same_each_time() {
    assert_eq!(fingerprint(), fingerprint());
}

/// Every word of a list of the stems that are odd, and of the seeds, is found by its stem alone.
#[test]
fn every_word_of_the_seeds_is_found_by_its_tokens_alone() {
    let seeds = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds")).unwrap();
    let odd = "dying lies tyres cheques bn kms 5 lbs 3 mt per cent Ugly skis only sky us U.S. \n";
    let texts = seeds.map(|it| std::fs::read_to_string(it.unwrap().path()).unwrap());
    let text: String = std::iter::once(odd.to_owned()).chain(texts).collect();
    let analyzer = Analyzer::for_query();
    let all = tokens(&analyzer, &text);
    let mut asked: Vec<(Family, &str)> =
        all.all().iter().map(|it| (it.family, all.text(it))).collect();
    asked.sort_unstable();
    asked.dedup();
    let mut fewer = Tokens::default();
    for wanted in asked.into_iter().step_by(23) {
        let mut sought = Prefilter::default();
        sought.add(wanted.0, wanted.1);
        analyzer.matching_tokens(&text, &sought, &mut fewer);
        let places = |it: &Tokens| {
            let same = |token: &&Token| token.family == wanted.0 && it.text(token) == wanted.1;
            it.all().iter().filter(same).map(|it| (it.position, it.span)).collect::<Vec<_>>()
        };
        assert_eq!(places(&fewer), places(&all), "{wanted:?}");
    }
}

/// The runs for which the words that are not sought have rules of their own.
#[test]
fn every_token_of_odd_runs_is_found_alone() {
    let text = "1 ft 5 am $5 m €1.4 b 5 min $.5 ..5 a.b.c x.y J.S. 1.2.3 a1.5.6 =.5,000 5% 5%'s 1,400 12,34 \
        20th 5km 5G 4x4 RMB100 US$5 a$5 I'm I’m it's d'Ivoire o’neil's naïve’s Éa é.a αβ-test nfκb co.uk co-op \
        e-commerce {train} \\mathrm{x} \\frac{a_1}{b^2} C# C++ AT&T’s R&D 5…6 2015–16 й.б CAFE\u{301} \
        AliExpress4Go G20's @handle #tag (Fig.2) [12] “U.S.”-led U.S.A.'s - – — · 中·国 中—国 中–国 5万 \
        $3亿 5，000 （SCO） ，“自由”。 GDP增长5％ 【注】 \u{a0}per\u{a0}cent x²+y² train";
    let analyzer = Analyzer::for_query();
    let all = tokens(&analyzer, text);
    let mut fewer = Tokens::default();
    for wanted in all.all() {
        let (family, word) = (wanted.family, all.text(wanted));
        let mut sought = Prefilter::default();
        sought.add(family, word);
        analyzer.matching_tokens(text, &sought, &mut fewer);
        let places = |it: &Tokens| {
            let same = |token: &&Token| token.family == family && it.text(token) == word;
            it.all().iter().filter(same).map(|it| (it.position, it.span)).collect::<Vec<_>>()
        };
        assert_eq!(places(&fewer), places(&all), "{family:?} {word:?}");
    }
}
