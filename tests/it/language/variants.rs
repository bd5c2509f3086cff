//! The table of Han variants against OpenCC's own data.

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use passages::text::simplified;

/// Characters that OpenCC's table leaves as they are and that count as another one here: kept
/// apart there for spelling, or known there only from Simplified or in Taiwan and Hong Kong.
const ADDED: usize = 64;

#[test]
fn variants_are_those_of_opencc() {
    let opencc = OpenCC::from_config(BuiltinConfig::T2s).unwrap();
    let mut added = Vec::new();
    let han = ('\u{3400}'..='\u{9fff}').chain('\u{20000}'..='\u{2f7ff}');
    for c in han {
        let theirs = opencc.convert(&c.to_string());
        let theirs = theirs.chars().next().unwrap();
        if theirs != c {
            // 薴 stands with 苎, where its first result 苧 stands too.
            assert_eq!(simplified(c), simplified(theirs), "{c} {theirs}");
        } else if simplified(c) != c {
            added.push(c);
        }
    }
    assert_eq!(added.len(), ADDED, "{}", String::from_iter(added));
}
