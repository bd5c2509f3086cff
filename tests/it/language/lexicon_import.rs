//! What a person adds to the lexicon of an index: it is found, told, kept, and taken away.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;
use passages::index::file_names;
use serde_json::Value;

use crate::program::built_program::{Folder, Ran};

/// Lines of our own in the format of the dictionary.
const DICTIONARY: &str = "# CC-TEST
#! publisher=Nobody
#! license=https://creativecommons.org/licenses/by-sa/4.0/
#! date=2024-05-06T00:00:00Z
火車 火车 [huo3 che1] /train/
貨運 货运 [huo4 yun4] /freight transport; cargo/freight/
專家 专家 [zhuan1 jia1] /expert; specialist/
聯盟 联盟 [lian2 meng2] /alliance; union/
軍事 军事 [jun1 shi4] /military affairs/military/
";

const OWN: &str = "[[topic]]
name = \"my-case\"
en = \"My case\"
zh = \"我的案子\"

[[concept]]
names = [\"Siberian giant\", \"Moscow\"]
topics = [\"my-case\"]
";

fn with_dictionary() -> Folder {
    let folder = Folder::indexed();
    folder.write("test.u8", DICTIONARY.as_bytes());
    folder.run(&["lexicon", "import", "test.u8"]).ends(0);
    folder
}

fn articles(ran: &Ran) -> Vec<String> {
    let hits = ran.json()["hits"].as_array().cloned().unwrap_or_default();
    hits.iter().map(|it| it["article"].as_str().unwrap().to_owned()).collect()
}

fn remarks(answer: &Value) -> String {
    let remarks = answer["remarks"].as_array().unwrap();
    remarks.iter().map(|it| it["text"].as_str().unwrap()).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_english_query_finds_the_chinese_passage_and_says_how() {
    let folder = with_dictionary();
    let ran = folder.run(&["--json", "military", "experts"]).ends(0);
    let answer = ran.json();
    assert_eq!(articles(&ran), ["articles/alliance.txt#1"]);
    assert_eq!(answer["hits"][0]["missing"], serde_json::json!([]));
    let said = remarks(&answer);
    assert!(said.contains("military → 军事") && said.contains("experts → 专家"), "{said}");
    assert!(!answer["hits"][0]["highlights"].as_array().unwrap().is_empty());
    // Without what means the same there is nothing to find.
    folder.run(&["--no-expand", "military", "experts"]).ends(1);
    folder.run(&["--exact", "military"]).ends(1);
    folder.run(&["\"military experts\"", "--exact"]).ends(1);
}

/// The dictionary as its authors offer it: packed, and by some in several members.
#[test]
fn a_packed_dictionary_is_the_same_dictionary() {
    let folder = Folder::indexed();
    let half = DICTIONARY.find("聯盟").unwrap();
    let packed = |text: &str| {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(text.as_bytes()).unwrap();
        gzip.finish().unwrap()
    };
    let members = [packed(&DICTIONARY[..half]), packed(&DICTIONARY[half..])];
    for (name, bytes) in [("one.u8.gz", packed(DICTIONARY)), ("two.u8.gz", members.concat())] {
        folder.write(name, &bytes);
        let told = folder.run(&["lexicon", "import", name]).ends(0).stderr;
        let plain = name.trim_end_matches(".gz");
        assert!(told.contains(&format!("{plain}, a dictionary of 5 words")), "{told}");
        let found = articles(&folder.run(&["--json", "military", "experts"]).ends(0));
        assert_eq!(found, ["articles/alliance.txt#1"]);
        folder.run(&["lexicon", "remove", plain]).ends(0);
    }
    let mut cut = packed(DICTIONARY);
    cut.truncate(cut.len() / 2);
    folder.write("cut.u8.gz", &cut);
    let error = folder.run(&["lexicon", "import", "cut.u8.gz", "--json"]).ends(2).json();
    assert_eq!(error["error"]["kind"], "io", "{error}");
}

#[test]
fn a_chinese_query_finds_the_english_passage_below_the_chinese() {
    let folder = with_dictionary();
    folder.write("articles/zh.txt", "火车\n\n今天有一列火车到达，车上没有人。\n".as_bytes());
    folder.run(&["index"]).ends(0);
    let ran = folder.run(&["--json", "火车"]).ends(0);
    let found = articles(&ran);
    assert_eq!(found.first().map(String::as_str), Some("articles/zh.txt#1"));
    assert!(found.contains(&"articles/train.txt#1".to_owned()), "{found:?}");
    let answer = ran.json();
    for hit in answer["hits"].as_array().unwrap() {
        assert_eq!(hit["missing"], serde_json::json!([]), "{hit}");
    }
    assert_eq!(answer["total_complete"], 1);
    let english = folder.run(&["--json", "freight", "train"]).ends(0);
    assert_eq!(articles(&english).first().map(String::as_str), Some("articles/train.txt#1"));
    let score = |at: usize| english.json()["hits"][at]["score"].as_f64().unwrap();
    assert!(score(0) > score(1));
}

#[test]
fn what_is_excluded_or_demanded_is_not_translated() {
    let folder = with_dictionary();
    folder.run(&["--json", "+military"]).ends(1);
    let ran = folder.run(&["--json", "联盟", "-military"]).ends(0);
    assert_eq!(articles(&ran), ["articles/alliance.txt#1"]);
}

#[test]
fn a_dictionary_is_named_with_its_authors_and_looked_up() {
    let folder = with_dictionary();
    let listed = folder.run(&["lexicon", "--json", "freight"]).ends(0).json();
    let attribution = listed["imports"][0]["attribution"].as_str().unwrap().to_owned();
    assert!(attribution.contains("Nobody") && attribution.contains("CC BY-SA 4.0"));
    let is_dictionary = |it: &Value| it["kind"] == "dictionary" && it["names"][1] == "货运";
    assert!(listed["entries"].as_array().unwrap().iter().any(is_dictionary), "{listed}");
    let told = folder.run(&["lexicon", "freight"]).ends(0);
    assert!(told.stdout.contains("货运") && told.stderr.contains("CC BY-SA 4.0"));
    let status = folder.run(&["status"]).ends(0).stdout;
    assert!(status.contains("test.u8 (5 words; CC-TEST, Nobody, 2024-05-06"), "{status}");
    assert_eq!(folder.run(&["status", "--json"]).ends(0).json()["imports"][0]["entries"], 5);
}

#[test]
fn imports_survive_every_build_and_can_be_taken_away() {
    let folder = with_dictionary();
    folder.write("own.toml", OWN.as_bytes());
    folder.run(&["lexicon", "import", "own.toml"]).ends(0);
    let finds = |folder: &Folder| {
        let by_dictionary = folder.run(&["--json", "military"]).status == 0;
        let by_own = folder.run(&["--json", "\"Siberian giant\""]).status == 0
            || folder.run(&["--json", "Siberian giant"]).status == 0;
        (by_dictionary, by_own)
    };
    assert_eq!(finds(&folder), (true, true));
    // The files themselves are no longer needed.
    fs::remove_file(folder.path().join("test.u8")).unwrap();
    fs::remove_file(folder.path().join("own.toml")).unwrap();
    folder.write("articles/new.txt", b"Another page about tea.\n");
    folder.run(&["index"]).ends(0);
    assert_eq!(finds(&folder), (true, true));
    folder.run(&["index", "--rebuild"]).ends(0);
    assert_eq!(finds(&folder), (true, true));
    assert!(folder.run(&["topics"]).ends(0).stdout.contains("my-case"));
    folder.run(&["check"]).ends(0);
    folder.run(&["lexicon", "remove", "test.u8"]).ends(0);
    assert_eq!(finds(&folder), (false, true));
    folder.run(&["lexicon", "remove", "own.toml"]).ends(0);
    assert_eq!(finds(&folder), (false, false));
    assert!(!folder.run(&["status"]).ends(0).stdout.contains("imported"));
}

#[test]
fn an_update_with_imports_is_byte_for_byte_the_rebuilt_index() {
    let folder = with_dictionary();
    folder.write("own.toml", OWN.as_bytes());
    folder.run(&["lexicon", "import", "own.toml"]).ends(0);
    folder.write("articles/new.txt", b"Another page about tea and trains.\n");
    folder.run(&["index"]).ends(0);
    let updated = generation(&folder);
    folder.run(&["index", "--rebuild"]).ends(0);
    let rebuilt = generation(&folder);
    assert_ne!(updated, rebuilt);
    for name in [
        file_names::LEXICON,
        file_names::DICTIONARY,
        file_names::IMPORTS,
        file_names::TERMS,
        file_names::POSTINGS,
        file_names::STORE,
    ] {
        let bytes = |folder: &PathBuf| fs::read(folder.join(name)).unwrap();
        assert!(bytes(&updated) == bytes(&rebuilt), "{name}");
    }
    // The same file once more changes nothing.
    folder.run(&["lexicon", "import", "own.toml"]).ends(0);
    assert_eq!(generation(&folder), rebuilt);
}

fn generation(folder: &Folder) -> PathBuf {
    let index = folder.path().join("index");
    let name = fs::read_to_string(index.join("CURRENT")).unwrap();
    index.join(name.lines().next().unwrap())
}

#[test]
fn a_damaged_dictionary_gives_no_answer() {
    let folder = with_dictionary();
    folder.run(&["index", "--rebuild"]).ends(0);
    let newest = generation(&folder);
    for entry in fs::read_dir(folder.path().join("index")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && path != newest {
            fs::remove_dir_all(path).unwrap();
        }
    }
    let path = newest.join("dictionary");
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, bytes).unwrap();
    let ran = folder.run(&["--json", "military"]).ends(2);
    assert_eq!(ran.json()["error"]["kind"], "damaged");
    // What needs no dictionary is answered.
    folder.run(&["--json", "--no-expand", "Wuhan"]).ends(0);
}

#[test]
fn a_bad_file_is_refused_with_its_line() {
    let folder = Folder::indexed();
    let whole: Vec<&str> = DICTIONARY.lines().collect();
    let cut = format!("#! entries=9\n{DICTIONARY}");
    let broken = format!("{}\nbroken\n", whole[..6].join("\n"));
    for (name, text, says) in [
        ("a.toml", "[[concept]]\nnames = [\"a\"]\n", "a.toml: line 1: a concept needs two names"),
        ("b.toml", "\n[[concept]]\nnames = 5\n", "b.toml: line 3: "),
        (
            "c.toml",
            "\n\n[[concept]]\nnames = [\"a\"]\ntopics = [\"b\"]\n",
            "c.toml: line 5: no topic `b`",
        ),
        ("d.toml", "", "d.toml: line 1: it holds neither"),
        ("e.u8", broken.as_str(), "e.u8: line 7: not a line of CC-CEDICT"),
        ("f.u8", cut.as_str(), "f.u8: line 10: it ends after 5 words of 9"),
        ("g.txt", "Nothing of the kind.\n", "g.txt: line 1: neither a line of CC-CEDICT nor TOML"),
    ] {
        folder.write(name, text.as_bytes());
        let error = folder.run(&["lexicon", "import", name, "--json"]).ends(2).json();
        let message = error["error"]["message"].as_str().unwrap();
        assert!(message.starts_with(says), "{message}");
        assert_eq!(error["error"]["kind"], "lexicon");
        assert!(error["error"]["hint"].is_string());
    }
    folder.write("h.u8", b"\xff\xfe\x00");
    folder.run(&["lexicon", "import", "h.u8"]).ends(2);
    let gone = folder.run(&["lexicon", "import", "nowhere.u8", "--json"]).ends(2).json();
    assert_eq!(gone["error"]["kind"], "io");
    let unknown = folder.run(&["lexicon", "remove", "nowhere.u8", "--json"]).ends(2).json();
    assert_eq!(unknown["error"]["kind"], "no_import");
    assert!(!folder.run(&["status"]).ends(0).stdout.contains("imported"));
}
