//! What counts as the same text: folding, and the classes of Han characters.

use passages::text::{Span, fold, is_han, simplified, simplified_code};

/// The pairs of a variant and its standard character.
const VARIANTS: &str = include_str!("../../../src/text/variants.txt");

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(fold(text).text, expected);
}

#[test]
fn what_differs_only_in_form_folds_to_one_text() {
    check("Café CAFE\u{301} ＣＡＦＥ", "cafe cafe cafe");
    check("“Putin’s” ‘way’", "\"putin's\" 'way'");
    check("e\u{ad}com\u{200b}merce\u{feff}", "ecommerce");
    check("一帶一路 乾淨", "一带一路 干净");
    check("９，７７９ ㎞ 5％", "9,779 km 5%");
    check("Łódź Straße Tromsø İzmir", "lodz strasse tromso izmir");
    check("Wuhan–Moscow", "wuhan-moscow");
    check("한국 がぎ ｶﾞ", "한국 がぎ カ\u{3099}");
}

#[test]
fn a_folded_span_leads_back_to_the_accents_too() {
    let text = "a cafe\u{301}!";
    let folded = fold(text);
    assert_eq!(folded.original(Span::new(2, 6)).of(text), "cafe\u{301}");
    assert_eq!(folded.original(Span::new(6, 7)).of(text), "!");
    assert_eq!(folded.original(Span::new(7, 7)), Span::new(9, 9));
}

#[test]
fn a_code_stands_for_what_its_character_stands_for() {
    for c in '\u{3400}'..='\u{9fff}' {
        assert_eq!(simplified_code(c as u32), simplified(c) as u32, "{c}");
    }
}

#[test]
fn traditional_and_variant_forms_share_one_character() {
    for class in ["干乾幹", "后後", "里裡裏", "发發髮", "台臺檯颱", "于於", "钟鐘鍾", "着著"]
    {
        let mut all = class.chars();
        let first = all.next().unwrap();
        assert_eq!(simplified(first), first);
        assert!(all.all(|it| simplified(it) == first), "{class}");
    }
    assert_eq!(simplified('\u{f900}'), '岂');
    assert_eq!(simplified('⼀'), '一');
    assert_eq!(simplified('x'), 'x');
}

#[test]
fn the_table_is_sorted_and_every_result_stands_for_itself() {
    let lines = || VARIANTS.lines().filter(|it| !it.starts_with('#'));
    assert!(lines().is_sorted());
    assert_eq!(lines().count(), 4_169);
    for line in lines() {
        let mut both = line.chars();
        let (variant, stands) = (both.next().unwrap(), both.next().unwrap());
        assert!(both.next().is_none() && is_han(variant) && is_han(stands), "{line}");
        assert_eq!(simplified(variant), stands);
        assert_eq!(simplified(stands), stands, "{line}");
    }
}
