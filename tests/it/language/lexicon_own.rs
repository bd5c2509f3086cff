//! A person's own aliases and topics, and an imported dictionary.

use std::io::Read;
use std::sync::LazyLock;

use passages::analysis::{Analyzer, Family, Tokens};
use passages::lexicon::{
    Compiled, Kind, Lexicon, cedict, compile, curated, lemmas, letters, own, readings,
};

fn tokens(name: &str) -> Vec<String> {
    static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::for_query);
    let mut tokens = Tokens::default();
    ANALYZER.tokens(name, &mut tokens);
    tokens.family(Family::Exact).map(|it| tokens.text(it).to_owned()).collect()
}

fn compiled(lexicon: &Lexicon) -> Compiled<Vec<u8>> {
    Compiled::new(compile(&lexicon.entries, &lexicon.topics, &tokens))
}

/// The senses of a name: each its kind and other names.
fn senses(compiled: &Compiled<Vec<u8>>, name: &str) -> Vec<(Kind, Vec<String>)> {
    let senses = compiled.senses(&tokens(name).join(" "));
    senses.into_iter().map(|it| (it.kind, it.names)).collect()
}

fn overlaid(text: &str) -> Lexicon {
    let mut lexicon = curated().unwrap();
    lexicon.overlay(own(text).unwrap());
    lexicon
}

#[test]
fn an_own_alias_is_added_before_the_others() {
    let lexicon = overlaid("[[concept]]\nnames = [\"OBOR\", \"带路\"]\ntopics = [\"energy\"]\n");
    let senses = senses(&compiled(&lexicon), "obor");
    assert_eq!(senses.len(), 2);
    assert_eq!(senses[0], (Kind::Own, vec!["带路".to_owned()]));
    assert_eq!(senses[1].0, Kind::Curated);
    assert!(lexicon.unknown_topics().is_empty());
}

#[test]
fn an_own_alias_replaces_the_others_where_it_says_so() {
    let text = "[[concept]]\nnames = [\"obor\", \"One Bored Person\"]\nreplaces = true\n";
    let compiled = compiled(&overlaid(text));
    let names = vec!["One Bored Person".to_owned()];
    assert_eq!(senses(&compiled, "OBOR"), [(Kind::Own, names)]);
    let left = senses(&compiled, "BRI");
    assert!(!left.is_empty() && left.iter().all(|(_, names)| !names.contains(&"OBOR".into())));
}

#[test]
fn an_own_topic_is_added_or_renamed() {
    let topic =
        |name: &str| format!("[[topic]]\nname = \"{name}\"\nen = \"Mine\"\nzh = \"我的\"\n");
    let lexicon = overlaid(&(topic("mine") + &topic("energy")));
    let title = |name: &str| lexicon.topics.iter().filter(|it| it.name == name).count();
    assert_eq!((title("mine"), title("energy")), (1, 1));
    let unknown = overlaid("[[concept]]\nnames = [\"x\"]\ntopics = [\"nowhere\"]\n");
    assert_eq!(unknown.unknown_topics(), ["nowhere"]);
}

#[test]
fn a_mistake_is_named_with_its_line() {
    let cases = [
        (
            "[[concept]]\nnames = [\"a\", \"b\"]\n\n[[concept]]\nnames = [\"a\"]\n",
            "line 4: a concept needs",
        ),
        ("[[concept]]\nnames = [\"a\", \" \"]\n", "line 1: a name is empty"),
        ("\n[[concept]]\nnames = [\"a\", \"b\"]\nkind = \"x\"\n", "line 4: unknown field `kind`"),
        ("[[concept]]\nnames = \"a\"\n", "line 2: invalid type"),
        ("[[concept]]\ntopics = []\n", "line 1: missing field `names`"),
        ("x = [\n", "line "),
        ("[[topic]]\nname = \"My Topic\"\nen = \"\"\nzh = \"\"\n", "line 1: the topic `My Topic`"),
    ];
    for (text, message) in cases {
        let error = own(text).unwrap_err().to_string();
        assert!(error.starts_with(message), "{text:?}: {error}");
        assert!(!error.contains('\n') && !error.ends_with('.'));
    }
    assert_eq!(own("").unwrap().lexicon, Lexicon::default());
}

#[test]
fn names_are_found_by_their_pinyin() {
    let compiled = compiled(&curated().unwrap());
    let read_as = |typed: &str| compiled.read_as(&letters(typed).unwrap());
    for (typed, name) in [
        ("yidai yilu", "一带一路"),
        ("yi dai yi lu", "一带一路"),
        ("xi jinping", "习近平"),
        ("Xí Jìnpíng", "习近平"),
        ("xi2 jin4 ping2", "习近平"),
        ("pujing", "普京"),
        ("chongqing", "重庆"),
        ("zhongou banlie", "中欧班列"),
        ("xi'an", "西安"),
    ] {
        assert!(read_as(typed).contains(&name.to_owned()), "{typed}: {:?}", read_as(typed));
    }
    assert!(read_as("nothing").is_empty());
    assert!(compiled.senses("yidaiyilu").is_empty(), "a reading is no name");
}

#[test]
fn what_is_no_pinyin_has_no_letters() {
    for typed in ["", "xi", "普京", "a,bcd", "12345"] {
        assert_eq!(letters(typed), None, "{typed}");
    }
    assert_eq!(readings("Putin"), Vec::<String>::new());
    assert_eq!(readings("女人").first().map(String::as_str), Some("nvren"));
    assert!(readings("女人").contains(&"nuren".to_owned()));
    assert!(readings("行行行行行行行行").len() <= 16);
}

/// Lines of our own in the format of the dictionary.
const DICTIONARY: &str = "# a comment
火車 火车 [huo3 che1] /train/CL:列[lie4],節|节[jie2]/
訓練 训练 [xun4 lian4] /to train; to drill/training/
入侵 入侵 [ru4 qin1] /to invade (a country)/
列車 列车 [lie4 che1] /(railway) train/
列 列 [lie4] /train/row/
車站 车站 [che1 zhan4] /station (for trains or buses)/
幺 么 [yao1] /variant of 麼|么[me5]/
王 王 [wang2] /surname Wang/
的 的 [de5] /of/
東西 东西 [dong1 xi1] /something that one holds in the hand or sees/
broken line
A咖 A咖 [A ka1] /class A/
";

#[test]
fn a_dictionary_gives_words_with_what_people_type() {
    let entries = cedict(DICTIONARY);
    let names: Vec<Vec<&str>> =
        entries.iter().map(|it| it.names.iter().map(String::as_str).collect()).collect();
    assert_eq!(
        names,
        [
            vec!["火车", "train"],
            vec!["训练", "train", "drill", "training"],
            vec!["入侵", "invade"],
            vec!["列车", "train"],
            vec!["列", "train", "row"],
            vec!["车站", "station"],
        ]
    );
    assert!(entries.iter().all(|it| it.kind == Kind::Dictionary));
}

#[test]
fn a_dictionary_leads_to_the_other_language_only() {
    let lexicon = Lexicon { entries: cedict(DICTIONARY), topics: Vec::new() };
    let compiled = compiled(&lexicon);
    let names = |name: &str| -> Vec<String> {
        senses(&compiled, name).into_iter().flat_map(|it| it.1).collect()
    };
    // A word before a single character.
    assert_eq!(names("train"), ["火车", "训练", "列车", "列"]);
    assert_eq!(names("训练"), ["train", "drill", "training"]);
    assert_eq!(names("trains"), names("train"));
}

#[test]
fn base_forms_are_tried() {
    for (word, base) in [
        ("invaded", "invade"),
        ("stopped", "stop"),
        ("killed", "kill"),
        ("making", "make"),
        ("studies", "study"),
        ("churches", "church"),
        ("trains", "train"),
        ("controlled", "control"),
        ("passes", "pass"),
        ("won", "win"),
        ("built", "build"),
        ("largest", "large"),
        ("biggest", "big"),
        ("busier", "busy"),
        ("heavily", "heavy"),
        ("commonly", "common"),
    ] {
        assert!(lemmas(word).contains(&base.to_owned()), "{word}: {:?}", lemmas(word));
        assert!(!lemmas(word).contains(&word.to_owned()));
    }
    for word in ["ing", "is", "Putin", "普京", "class", "virus", "train"] {
        assert!(lemmas(word).is_empty(), "{word}: {:?}", lemmas(word));
    }
}

/// With PASSAGES_CEDICT naming a file of CC-CEDICT, compiles all of it.
#[test]
fn a_whole_dictionary_is_compiled() {
    let Some(path) = std::env::var_os("PASSAGES_CEDICT") else {
        println!("skipped: PASSAGES_CEDICT names no dictionary");
        return;
    };
    let bytes = std::fs::read(path).unwrap();
    let mut text = String::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        flate2::read::GzDecoder::new(&*bytes).read_to_string(&mut text).unwrap();
    } else {
        text = String::from_utf8(bytes).unwrap();
    }
    let lexicon = Lexicon { entries: cedict(&text), topics: Vec::new() };
    assert!(lexicon.entries.len() > 80_000, "{}", lexicon.entries.len());
    let compiled = compiled(&lexicon);
    println!("{} words", lexicon.entries.len());
    for (english, chinese) in [("agriculture", "农业"), ("university", "大学"), ("invade", "侵略")]
    {
        let names: Vec<String> =
            senses(&compiled, english).into_iter().flat_map(|it| it.1).collect();
        assert!(names.contains(&chinese.to_owned()), "{english}: {names:?}");
    }
}
