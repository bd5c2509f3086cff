//! Which module may name which others, and which files and folders may: `files` holds the rules on
//! files, `document` the diagram in ARCHITECTURE.md.

mod document;
mod files;
mod imports;

use std::fs;
use std::path::{Path, PathBuf};

/// Every module of the library and the modules it may name, lowest first.
const LAYERS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("budget", &[]),
    ("date", &["text"]),
    ("source", &["text", "budget"]),
    ("article", &["text", "budget", "date", "source"]),
    ("passage", &["text", "article"]),
    ("duplicate", &["text"]),
    ("lexicon", &["text"]),
    ("analysis", &["text", "lexicon"]),
    (
        "index",
        &[
            "text",
            "budget",
            "date",
            "source",
            "article",
            "passage",
            "duplicate",
            "lexicon",
            "analysis",
        ],
    ),
    ("query", &["text", "date", "analysis"]),
    ("rank", &["text"]),
    ("hit", &["text", "date", "article", "analysis", "query", "rank"]),
    (
        "searcher",
        &["text", "date", "article", "lexicon", "analysis", "index", "query", "rank", "hit"],
    ),
    ("library", &["date", "source", "index", "query", "hit", "searcher"]),
    ("show", &["text", "date", "article", "query", "rank", "hit"]),
    ("measure", &["text"]),
];

/// The dependencies that only some modules may name.
const OWNERS: &[(&str, &[&str])] = &[
    ("pinyin", &["lexicon"]),
    ("tantivy", &["index", "searcher"]),
    ("frostem", &["analysis"]),
    ("html5ever", &["article"]),
    ("jieba_rs", &["analysis"]),
    ("unicode_segmentation", &["text", "analysis"]),
    ("clap", &["cli"]),
    ("serde_json", &["source", "index", "show", "serve", "cli"]),
    ("std::net", &["serve"]),
    ("std::fs", &["source", "index", "measure", "cli"]),
];

#[test]
fn modules_name_only_lower_layers() {
    let mut wrong = Vec::new();
    for (path, module, code) in sources() {
        for name in named_after(&code, "crate::") {
            let known = LAYERS.iter().any(|(it, _)| *it == name);
            if known && name != module && !uses(&module).contains(&name) {
                wrong.push(format!("{}: `{module}` may not use `{name}`", path.display()));
            }
        }
        for (name, owners) in OWNERS {
            if code.contains(&format!("{name}::")) && !owners.contains(&module.as_str()) {
                wrong.push(format!("{}: only {owners:?} may use `{name}`", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn layers_have_no_cycles() {
    for (at, (module, uses)) in LAYERS.iter().enumerate() {
        for it in *uses {
            assert!(LAYERS[..at].iter().any(|(lower, _)| lower == it), "{module} -> {it}");
        }
    }
}

#[test]
fn every_test_file_is_a_module() {
    let dir = root().join("tests/it");
    for path in rust_files(&dir) {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let folder = path.parent().unwrap();
        // A room is declared by the binary, a file by the `mod.rs` of its room.
        let (name, declares) = match name {
            "main" => continue,
            "mod" => (folder.file_name().unwrap().to_str().unwrap(), dir.join("main.rs")),
            _ if folder == dir => (name, dir.join("main.rs")),
            // The parts of `layers.rs` lie in `layers/`.
            _ if folder.with_extension("rs").is_file() => (name, folder.with_extension("rs")),
            _ => (name, folder.join("mod.rs")),
        };
        let declared = fs::read_to_string(declares).unwrap();
        assert!(declared.contains(&format!("mod {name};")), "{} never runs", path.display());
    }
}

/// The modules that `module` may name; the binary's own modules are held by the compiler.
fn uses(module: &str) -> &'static [&'static str] {
    if module == "cli" || module == "serve" {
        return &[];
    }
    let row = LAYERS.iter().find(|(it, _)| *it == module);
    row.unwrap_or_else(|| panic!("`{module}` stands in no layer")).1
}

/// The first path segment after each `prefix` in `code`.
fn named_after<'a>(code: &'a str, prefix: &'a str) -> impl Iterator<Item = &'a str> {
    let after = code.match_indices(prefix).map(|(at, it)| &code[at + it.len()..]);
    after.map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap())
}

/// Path, top module and text of every file below src/ but the two roots.
fn sources() -> Vec<(PathBuf, String, String)> {
    let src = root().join("src");
    let below = rust_files(&src).into_iter().map(|path| {
        let top = path.strip_prefix(&src).unwrap().iter().next().unwrap().to_str().unwrap();
        (path.clone(), top.trim_end_matches(".rs").to_owned(), fs::read_to_string(&path).unwrap())
    });
    below.filter(|(_, module, _)| module != "lib" && module != "main").collect()
}

fn rust_files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
