//! What is shown of a passage, read by eye: `tests/golden/snippets.txt`. Renewed by
//! `UPDATE_EXPECT=1 cargo test --test it -- snippets`.

use std::fmt::Write as _;

use expect_test::expect_file;
use passages::hit::Hit;
use passages::searcher::Options;

use crate::program::library::Library;

/// Questions to the sample articles, and the width of the answer in columns.
const SEEDS: &[(&str, usize)] = &[
    ("Wuhan Moscow train", 240),
    ("Wuhan Moscow train", 80),
    ("authoritarian axis", 240),
    ("专制主义轴心", 80),
    ("坐山观虎斗", 160),
    ("sharp power sanctions", 160),
    ("e-commerce AliExpress", 160),
    ("US$1.28 billion", 120),
    ("Tushino Technology Park", 160),
    ("petro-dollar reserve currency", 240),
    ("gold reserves", 100),
    ("SWIFT alternative system", 120),
    ("Karakorum Highway", 160),
    ("yaks trucks border", 120),
    ("elevation feet steel shelter", 160),
    ("Eurasian Economic Union", 160),
    ("\"Belt and Road initiative\"", 120),
    ("一带一路", 120),
    ("普京", 100),
    ("中国军事科学", 160),
    ("亲美疏中", 120),
    ("军事政治联盟", 160),
    ("俄罗斯东欧中亚研究", 200),
    ("文化 认同感", 120),
    ("cross-border tourism", 160),
    ("shale production oil price", 160),
    ("Saudi oil market share", 160),
    ("Saint Petersburg Shanghai sister", 160),
    ("Xi Putin meetings year", 120),
    ("agriculture high-tech finance", 100),
    ("Yemen evacuation flotilla", 160),
    ("Libya evacuation", 60),
    ("Afghanistan Taliban", 160),
    ("Gwadar port", 160),
    ("organic food", 120),
    ("ruble devaluation traders", 160),
];

/// Texts of our own: long sentences, no sentences, both scripts, odd characters.
const RECORDS: &[(&str, &str, &str)] = &[
    (
        "long",
        "",
        "The committee, which had met on nine occasions since the spring and had heard from growers, \
         shippers, insurers and the masters of four vessels, each of whom disagreed with all of the \
         others, found that the corridor had never carried the tonnage that was promised, although \
         the ministry, citing figures of its own, insisted that the ferry across the Caspian Sea \
         would double its traffic within a year. Dr. Li of the U.S. office disagreed. The ferry was \
         sold in March.",
    ),
    (
        "长",
        "",
        "从武汉出发的货运列车经过哈萨克斯坦、俄罗斯和白俄罗斯，最后抵达德国的杜伊斯堡，全程需要\
         十五天左右，比海运节省一半以上的时间，但是运费要高出将近一倍。专家认为，随着班列数量的增加，\
         运费将会逐步下降。回程的货物仍然不足，许多集装箱是空着回来的！铁路公司正在寻找新的客户。",
    ),
    (
        "mixed",
        "",
        "The article “坐山观虎斗” says that 中国 will wait. 作者认为China应当与Russia保持距离，\
         因为the sanctions会影响人民币结算。A second view, printed in 参考消息 the same week, holds \
         that 中俄关系 is “stronger than any alliance” and that e\u{301}lan alone decides.",
    ),
    (
        "list",
        "",
        "coal 12 nickel 9 copper 7 tin 4 zinc 3 lead 2 lithium 8 cobalt 6 manganese 5 chromium 1 \
         graphite 11 titanium 10 tungsten 14 uranium 13 bauxite 15 phosphate 16 potash 17 sulphur 18",
    ),
    (
        "word",
        "",
        "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft is one \
         word and 中华人民共和国国家发展和改革委员会国际合作司司长 is one title, family 👨‍👩‍👧 and flag 🇨🇳 \
         are one grapheme each; Ｆｕｌｌ ｗｉｄｔｈ stays what it is.",
    ),
];

/// Questions to them.
const OWN: &[(&str, usize)] = &[
    ("Caspian ferry", 160),
    ("Caspian ferry", 60),
    ("corridor tonnage", 100),
    ("growers shippers insurers", 120),
    ("ferry sold", 80),
    ("Dr. Li disagreed", 60),
    ("杜伊斯堡", 60),
    ("集装箱 客户", 80),
    ("运费 下降", 60),
    ("武汉 杜伊斯堡 班列", 120),
    ("铁路公司", 40),
    ("sanctions 人民币", 80),
    ("参考消息", 60),
    ("中俄关系 alliance", 80),
    ("坐山观虎斗 中国", 40),
    ("élan", 60),
    ("lithium uranium", 60),
    ("cobalt", 40),
    ("potash sulphur", 40),
    ("司长", 60),
    ("one grapheme", 60),
    ("flag", 30),
    ("full width", 50),
    ("Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft", 40),
];

#[test]
fn snippets_are_as_in_the_golden_file() {
    let mut golden = String::new();
    for (library, questions) in [(Library::of_seeds(), SEEDS), (Library::of_records(RECORDS), OWN)]
    {
        for (query, columns) in questions {
            let options = Options { snippet_columns: *columns, limit: 1, ..Options::default() };
            let results = library.ask_with(query, &options);
            writeln!(golden, "? {query} ({columns})").unwrap();
            for hit in &results.hits {
                assert!(hit.text.contains(&hit.snippet));
                assert!(
                    unicode_width::UnicodeWidthStr::width(&*hit.snippet) <= *columns,
                    "{query}"
                );
                writeln!(golden, "  {}", marked(hit)).unwrap();
            }
        }
    }
    expect_file!["../../golden/snippets.txt"].assert_eq(&golden);
}

/// The snippet on one line, what is marked in brackets, `…` where the passage goes on.
fn marked(hit: &Hit) -> String {
    let mut text = String::new();
    let mut at = 0;
    for (start, end) in &hit.highlights {
        text += &hit.snippet[at..*start];
        text += &format!("[{}]", &hit.snippet[*start..*end]);
        at = *end;
    }
    text += &hit.snippet[at..];
    let before = if hit.text.starts_with(&hit.snippet) { "" } else { "… " };
    let after = if hit.text.ends_with(&hit.snippet) { "" } else { " …" };
    format!("{before}{}{after}", text.split_whitespace().collect::<Vec<_>>().join(" "))
}
