//! The command line as a contract, on the built program: the commands and the index folder.

use std::fs;

use passages::index::file_names;

use crate::program::built_program::{Folder, ran};

#[test]
fn the_index_flag_stands_before_or_after_a_command() {
    let folder = Folder::with_articles();
    folder.run(&["--index", "mine", "index", "articles"]).ends(0);
    folder.run(&["index", "--index=mine"]).ends(0);
    folder.run(&["status", "--index", "mine"]).ends(0);
    folder.run(&["--index", "mine", "status"]).ends(0);
    folder.run(&["railway", "--index", "mine"]).ends(0);
    folder.run(&["--index=mine", "railway"]).ends(0);
    assert!(folder.path().join("mine/CURRENT").is_file());
    assert!(!folder.path().join("index").exists());
}

#[test]
fn the_environment_names_the_index_and_the_flag_overrules_it() {
    let folder = Folder::with_articles();
    folder.run(&["--index", "mine", "index", "articles"]).ends(0);
    let ask = |more: &[&str], name: &str| {
        ran(folder.program().env("SEARCH_INDEX", name).arg("railway").args(more), b"")
    };
    ask(&[], "mine").ends(0);
    ask(&[], "nowhere").ends(2);
    ask(&["--index", "mine"], "nowhere").ends(0);
    // Set to nothing is not set.
    ask(&[], "").ends(2);
}

#[test]
fn the_nearest_index_above_is_used() {
    let folder = Folder::indexed();
    let below = folder.path().join("articles/deep/er");
    fs::create_dir_all(&below).unwrap();
    ran(folder.program().current_dir(&below).arg("railway"), b"").ends(0);
    // A folder that only happens to be called so is passed by.
    fs::create_dir_all(below.join("index")).unwrap();
    fs::write(below.join("index/page.html"), "<p>index</p>").unwrap();
    ran(folder.program().current_dir(&below).arg("railway"), b"").ends(0);
}

#[test]
fn a_folder_that_is_not_ours_is_not_written_to() {
    let folder = Folder::with_articles();
    folder.write("mine/thesis.txt", b"years of work");
    let refused = folder.run(&["--index", "mine", "index", "articles", "--json"]).ends(2);
    assert_eq!(refused.json()["error"]["kind"], "not_ours");
    assert!(refused.stderr.contains("hint: "), "{}", refused.stderr);
    let names: Vec<_> = fs::read_dir(folder.path().join("mine")).unwrap().collect();
    assert_eq!(names.len(), 1);
    // The folder as it stands in a fresh clone is ours.
    folder.write("index/README.md", b"what each file is");
    folder.write("index/.gitignore", b"*\n");
    folder.run(&["index", "articles"]).ends(0);
}

#[test]
fn without_a_path_the_recorded_roots_are_read_again() {
    let folder = Folder::indexed();
    folder.write("articles/camel.txt", b"The camel walked along the old road.\n");
    folder.run(&["camel"]).ends(1);
    folder.run(&["index"]).ends(0);
    folder.run(&["camel"]).ends(0);
    let nothing = folder.run(&["index", "--json"]).ends(0);
    assert_eq!(nothing.json()["changed"], false);
}

#[test]
fn without_an_index_there_is_nothing_to_bring_up_to_date() {
    let folder = Folder::with_articles();
    let ran = folder.run(&["index"]).ends(2);
    assert!(ran.stderr.contains("hint: ") && ran.stderr.contains("search index"), "{}", ran.stderr);
}

#[test]
fn other_paths_become_the_roots_and_what_goes_is_announced() {
    let folder = Folder::indexed();
    folder.write("other/note.txt", b"A note about camels.\n");
    let ran = folder.run(&["index", "other"]).ends(0);
    assert!(ran.stderr.contains("no longer indexed: articles"), "{}", ran.stderr);
    folder.run(&["railway"]).ends(1);
}

#[test]
fn run_answers_each_line_by_article() {
    let folder = Folder::indexed();
    folder.write("queries.tsv", "q7\tWuhan Moscow\nrailway\n\n联盟\r\n".as_bytes());
    let ran = folder.run(&["run", "queries.tsv", "--format", "trec"]).ends(0);
    let ids: Vec<_> = ran.stdout.lines().map(|it| it.split(' ').next().unwrap()).collect();
    assert!(ids.contains(&"q7") && ids.contains(&"2") && ids.contains(&"4"), "{}", ran.stdout);
    assert!(!ran.stdout.contains('@'), "by article: {}", ran.stdout);
    assert!(ran.stdout.contains("2 Q0 rec%201 "), "{}", ran.stdout);
    let passages = folder.run(&["run", "queries.tsv", "--by", "passage"]).ends(0).stdout;
    assert!(passages.lines().all(|it| it.contains('@')), "{passages}");
}

#[test]
fn run_gives_one_object_a_line_and_a_failing_query_does_not_stop_it() {
    let folder = Folder::indexed();
    let input = "a\trailway\nb\t-only -these\nc\tzzyzx\n";
    let ran = folder.run_with_input(&["run", "-", "--format", "jsonl"], input.as_bytes()).ends(2);
    let lines: Vec<serde_json::Value> =
        ran.stdout.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    assert_eq!(lines.len(), 3, "{}", ran.stdout);
    assert_eq!(lines[0]["id"], "a");
    assert!(!lines[0]["hits"].as_array().unwrap().is_empty());
    assert_eq!(lines[1]["id"], "b");
    assert!(lines[1]["error"]["message"].is_string());
    assert_eq!(lines[2]["hits"], serde_json::json!([]));
    // All that ran, ran: no hits are no failure here.
    folder.run_with_input(&["run", "-"], b"zzyzx\n").ends(0);
    let missing = folder.run(&["run", "nowhere.tsv", "--json"]).ends(2);
    assert_eq!(missing.json()["error"]["kind"], "io");
}

#[test]
fn show_reads_an_article_or_one_passage_with_its_neighbours() {
    let folder = Folder::indexed();
    let whole = folder.run(&["show", "articles/train.txt#1"]).ends(0).stdout;
    assert!(whole.contains("41 cars") && whole.contains("more trains"), "{whole}");
    assert!(whole.contains("2015-10-24"), "{whole}");
    let by_path = folder.run(&["show", "articles/train.txt"]).ends(0).stdout;
    assert_eq!(whole, by_path);
    let json = folder.run(&["show", "rec 1@1", "--json"]).ends(0).json();
    assert_eq!(json["article"], "rec 1");
    assert_eq!(json["author"], "Li Wei");
    assert_eq!(json["pieces"][0]["passage"], 1);
    let none = folder.run(&["show", "rec 1@9"]).ends(2);
    assert!(none.stderr.contains("passages 1 to 1"), "{}", none.stderr);
    folder.run(&["show", "nothing"]).ends(2);
}

#[test]
fn show_raw_shows_what_was_left_out_and_why() {
    let folder = Folder::new();
    let text = "A story about camels\n\nPin It\n\nThe camel walked along the old road for days, \
                and nobody asked it why it did so.\n\nPin It\n";
    folder.write("articles/page.txt", text.as_bytes());
    folder.run(&["index", "articles"]).ends(0);
    let raw = folder.run(&["show", "articles/page.txt", "--raw"]).ends(0).stdout;
    assert!(raw.contains("left out (share-row): Pin It"), "{raw}");
    let clean = folder.run(&["show", "articles/page.txt"]).ends(0).stdout;
    assert!(!clean.contains("Pin It"), "{clean}");
    let dropped = folder.run(&["status", "--dropped"]).ends(0).stdout;
    assert!(dropped.contains("articles/page.txt:3\tshare-row\tPin It"), "{dropped}");
}

#[test]
fn status_counts_what_the_index_holds() {
    let folder = Folder::indexed();
    let json = folder.run(&["status", "--json"]).ends(0).json();
    assert_eq!(json["roots"], serde_json::json!(["articles"]));
    assert_eq!(json["files"], 4);
    assert_eq!(json["articles"], 5);
    assert_eq!(json["languages"]["zh"], 1);
    assert_eq!(json["dates"]["from"], "2015-10-23");
    assert_eq!(json["dates"]["to"], "2017");
    assert_eq!(json["dates"]["undated"], 1);
    let text = folder.run(&["status"]).ends(0).stdout;
    assert!(text.contains("articles   5 ("), "{text}");
}

#[test]
fn a_file_that_cannot_be_read_is_counted_and_the_rest_is_indexed() {
    let folder = Folder::with_articles();
    folder.write(
        "articles/picture.txt",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x06\0\0",
    );
    let locked = folder.write("articles/locked.txt", b"a secret railway");
    lock(&locked);
    let is_locked = fs::read(&locked).is_err();
    let ran = folder.run(&["index", "articles"]).ends(0);
    assert!(ran.stderr.contains("left out: "), "{}", ran.stderr);
    let listed = folder.run(&["status", "--skipped"]).ends(0).stdout;
    assert!(listed.contains("articles/picture.txt\t"), "{listed}");
    // The super-user reads everything.
    assert_eq!(listed.contains("articles/locked.txt\tunreadable"), is_locked, "{listed}");
    folder.run(&["railway"]).ends(0);
}

#[cfg(unix)]
fn lock(path: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o000)).unwrap();
}

#[cfg(not(unix))]
fn lock(_: &std::path::Path) {}

#[test]
fn an_empty_folder_finds_nothing_and_says_why() {
    let folder = Folder::new();
    fs::create_dir(folder.path().join("empty")).unwrap();
    let ran = folder.run(&["--in", "empty", "railway"]).ends(1);
    assert!(ran.stderr.contains("empty holds nothing to search"), "{}", ran.stderr);
    let json = folder.run(&["railway", "--json"]).ends(1).json();
    assert_eq!(json["remarks"][0]["kind"], "index");
    folder.run(&["index", "empty"]).ends(0);
}

#[test]
fn help_version_completions_and_manual_are_data() {
    let folder = Folder::new();
    let help = folder.run(&["--help"]).ends(0).stdout;
    for word in ["--limit", "--in", "index", "run", "status", "completions", "Exit status"] {
        assert!(help.contains(word), "{word}: {help}");
    }
    assert!(help.lines().all(|it| it.chars().count() <= 100), "{help}");
    assert_eq!(help, folder.run(&["help"]).ends(0).stdout);
    let index = folder.run(&["help", "index"]).ends(0).stdout;
    assert!(index.contains("--rebuild"), "{index}");
    assert_eq!(index, folder.run(&["index", "--help"]).ends(0).stdout);
    let version = folder.run(&["-V"]).ends(0).stdout;
    assert_eq!(version, format!("search {}\n", env!("CARGO_PKG_VERSION")));
    for shell in ["bash", "zsh", "fish"] {
        let script = folder.run(&["completions", shell]).ends(0).stdout;
        assert!(script.contains("--limit") || script.contains("limit"), "{shell}");
    }
    assert!(folder.run(&["man"]).ends(0).stdout.contains(".TH search"));
    folder.run(&["completions", "tcsh"]).ends(2);
}

#[test]
fn eval_measures_rankings_and_compares_two_runs() {
    let folder = Folder::indexed();
    folder.write("queries.tsv", "a\tWuhan Moscow\nb\trailway\nc\tnot judged\n".as_bytes());
    folder.write("qrels.txt", b"a 0 articles/train.txt#1 1\nb 0 rec-2 1\nb 0 rec%201 1\nd 0 x 1\n");
    let arguments = ["eval", "--queries", "queries.tsv", "--qrels", "qrels.txt"];
    let ran = folder.run(&[&arguments[..], &["--json"]].concat()).ends(0);
    let json = ran.json();
    assert_eq!(json["queries"], 2, "{json}");
    assert_eq!(json["per_query"]["a"]["mrr_10"], 1.0, "{json}");
    assert_eq!(json["mean"]["recall_10"], 1.0, "{json}");
    folder.write("before.json", ran.stdout.as_bytes());
    let exact = [&arguments[..], &["--exact", "--compare", "before.json"]].concat();
    let text = folder.run(&exact).ends(0).stdout;
    assert!(text.starts_with("nDCG@10 ") && text.contains("0 better"), "{text}");
    folder.write("bad.txt", b"a 0 x\n");
    let bad = folder.run(&["eval", "--queries", "queries.tsv", "--qrels", "bad.txt"]).ends(2);
    assert!(bad.stderr.contains("bad.txt:1"), "{}", bad.stderr);
}

#[test]
fn lexicon_tells_what_means_the_same_and_topics_what_they_hold() {
    let folder = Folder::indexed();
    let one = folder.run(&["lexicon", "obor"]).ends(0).stdout;
    assert!(one.contains("一带一路") && one.contains("\tgiven"), "{one}");
    let all = folder.run(&["lexicon", "--json"]).ends(0).json();
    assert!(all["entries"].as_array().unwrap().len() > 10);
    folder.run(&["lexicon", "zzyzx"]).ends(1);
    let topics = folder.run(&["topics", "--json"]).ends(0).json();
    let topics = topics["topics"].as_array().unwrap();
    let sanctions = topics.iter().find(|it| it["name"] == "sanctions").unwrap();
    assert!(sanctions["passages"].as_u64().unwrap() >= 1, "{sanctions}");
    let text = folder.run(&["topics"]).ends(0).stdout;
    assert_eq!(text.lines().count(), topics.len());
}

#[test]
fn check_names_what_is_damaged_and_answers_come_from_the_index_before() {
    let folder = Folder::indexed();
    let whole = folder.run(&["check"]).ends(0).stdout;
    assert!(whole.starts_with("gen-1: ") && whole.contains("all as written"), "{whole}");
    folder.write("articles/camel.txt", b"The camel walked along the old road.\n");
    folder.run(&["index"]).ends(0);
    let texts = folder.path().join("index/gen-2").join(file_names::STORE);
    let mut bytes = fs::read(&texts).unwrap();
    // Past the head of the first document, in its text.
    bytes[12] ^= 1;
    fs::write(&texts, &bytes).unwrap();
    let damaged = folder.run(&["check", "--json"]).ends(2);
    let json = damaged.json();
    assert_eq!(json["problems"][0]["kind"], "damaged", "{json}");
    assert!(json["problems"][0]["message"].as_str().unwrap().contains(file_names::STORE), "{json}");
    assert!(damaged.stderr.contains("hint: "), "{}", damaged.stderr);
    // Damage that only the search meets: the index before answers, and says why.
    let met = folder.run(&["军事政治联盟", "--json"]).ends(0).json();
    assert!(met["hits"][0]["path"] == "articles/alliance.txt", "{met}");
    let remark = met["remarks"][0]["text"].as_str().unwrap();
    assert!(remark.contains("answering from gen-1"), "{met}");
    // A file that is too short is seen at once, by every command.
    fs::write(&texts, &bytes[..bytes.len() - 1]).unwrap();
    let older = folder.run(&["railway", "--json"]).ends(0).json();
    assert_eq!(older["remarks"][0]["kind"], "index", "{older}");
    let status = folder.run(&["status"]).ends(0);
    assert!(status.stderr.contains("answering from gen-1"), "{}", status.stderr);
    folder.run(&["index", "--rebuild"]).ends(0);
    folder.run(&["check"]).ends(0);
}

#[test]
fn check_compares_the_index_with_its_files() {
    let folder = Folder::indexed();
    let told = folder.run(&["check", "--sources"]).ends(0).stdout;
    assert!(told.contains("sources: 4 files, "), "{told}");
    let json = folder.run(&["check", "--sources", "--json"]).ends(0).json();
    assert_eq!(json["sources"]["passages_compared"], json["sources"]["passages_searched"]);
    assert!(json["sources"]["passages_searched"].as_u64().unwrap() >= 5, "{json}");
    folder.write("articles/camel.txt", b"The camel walked along the old road.\n");
    folder.write("articles/sanctions.md", b"# Sanctions\n\nThe sanctions were lifted.\n");
    fs::remove_file(folder.path().join("articles/alliance.txt")).unwrap();
    let stale = folder.run(&["check", "--sources"]).ends(1).stdout;
    for line in
        ["new: articles/camel.txt", "changed: articles/sanctions.md", "gone: articles/alliance.txt"]
    {
        assert!(stale.lines().any(|it| it == line), "{stale}");
    }
    folder.run(&["index"]).ends(0);
    folder.run(&["check", "--sources"]).ends(0);
}

#[test]
fn check_tells_a_file_that_changed_behind_its_time() {
    let folder = Folder::with_articles();
    let path = folder.path().join("articles/sanctions.md");
    let old = fs::metadata(&path).unwrap().modified().unwrap() - std::time::Duration::from_secs(60);
    let set = |bytes: &[u8]| {
        fs::write(&path, bytes).unwrap();
        fs::File::options().append(true).open(&path).unwrap().set_modified(old).unwrap();
    };
    set(b"# Sanctions\n\nThe ruble was cheap.\n");
    folder.run(&["index", "articles"]).ends(0);
    // As long and as old as the file that was read: only reading it again tells.
    set(b"# Sanctions\n\nThe ruble was solid.\n");
    folder.run(&["index"]).ends(0);
    let told = folder.run(&["check", "--sources"]).ends(2).stdout;
    assert!(told.contains("not as its file has it: articles/sanctions.md#1@1"), "{told}");
}

#[test]
fn a_second_writer_waits_where_it_is_told_to() {
    waits(&["index", "--wait"]);
    waits(&["--in", "articles", "--wait", "camel"]);
    // Nothing is written by a query alone.
    Folder::indexed().run(&["--wait", "camel"]).ends(2);
}

/// Runs a command that writes while another writer holds the lock.
#[track_caller]
fn waits(words: &[&str]) {
    let folder = Folder::indexed();
    folder.write("articles/camel.txt", b"The camel walked along the old road.\n");
    let lock = fs::File::options().write(true).open(folder.path().join("index/lock")).unwrap();
    lock.try_lock().unwrap();
    let refused = folder.run(&["index"]).ends(2);
    assert!(refused.stderr.contains("being written by process"), "{}", refused.stderr);
    assert!(refused.stderr.contains("hint: `search index --wait`"), "{}", refused.stderr);
    let mut waiting = folder.program();
    waiting.args(words).stdout(std::process::Stdio::null()).stderr(std::process::Stdio::piped());
    let mut child = waiting.spawn().unwrap();
    let mut told = std::io::BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    std::io::BufRead::read_line(&mut told, &mut line).unwrap();
    assert!(line.starts_with("waiting: ") && line.contains("being written by"), "{line}");
    drop(lock);
    assert!(child.wait().unwrap().success());
    folder.run(&["camel"]).ends(0);
}

#[test]
fn bench_times_answers_that_it_checked_and_compares_runs() {
    let folder = Folder::indexed();
    let short = ["bench", "--count", "12", "--rounds", "2", "--cold", "4"];
    let before = folder.run(&[&short[..], &["--json"]].concat()).ends(0);
    let json = before.json();
    let queries = json["queries"].as_array().unwrap();
    assert!(queries.len() >= 6, "{json}");
    assert!(queries.iter().all(|it| it["total"].as_u64().unwrap() > 0), "{json}");
    assert_eq!(json["warm"]["samples"], 2 * queries.len());
    assert_eq!(json["cold"]["samples"], 4);
    let p = |name: &str| json["warm"][name]["median"].as_f64().unwrap();
    assert!(0.0 < p("p50_us") && p("p50_us") <= p("p99_us") && p("p99_us") <= p("max_us"));
    let bars = json["histogram"].as_array().unwrap();
    let counted: u64 = bars.iter().map(|it| it["count"].as_u64().unwrap()).sum();
    assert_eq!(json["warm"]["samples"], counted);
    folder.write("before.json", before.stdout.as_bytes());
    let more = ["--cold", "0", "--compare", "before.json", "--plot", "times.svg"];
    let text = folder.run(&[&short[..], &more].concat()).ends(0).stdout;
    assert!(text.contains("× the earlier time") && text.contains("answers a second"), "{text}");
    assert!(text.lines().all(|it| it.chars().count() <= 80), "{text}");
    let plot = std::fs::read_to_string(folder.path().join("times.svg")).unwrap();
    assert!(plot.starts_with("<svg") && plot.ends_with("</svg>\n"), "{plot}");
}

#[test]
fn bench_asks_what_the_file_asks_and_says_what_it_cannot() {
    let folder = Folder::indexed();
    folder.write("queries.tsv", "1\tWuhan Moscow\nnothinglikeit\n军事政治联盟\n".as_bytes());
    let asked = ["bench", "--queries", "queries.tsv", "--rounds", "1", "--cold", "2", "--json"];
    let json = folder.run(&asked).ends(0).json();
    let totals: Vec<_> =
        json["queries"].as_array().unwrap().iter().map(|it| &it["total"]).collect();
    assert_eq!(totals.len(), 3);
    assert!(totals[0].as_u64() > Some(0) && totals[1] == 0, "{json}");
    folder.write("other.json", b"{}");
    let bad = folder.run(&["bench", "--compare", "other.json"]).ends(2);
    assert!(bad.stderr.contains("other.json") && bad.stderr.contains("hint: "), "{}", bad.stderr);
    folder.write("empty.tsv", b"\n");
    folder.run(&["bench", "--queries", "empty.tsv"]).ends(2);
    folder.run(&["bench", "--rounds", "0"]).ends(2);
}
