//! The command line as a contract, on the built program: asking.

use std::collections::BTreeSet;

use crate::program::built_program::{Folder, Ran, ran};

/// Where each key stands in a text of JSON; the first of each.
#[track_caller]
fn in_order(json: &str, keys: &[&str]) {
    let places: Vec<_> = keys
        .iter()
        .map(|key| json.find(&format!("\"{key}\":")).unwrap_or_else(|| panic!("{key}: {json}")))
        .collect();
    assert!(places.is_sorted(), "{keys:?} stand at {places:?} in {json}");
}

#[test]
fn one_command_indexes_a_folder_and_answers() {
    let folder = Folder::with_articles();
    let ran = folder.run(&["--in", "articles", "Wuhan Moscow train"]).ends(0);
    let first: Vec<_> = ran.stdout.lines().take(2).collect();
    assert!(first[0].contains("leaves"), "{}", ran.stdout);
    assert!(first[1].contains("2015-10-24") && first[1].contains("articles/train.txt:"));
    assert!(ran.stdout.contains("*Wuhan*") && ran.stdout.contains("*Moscow*"), "{}", ran.stdout);
    assert!(folder.path().join("index/CURRENT").is_file());
}

#[test]
fn the_status_tells_hits_from_none_from_errors() {
    let folder = Folder::indexed();
    folder.run(&["ruble"]).ends(0);
    let none = folder.run(&["zzyzx"]).ends(1);
    assert_eq!(none.stdout, "");
    assert!(none.stderr.contains("no hits for zzyzx"), "{}", none.stderr);
    folder.run(&["--index", "nowhere", "ruble"]).ends(2);
}

#[test]
fn several_words_are_one_query() {
    let folder = Folder::indexed();
    let ran = folder.run(&["--json", "gold", "reserves", "ruble"]).ends(0);
    assert_eq!(ran.json()["query"], "gold reserves ruble");
}

#[test]
fn json_has_the_keys_of_the_contract_in_their_order() {
    let folder = Folder::indexed();
    let ran = folder.run(&["railway", "--json", "--explain"]).ends(0);
    assert_eq!(ran.stdout.lines().count(), 1, "one object on one line");
    let (head, hits) = ran.stdout.split_once("\"hits\":[").unwrap();
    in_order(head, &["schema", "query", "understood", "took_us", "total"]);
    in_order(
        hits.split("},{\"rank\"").next().unwrap(),
        &[
            "rank",
            "score",
            "article",
            "passage",
            "path",
            "line",
            "title",
            "author",
            "date",
            "url",
            "lang",
            "text",
            "snippet",
            "highlights",
            "missing",
            "copies",
            "topics",
            "why",
        ],
    );
    in_order(&ran.stdout[ran.stdout.rfind("\"remarks\":").unwrap()..], &["remarks", "suggestion"]);
    let json = ran.json();
    assert_eq!(json["schema"], 1);
    assert_eq!(json["total"], json["hits"].as_array().unwrap().len());
}

#[test]
fn highlights_are_ranges_of_a_snippet_that_is_a_part_of_the_passage() {
    let folder = Folder::indexed();
    for query in ["Wuhan Moscow train", "军事政治联盟", "\"gold reserves\" ruble"] {
        let json = folder.run(&[query, "--json"]).ends(0).json();
        for hit in json["hits"].as_array().unwrap() {
            let snippet = hit["snippet"].as_str().unwrap();
            assert!(hit["text"].as_str().unwrap().contains(snippet), "{hit}");
            let mut before = 0;
            for range in hit["highlights"].as_array().unwrap() {
                let [start, end] = [0, 1].map(|it| range[it].as_u64().unwrap() as usize);
                assert!(before <= start && start < end, "{hit}");
                assert!(snippet.get(start..end).is_some(), "{hit}");
                before = end;
            }
        }
    }
}

#[test]
fn no_hits_are_an_empty_list_and_never_prose() {
    let folder = Folder::indexed();
    let json = folder.run(&["zzyzx", "--json"]).ends(1).json();
    assert_eq!(json["hits"], serde_json::json!([]));
    assert_eq!(json["total"], 0);
}

#[test]
fn fewer_hits_are_a_prefix_of_more() {
    let folder = Folder::indexed();
    let ask = |more: &[&str]| {
        let json = folder.run(&[&["railway Moscow", "--json"], more].concat()).ends(0).json();
        let hits = json["hits"].as_array().unwrap().clone();
        hits.into_iter().map(|it| it["article"].clone()).collect::<Vec<_>>()
    };
    let all = ask(&[]);
    assert!(all.len() >= 3, "{all:?}");
    assert_eq!(ask(&["-n", "2"]), all[..2]);
    assert_eq!(ask(&["-n2"]), all[..2]);
    assert_eq!(ask(&["--limit=2", "--offset", "1"]), all[1..3]);
}

#[test]
fn an_offset_counts_in_the_rank() {
    let folder = Folder::indexed();
    let json = folder.run(&["railway", "--json", "--offset", "1"]).ends(0).json();
    assert_eq!(json["hits"][0]["rank"], 2);
}

#[test]
fn each_form_has_its_shape() {
    let folder = Folder::indexed();
    let ask = |format| folder.run(&["railway", "--format", format]).ends(0).stdout;
    for line in ask("trec").lines() {
        let fields: Vec<_> = line.split(' ').collect();
        assert!(matches!(fields[..], [_, "Q0", _, _, _, "passages"]), "{line}");
        assert!(fields[2].contains('@'), "{line}");
    }
    assert!(ask("trec").contains(" rec%201@1 "), "{}", ask("trec"));
    assert!(ask("jsonl").starts_with("{\"schema\":1,"));
    let markdown = ask("markdown");
    assert!(markdown.starts_with("1. ") && markdown.contains("\n2. "), "{markdown}");
    assert!(markdown.contains("**railway**") && markdown.contains("**Silk Road**"), "{markdown}");
    let paths = ask("paths");
    let distinct: BTreeSet<_> = paths.lines().collect();
    assert_eq!(distinct.len(), paths.lines().count());
    assert!(distinct.contains("articles/records.jsonl"), "{paths}");
}

#[test]
fn filters_of_flags_are_those_of_the_query() {
    let folder = Folder::indexed();
    let ask = |more: &[&str]| {
        let ran = folder.run(&[&["Moscow OR railway OR 联盟", "--format", "paths"], more].concat());
        ran.stdout.lines().map(str::to_owned).collect::<BTreeSet<_>>()
    };
    let only = |path: &str| BTreeSet::from([path.to_owned()]);
    assert_eq!(ask(&["--on", "2016"]), only("articles/records.jsonl"));
    assert_eq!(ask(&["date:2016"]), only("articles/records.jsonl"));
    assert_eq!(ask(&["--from", "2016-02"]), only("articles/records.jsonl"));
    assert_eq!(ask(&["--from", "2015-10-24", "--to", "2015-12"]), only("articles/train.txt"));
    assert_eq!(ask(&["--lang", "zh"]), only("articles/alliance.txt"));
    assert_eq!(ask(&["--path", "*.md"]), only("articles/sanctions.md"));
    assert_eq!(ask(&["--path", "train"]), only("articles/train.txt"));
}

#[test]
fn by_article_each_article_is_one_hit() {
    let folder = Folder::indexed();
    let json = folder.run(&["Wuhan", "--by", "article", "--json"]).ends(0).json();
    assert_eq!(json["total"], 1);
}

#[test]
fn a_word_with_a_hyphen_excludes_and_needs_no_quoting() {
    let folder = Folder::indexed();
    let with = folder.run(&["railway", "--format", "paths"]).ends(0).stdout;
    assert!(with.contains("records.jsonl"), "{with}");
    let without = folder.run(&["railway", "-India", "--json"]).ends(0).json();
    let text = without["hits"].to_string();
    assert!(!text.contains("India"), "{text}");
    // An excluded word may begin as a flag does.
    folder.run(&["railway", "-northern", "-Vladivostok", "--json"]).ends(0);
}

#[test]
fn a_word_that_is_a_command_runs_it_and_after_two_hyphens_it_is_a_word() {
    let folder = Folder::indexed();
    assert!(folder.run(&["status"]).ends(0).stdout.contains("passages"));
    assert_eq!(folder.run(&["--json", "--", "status"]).ends(1).json()["query"], "status");
    assert_eq!(folder.run(&["--json", "China", "status"]).json()["query"], "China status");
    let wrong = folder.run(&["status", "of", "Taiwan"]).ends(2);
    assert!(wrong.stderr.contains("search -- status"), "{}", wrong.stderr);
}

#[test]
fn a_command_that_does_not_exist_yet_is_a_word() {
    let folder = Folder::indexed();
    for word in ["serve", "mcp"] {
        assert_eq!(folder.run(&[word, "--json"]).ends(1).json()["query"], word);
    }
}

#[test]
fn a_lone_hyphen_reads_the_query_from_standard_input() {
    let folder = Folder::indexed();
    let ran = folder.run_with_input(&["-", "--json"], "军事政治联盟\n".as_bytes()).ends(0);
    assert_eq!(ran.json()["query"], "军事政治联盟");
    folder.run_with_input(&["-"], b"\n").ends(2);
    let wrong = folder.run_with_input(&["-"], b"abc\xff").ends(2);
    assert!(wrong.stderr.contains("not UTF-8 at byte 3"), "{}", wrong.stderr);
}

#[test]
fn in_answers_only_from_its_path() {
    let folder = Folder::indexed();
    folder.write("other/note.txt", b"Another railway, far from the articles.\n");
    let ran = folder.run(&["--in", "other", "railway", "--format", "paths"]).ends(0);
    assert_eq!(ran.stdout, "other/note.txt\n");
    let all = folder.run(&["railway", "--format", "paths"]).ends(0).stdout;
    assert!(all.contains("other/note.txt") && all.contains("articles/"), "{all}");
}

#[test]
fn one_name_in_two_folders_is_two_roots() {
    let folder = Folder::new();
    folder.write("a/notes/x.txt", b"A camel in the first folder of that name.\n");
    folder.write("b/notes/x.txt", b"A camel in the second folder of that name.\n");
    folder.write("a/notes/sub/y.txt", b"A camel further down.\n");
    let ask = |within: &str, path: &str| {
        let index = folder.path().join("mine/index");
        let words = ["--index", index.to_str().unwrap(), "--in", path, "camel", "--json"];
        let answer = folder.run_in(within, &words).ends(0).json();
        let hits = answer["hits"].as_array().unwrap().clone();
        hits.iter().map(|it| it["article"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ask("a", "notes/x.txt"), ["notes/x.txt#1"]);
    let full = folder.path().canonicalize().unwrap().join("b/notes/x.txt#1");
    assert_eq!(ask("b", "notes"), [full.to_str().unwrap()], "not the one of the other folder");
    assert_eq!(ask("a", "notes/x.txt"), ["notes/x.txt#1"]);
    assert_eq!(ask("b", "./notes/"), [full.to_str().unwrap()], "the same root once more");
    // Below the first folder it has a name from there.
    assert_eq!(ask("a/notes", "sub"), ["notes/sub/y.txt#1"]);
}

#[test]
fn in_sees_what_has_changed_since() {
    let folder = Folder::with_articles();
    folder.run(&["--in", "articles", "camel"]).ends(1);
    folder.write("articles/camel.txt", b"The camel walked along the old road.\n");
    folder.run(&["--in", "articles", "camel"]).ends(0);
    let again = folder.run(&["--in", "./articles/", "camel"]).ends(0);
    assert!(!again.stderr.contains("indexed"), "{}", again.stderr);
}

#[test]
fn a_path_may_be_one_file() {
    let folder = Folder::with_articles();
    let ran = folder.run(&["--in", "articles/train.txt", "Moscow", "--format", "paths"]).ends(0);
    assert_eq!(ran.stdout, "articles/train.txt\n");
}

#[test]
fn a_path_within_a_root_or_around_one_needs_no_second_reading() {
    let folder = Folder::indexed();
    let paths = |from: &str, path: &str| {
        let mut program = folder.program();
        program.current_dir(folder.path().join(from));
        let asked = ["--in", path, "Moscow OR railway", "--format", "paths"];
        let found = ran(program.args(asked), b"").ends(0).stdout;
        found.lines().map(str::to_owned).collect::<BTreeSet<_>>()
    };
    let all = paths(".", "articles");
    assert_eq!(all.len(), 3, "{all:?}");
    assert_eq!(paths(".", "articles/train.txt").len(), 1);
    assert_eq!(paths("articles", "."), all);
    assert_eq!(paths("articles", "train.txt").len(), 1);
    let json = folder.run(&["status", "--json"]).ends(0).json();
    assert_eq!(json["roots"], serde_json::json!(["articles"]));
    folder.write("more.txt", b"Another railway, beside the articles.\n");
    let around = paths(".", ".");
    assert_eq!(around.len(), 4, "{around:?}");
}

#[test]
fn context_shows_the_passages_around_a_hit() {
    let folder = Folder::new();
    let long = |word: &str| format!("{word} {}.\n\n", "and so on ".repeat(40));
    let text = ["alpha", "beta", "gamma"].map(long).concat();
    folder.write("articles/three.txt", format!("Three parts\n\n{text}").as_bytes());
    let bare = folder.run(&["--in", "articles", "beta"]).ends(0).stdout;
    assert!(!bare.contains("alpha") && !bare.contains("gamma"), "{bare}");
    let around = folder.run(&["beta", "--context", "1"]).ends(0).stdout;
    assert!(around.contains("alpha") && around.contains("gamma"), "{around}");
}

#[test]
fn a_pipe_gets_no_colour_unless_it_is_asked_for() {
    let folder = Folder::indexed();
    let plain = folder.run(&["railway"]).ends(0);
    assert!(!plain.stdout.contains('\u{1b}') && !plain.stderr.contains('\u{1b}'));
    let asked = folder.run(&["railway", "--color", "always"]).ends(0);
    assert!(asked.stdout.contains("\u{1b}[1;31mrailway\u{1b}[0m"), "{}", asked.stdout);
    let words = |ran: &Ran| ran.stdout.replace('*', "");
    let bare = folder.run(&["railway", "--color=never"]).ends(0);
    assert_eq!(words(&plain), words(&bare));
}

#[test]
fn nothing_of_a_document_steers_the_terminal() {
    let folder = Folder::new();
    let text = "A \u{1b}]0;title\u{7}camel \u{1b}[2J\u{9b}31m walked \u{202e}back.\n\n".to_owned()
        + &"Nobody along the old road asked the driver why he had come so late.\n".repeat(20);
    folder.write("articles/a\u{1b}[31mb.txt", text.as_bytes());
    for more in [&[][..], &["--color", "always"], &["--format", "markdown"]] {
        let ran = folder.run(&[&["--in", "articles", "camel"], more].concat()).ends(0);
        // The program's own colours are the only sequences.
        let mut rest = ran.stdout + &ran.stderr;
        for own in ["0", "1", "2", "33", "1;31", "1;4;31"] {
            rest = rest.replace(&format!("\u{1b}[{own}m"), "");
        }
        for bad in ['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}'] {
            assert!(!rest.contains(bad), "{bad:?} in {rest:?}");
        }
    }
    let json = folder.run(&["camel", "--json"]).ends(0).json();
    assert!(json["hits"][0]["text"].as_str().unwrap().contains("camel"));
}

#[test]
fn an_environment_without_anything_does_no_harm() {
    let folder = Folder::indexed();
    let bare = ran(folder.program().env_clear().args(["railway", "--color", "auto"]), b"");
    bare.ends(0);
}

#[cfg(unix)]
#[test]
fn no_name_of_a_file_steers_the_terminal_or_breaks_a_form() {
    use std::os::unix::ffi::OsStrExt;

    let names: [&[u8]; 5] = [
        b"line\nbreak.txt",
        b"esc\x1b]0;x\x07.txt",
        b"no\xffutf8\xfe.txt",
        "over\u{202e}ride\u{9b}2J.txt".as_bytes(),
        b"`code` [link](x) | # *b*.txt",
    ];
    let folder = Folder::new();
    for name in names {
        let path = folder.path().join("articles").join(std::ffi::OsStr::from_bytes(name));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, "The camel walked along the old road.\n").unwrap();
    }
    let broken = std::ffi::OsStr::from_bytes(b"bro\x1b[2Jken\xff.jsonl");
    std::fs::write(folder.path().join("articles").join(broken), "{\n").unwrap();
    let commands: [&[&str]; 12] = [
        &["index", "articles"],
        &["camel", "--all-copies"],
        &["camel", "--all-copies", "--format", "markdown"],
        &["camel", "--all-copies", "--format", "trec"],
        &["camel", "--all-copies", "--json"],
        &["camel"],
        &["status", "--skipped"],
        &["status", "--skipped", "--json"],
        &["check", "--sources"],
        &["check", "--sources", "--json"],
        &["show", "articles/line\nbreak.txt#1"],
        &["show", "articles/esc\u{1b}]0;x\u{7}.txt#1", "--json"],
    ];
    for command in commands {
        let ran = folder.run(command).ends(0);
        let shown = ran.stdout.clone() + &ran.stderr;
        for bad in ['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}'] {
            assert!(!shown.contains(bad), "{command:?}: {bad:?} in {shown:?}");
        }
        if command.contains(&"--json") {
            assert_eq!(ran.stdout.lines().count(), 1, "{command:?}: {}", ran.stdout);
            ran.json();
        }
    }
    let trec = folder.run(&["camel", "--all-copies", "--format", "trec"]).ends(0).stdout;
    assert!(trec.lines().count() == 5, "{trec}");
    assert!(trec.lines().all(|it| it.split_whitespace().count() == 6), "{trec}");
    let markdown = folder.run(&["camel", "--all-copies", "--format", "markdown"]).ends(0).stdout;
    assert!(markdown.contains("`` articles/`code` [link](x) | # *b*.txt:1 ``"), "{markdown}");
    // For programs a path is the bytes that it is, one a line.
    let paths = folder.run(&["camel", "--all-copies", "--format", "paths"]).ends(0).stdout;
    assert_eq!(paths.lines().count(), 4, "{paths:?}");
}
