//! A number that tells whether two programs make the same tokens.

use xxhash_rust::xxh3::Xxh3Default;

use super::chinese::Dictionary;
use super::tokenizer::Tokenizer;
use super::tokens::Tokens;

/// Raised when the rules change in a way that the sample does not show.
const VERSION: u64 = 4;

/// A text with something of everything that analysis knows.
const SAMPLE: &str = "\
The Wuhan-Moscow train’s 9,779-kilometre trip cost US$1.28bn, 5% of $25.6 billion.\n\
U.S. officials told us WHO says it’s e-commerce: AliExpress, Mail.ru, AT&T, C++, @handle #Tag.\n\
ORGANISATIONS IN THE US; café naïve Ｆｕｌｌ ｗｉｄｔｈ Tromsø d’Ivoire 1.50 .5 12:30 2015–16 C919 G20 6am\n\n\
部署5G網絡，弗拉基米尔·普京在中国-东盟博览会。乾隆著名頭髮\n一带一路 14亿美元 1.4万亿 コンピュータ москва 한국어";

/// Changes whenever tokens can change: an index made under another one must be rebuilt.
///
/// Made of the tokens of a fixed text, the size of the dictionary and a number raised by hand.
#[must_use]
pub fn fingerprint() -> u64 {
    let mut tokens = Tokens::default();
    // The cut into Chinese words is not part of it, because it would take 45 µs of a cold start;
    // the total of the dictionary and the version number stand for it.
    Tokenizer::new(SAMPLE, &mut tokens, Box::default(), None).run();
    let mut hash = Xxh3Default::new();
    for number in [VERSION, Dictionary::open().total()] {
        hash.update(&number.to_le_bytes());
    }
    for token in tokens.all() {
        hash.update(&[token.family as u8]);
        hash.update(&token.position.to_le_bytes());
        hash.update(&token.span.start().to_le_bytes());
        hash.update(&token.span.end().to_le_bytes());
        hash.update(tokens.text(token).as_bytes());
    }
    hash.digest()
}
