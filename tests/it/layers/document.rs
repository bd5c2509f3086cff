//! The modules in ARCHITECTURE.md are written by this file, so that the document cannot lie: the
//! diagram and the table between its markers are made of `LAYERS` and of the first sentence of
//! each module. `UPDATE_EXPECT=1 cargo test --test it layers` renews them.

use std::collections::BTreeSet;
use std::fs;

use super::{LAYERS, root};

const DOCUMENT: &str = "ARCHITECTURE.md";
const BEGIN: &str = "<!-- layers: written by tests/it/layers/document.rs -->\n";
const END: &str = "<!-- /layers -->\n";

#[test]
fn the_document_shows_the_layers_as_they_are() {
    let path = root().join(DOCUMENT);
    let text = fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(BEGIN).expect("the marker of the layers");
    let (found, after) = rest.split_once(END).expect("the marker of the layers' end");
    let expected = generated();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, format!("{before}{BEGIN}{expected}{END}{after}")).unwrap();
        return;
    }
    assert_eq!(found, expected, "`UPDATE_EXPECT=1 cargo test --test it layers` renews it");
}

/// Every module with those it may name, lowest first; the program stands on all of them.
fn rows() -> Vec<(&'static str, Vec<&'static str>)> {
    let mut rows: Vec<_> = LAYERS.iter().map(|(it, names)| (*it, names.to_vec())).collect();
    rows.push(("cli", LAYERS.iter().map(|it| it.0).collect()));
    rows
}

fn generated() -> String {
    let rows = rows();
    let mut out = String::from("\n```mermaid\nflowchart TB\n");
    for (module, names) in &rows {
        let names: Vec<&str> = direct(&rows, names).into_iter().collect();
        if !names.is_empty() {
            out.push_str(&format!("    {module} --> {}\n", names.join(" & ")));
        }
    }
    out.push_str("```\n\nArrows that follow from others are left out.\n\n");
    out.push_str("| module | one line | may name |\n|---|---|---|\n");
    for (at, (module, names)) in rows.iter().enumerate() {
        let names = match names.len() {
            0 => "–".to_owned(),
            count if count == at && at > 1 => "all above".to_owned(),
            _ => names.join(", "),
        };
        out.push_str(&format!("| `{module}` | {} | {names} |\n", first_sentence(module)));
    }
    out.push('\n');
    out
}

/// Those of `names` that none of the others leads to.
fn direct<'a>(rows: &[(&str, Vec<&'a str>)], names: &[&'a str]) -> Vec<&'a str> {
    let below = |module: &str| {
        let mut found = BTreeSet::new();
        let mut waiting = vec![module];
        while let Some(at) = waiting.pop() {
            let row = rows.iter().find(|it| it.0 == at);
            for name in row.into_iter().flat_map(|it| &it.1) {
                if found.insert(*name) {
                    waiting.push(name);
                }
            }
        }
        found
    };
    let led_to: BTreeSet<&str> = names.iter().flat_map(|it| below(it)).collect();
    names.iter().copied().filter(|it| !led_to.contains(it)).collect()
}

/// The first sentence of a module's own words, without its full stop.
fn first_sentence(module: &str) -> String {
    let src = root().join("src");
    let files = [src.join(format!("{module}.rs")), src.join(module).join("mod.rs")];
    let text = files.iter().find_map(|it| fs::read_to_string(it).ok()).expect("a file or folder");
    let lines = text.lines().map_while(|it| it.strip_prefix("//!")).map(str::trim);
    let paragraph = lines.take_while(|it| !it.is_empty()).collect::<Vec<_>>().join(" ");
    let sentence = paragraph.split(". ").next().unwrap_or_default().trim_end_matches('.');
    assert!(!sentence.is_empty(), "`{module}` says in no `//!` what it is");
    sentence.replace("[`", "`").replace("`]", "`").replace('|', "\\|")
}

#[test]
fn arrows_that_follow_from_others_are_left_out() {
    let rows = [("a", vec![]), ("b", vec!["a"]), ("c", vec!["a", "b"]), ("d", vec!["a", "c"])];
    assert_eq!(direct(&rows, &["a", "b"]), ["b"]);
    assert_eq!(direct(&rows, &["a", "c"]), ["c"]);
    assert_eq!(direct(&rows, &["a"]), ["a"]);
    assert_eq!(direct(&rows, &[]), [""; 0]);
}
