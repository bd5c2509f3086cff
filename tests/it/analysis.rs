//! Text to tokens, checked through what the index and a query see.

use passages::analysis::{Analyzer, Family, Tokens};

#[test]
fn a_latin_word_gives_its_folded_form_and_its_stem() {
    let mut tokens = Tokens::default();
    Analyzer::for_query().tokens("Ｔhe Trains", &mut tokens);
    let of = |family| tokens.family(family).map(|it| tokens.text(it)).collect::<Vec<_>>();
    assert_eq!(of(Family::Exact), ["the", "trains"]);
    assert_eq!(of(Family::Stem), ["the", "train"]);
}
