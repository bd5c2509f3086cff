//! The best hits are found without looking at all passages: they are those of a look at all.

use passages::searcher::{Options, Sort};

use crate::program::library::Library;

/// Words from common to rare, in several forms and both scripts, with other names of one thing.
const WORDS: &[&str] = &[
    "the",
    "train",
    "trains",
    "of",
    "就是",
    "Wuhan",
    "trade",
    "中国",
    "railway",
    "Moscow",
    "and",
    "traded",
    "中",
    "sanctions",
    "railways",
    "武汉",
    "freight",
    "俄罗斯",
    "port",
    "training",
    "国",
    "tons",
    "莫斯科",
    "sanctioned",
    "OBOR",
    "中国银行",
    "container-ship",
    "ships",
    "一带一路",
    "yuan",
    "Belt and Road",
    "货运列车",
    "gas",
    "pipelines",
    "欧亚经济联盟",
    "pipeline",
    "US$5 m",
    "rouble",
];

const QUERIES: &[&str] = &[
    "train",
    "pipeline",
    "the train",
    "train trade sanctions",
    "pipelines yuan rouble",
    "gas pipeline Moscow freight",
    "+yuan train",
    "+train +trade",
    "train -Wuhan",
    "railway -(Moscow OR 武汉)",
    "yuan OR gas",
    "(yuan OR gas) pipeline",
    "\"Belt and Road\" train",
    "\"train trade\"",
    "pipe*",
    "中国",
    "中",
    "就是",
    "货运列车",
    "中国银行 莫斯科",
    "一带一路",
    "欧亚经济联盟货运列车",
    "OBOR",
    "OBOR gas",
    "武汉 train",
    "container-ship",
    "nowhere train",
    "nowhere yuan",
    // More than there are marks for.
    "the train of Wuhan trade railway Moscow and traded sanctions freight port training tons OBOR \
     container ship yuan belt road gas pipelines rouble 中国银行莫斯科 一带一路 货运列车 欧亚经济联盟",
];

/// More passages than are counted, some of them copies.
fn library() -> Library {
    let mut state = 20_151_024_u64;
    let mut below = |most: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % most
    };
    let mut texts: Vec<(String, String)> = Vec::new();
    for at in 0..14_000 {
        let text = match below(10) {
            0 if at > 10 => texts[below(at) as usize].1.clone(),
            _ => {
                let words = (0..4 + below(24)).map(|_| {
                    let most = WORDS.len() as u64;
                    WORDS[below(most).min(below(most)).min(below(most)) as usize]
                });
                words.collect::<Vec<_>>().join(" ")
            }
        };
        let title = WORDS[below(WORDS.len() as u64) as usize].to_owned();
        texts.push((title, text));
    }
    let ids: Vec<String> = (0..texts.len()).map(|at| format!("a{at}")).collect();
    let records = ids.iter().zip(&texts).map(|(id, (title, text))| (&**id, &**title, &**text));
    Library::of_records(&records.collect::<Vec<_>>())
}

#[test]
fn the_best_are_those_of_a_look_at_all() {
    let library = library();
    let counted = |it: u64| it.min(10_000);
    let mut more = 0;
    for query in QUERIES {
        for fold_copies in [true, false] {
            // So many hits, or hits by date, are found by a look at all.
            let all = Options { limit: 120, fold_copies, ..Options::default() };
            let by_date = Options { sort: Sort::Date, ..all.clone() };
            let (all, by_date) = (library.ask_with(query, &all), library.ask_with(query, &by_date));
            assert!(all.total > 0, "{query}");
            assert!(by_date.total_is_exact, "{query}");
            more += usize::from(all.total > 10);
            for limit in [0, 1, 10, 40] {
                let options = Options { limit, fold_copies, ..Options::default() };
                let few = library.ask_with(query, &options);
                let places = |it: &passages::hit::Results| {
                    let hits = it.hits.iter().take(limit);
                    hits.map(|it| {
                        (it.article.clone(), it.score, it.missing.clone(), it.copies.len())
                    })
                    .collect::<Vec<_>>()
                };
                assert_eq!(places(&few), places(&all), "{query}");
                assert_eq!(few.total, counted(by_date.total), "{query}");
                assert_eq!(few.total_is_exact, by_date.total <= 10_000, "{query}");
                if few.total_is_exact {
                    assert_eq!(few.total_complete, by_date.total_complete, "{query}");
                }
            }
        }
    }
    assert!(more > QUERIES.len(), "most questions have more answers than are shown");
}
