//! The command line as a contract, on the built program: what fails, and how it says so.

use std::ffi::OsString;
use std::fs::OpenOptions;
use std::path::Path;
use std::process::Stdio;

use crate::program::built_program::Folder;

/// Fails unless the arguments end in status 2 with one sentence and a hint, and with `--json`
/// also in an object on standard output.
#[track_caller]
fn check(folder: &Folder, arguments: &[&str], kind: &str, says: &str) {
    let ran = folder.run(arguments).ends(2);
    assert_eq!(ran.stdout, "", "data only");
    let mut lines = ran.stderr.lines();
    let message = lines.next().unwrap_or_default().strip_prefix("error: ").unwrap();
    assert!(message.contains(says), "`{says}` in {message}");
    assert!(!message.ends_with('.') && message.len() < 300, "{message}");
    assert!(lines.next().is_some_and(|it| it.starts_with("hint: ")), "{}", ran.stderr);
    assert_eq!(lines.next(), None, "{}", ran.stderr);
    let ran = folder.run(&[arguments, &["--json"]].concat()).ends(2);
    let error = &ran.json()["error"];
    assert_eq!(error["kind"], kind, "{error}");
    assert_eq!(error["message"], message);
    assert!(error["hint"].is_string(), "{error}");
}

#[test]
fn every_error_has_a_sentence_a_hint_and_json() {
    let folder = Folder::indexed();
    check(&folder, &["--index", "nowhere", "railway"], "no_index", "nowhere");
    check(&folder, &["--index", "nowhere", "status"], "no_index", "nowhere");
    check(&folder, &["--in", "nowhere", "railway"], "no_source", "nowhere");
    check(&folder, &["index", "nowhere"], "no_source", "nowhere");
    check(&folder, &["show", "nothing"], "no_article", "`nothing`");
    check(&folder, &["railway", "--limt", "3"], "usage", "--limt");
    check(&folder, &["railway", "-n", "many"], "usage", "many");
    check(&folder, &["railway", "--from", "2015-13"], "usage", "2015-13");
    check(&folder, &["railway", "--from", "2016", "--to", "2015"], "usage", "later than");
    check(&folder, &["railway", "--lang", "fr"], "usage", "fr");
    check(&folder, &["railway", "--index", ""], "usage", "empty");
    check(&folder, &["run"], "usage", "QUERIES");
    check(&folder, &["run", "nowhere.tsv"], "io", "nowhere.tsv");
    check(&folder, &["status", "of", "Taiwan"], "usage", "of");
}

#[test]
fn a_query_that_asks_for_nothing_is_an_error_and_punctuation_is_not() {
    let folder = Folder::indexed();
    check(&folder, &[""], "empty_query", "empty");
    check(&folder, &["  ", "\t"], "empty_query", "empty");
    check(&folder, &["-railway"], "only_negative", "not occur");
    folder.run(&["?!", "..."]).ends(1);
    let bare = folder.run::<&str>(&[]).ends(2);
    assert!(bare.stderr.contains("search --help"), "{}", bare.stderr);
}

#[test]
fn a_query_over_a_cap_is_a_clear_error() {
    let folder = Folder::indexed();
    let long = "railway ".repeat(100 * 1024 / 8);
    let ran = folder.run_with_input(&["-", "--json"], long.as_bytes()).ends(2);
    assert_eq!(ran.json()["error"]["kind"], "query_too_long");
    let argument = folder.run(&[long.as_str()]).ends(2);
    assert!(argument.stderr.contains("bytes"), "{}", argument.stderr);
    for deep in ["(".repeat(5_000), "(".repeat(5_000) + "a" + &")".repeat(5_000)] {
        let ran = folder.run(&[deep.as_str(), "--json"]).ends(2);
        let kind = ran.json()["error"]["kind"].clone();
        assert!(kind == "query_too_long" || kind == "query_too_deep", "{kind}");
    }
    let deep = "(".repeat(100) + "a" + &")".repeat(100);
    check(&folder, &[deep.as_str()], "query_too_deep", "deep");
}

#[test]
fn a_form_that_is_json_gets_its_errors_as_json() {
    let folder = Folder::new();
    for arguments in [
        &["railway", "--format", "json"][..],
        &["railway", "--format=jsonl"],
        &["--format", "jsonl", "run", "-"],
    ] {
        assert_eq!(folder.run(arguments).ends(2).json()["error"]["kind"], "no_index");
    }
    assert_eq!(folder.run(&["railway", "--format", "trec"]).ends(2).stdout, "");
}

#[cfg(unix)]
#[test]
fn arguments_that_are_not_utf8_are_one_error() {
    use std::os::unix::ffi::OsStringExt;
    let folder = Folder::indexed();
    let wrong = OsString::from_vec(b"rail\xff\x1bway".to_vec());
    let ran = folder.run(&[OsString::from("--json"), wrong]).ends(2);
    assert!(ran.stderr.contains("argument 2 is not valid UTF-8"), "{}", ran.stderr);
    assert!(!ran.stderr.contains('\u{1b}'), "{:?}", ran.stderr);
    assert_eq!(ran.json()["error"]["kind"], "usage");
}

#[test]
fn a_closed_pipe_is_success() {
    let folder = Folder::indexed();
    for arguments in [&["railway"][..], &["railway", "--json"], &["man"], &["status"], &["--help"]]
    {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let child = folder.program().args(arguments).stdout(writer).stderr(Stdio::piped()).spawn();
        let output = child.unwrap().wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(!stderr.contains("panic") && !stderr.contains("error"), "{stderr}");
    }
}

#[test]
fn a_closed_pipe_ends_a_long_run_early() {
    let folder = Folder::indexed();
    let queries = "railway\n".repeat(20_000);
    folder.write("queries.txt", queries.as_bytes());
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut program = folder.program();
    let output = program.args(["run", "queries.txt"]).stdout(writer).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_full_device_is_an_error() {
    let full = Path::new("/dev/full");
    if !full.exists() {
        println!("skipped: this system has no /dev/full");
        return;
    }
    let folder = Folder::indexed();
    for arguments in [&["railway"][..], &["railway", "--json"], &["status"], &["man"]] {
        let device = OpenOptions::new().write(true).open(full).unwrap();
        let child = folder.program().args(arguments).stdout(device).stderr(Stdio::piped()).spawn();
        let output = child.unwrap().wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(stderr.contains("error: standard output: "), "{stderr}");
    }
}

#[test]
fn a_closed_standard_error_does_no_harm() {
    let folder = Folder::indexed();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = folder.program().arg("railway").stderr(writer).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(!output.stdout.is_empty());
}
