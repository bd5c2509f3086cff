//! Articles are cut into passages at sentence ends.

use passages::article::Article;
use passages::passage::{Size, cut};

#[track_caller]
fn check(body: &str, words: f32, expected: &[&str]) {
    let article = Article { body: body.to_owned(), ..Article::default() };
    let passages = cut(&article, Size { words, whole: 0.0 });
    let found: Vec<&str> = passages.iter().map(|it| it.span.of(body)).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_long_paragraph_is_cut_at_sentence_ends() {
    check(
        "One two three four. Five six seven eight. Nine ten eleven twelve. Thirteen fourteen.",
        7.0,
        &[
            "One two three four. Five six seven eight.",
            "Nine ten eleven twelve. Thirteen fourteen.",
        ],
    );
}

#[test]
fn a_short_article_stays_whole() {
    let body = "One two three four. Five six seven eight. Nine ten eleven twelve.";
    let article = Article { body: body.to_owned(), ..Article::default() };
    let cut_at = |whole| cut(&article, Size { words: 4.0, whole }).len();
    assert_eq!((cut_at(11.0), cut_at(12.0)), (3, 1));
}

#[test]
fn abbreviations_and_initials_end_no_sentence() {
    check(
        "The U.S. State Department spoke. Wu of Logistic Co., Ltd. spoke too. Mr. Lyle J. Goldstein did not. It was approx. 3.5 tonnes. Gone.",
        5.0,
        &[
            "The U.S. State Department spoke.",
            "Wu of Logistic Co., Ltd. spoke too.",
            "Mr. Lyle J. Goldstein did not.",
            "It was approx. 3.5 tonnes. Gone.",
        ],
    );
}

#[test]
fn chinese_sentences_end_at_their_own_marks() {
    check(
        "他说：“货运列车开通了。”列车从武汉出发！多久到莫斯科？十二天。",
        6.0,
        &["他说：“货运列车开通了。”", "列车从武汉出发！", "多久到莫斯科？十二天。"],
    );
}

#[test]
fn short_paragraphs_are_packed_and_a_heading_goes_with_what_follows() {
    check(
        "One two three four.\n\nFive six seven.\n\nThe heading\n\nEight nine ten eleven twelve.",
        8.0,
        &["One two three four.\n\nFive six seven.", "The heading\n\nEight nine ten eleven twelve."],
    );
}

#[test]
fn a_text_without_a_sentence_end_is_cut_between_words() {
    let body = vec!["word"; 1000].join(" ");
    let article = Article { body: body.clone(), ..Article::default() };
    let passages = cut(&article, Size::default());
    assert!((7..=10).contains(&passages.len()), "{}", passages.len());
    assert!(passages.iter().all(|it| it.span.of(&body).split(' ').all(|it| it == "word")));
}

#[test]
fn an_endless_line_is_cut_outside_of_graphemes() {
    // A family of four joined into one picture, a letter with a mark, a Thai syllable.
    for unit in ["👨‍👩‍👧‍👦", "e\u{301}", "กำ", "x"] {
        let body = format!("x{}", unit.repeat(6000));
        let article = Article { body: body.clone(), ..Article::default() };
        let passages = cut(&article, Size::default());
        let mut at = 0;
        for passage in &passages {
            assert_eq!(passage.span.start(), at);
            assert!((at.saturating_sub(1)).is_multiple_of(unit.len()), "{unit} cut at {at}");
            at = passage.span.end();
        }
        assert_eq!(at, body.len());
    }
}

#[test]
fn passages_cover_every_visible_character_once_and_in_order() {
    let body = "\u{feff} A b.\n\n\u{a0}\n\nC d e f g. “H i?” J k\tl\r\nm.  \n\n——\n\n。。。 末 尾\u{200b}\n";
    let article = Article { body: body.to_owned(), ..Article::default() };
    let mut last = 0;
    let mut covered = String::new();
    for passage in cut(&article, Size { words: 3.0, whole: 0.0 }) {
        assert!(passage.span.start() >= last);
        last = passage.span.end();
        covered.push_str(passage.span.of(body));
    }
    let visible = |text: &str| -> String {
        text.chars().filter(|it| !it.is_whitespace() && !"\u{feff}\u{200b}".contains(*it)).collect()
    };
    assert_eq!(visible(&covered), visible(body));
}
