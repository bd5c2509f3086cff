//! What the package is made of: licences that anybody can use, from the one registry, and for the
//! library alone no crate that only the program needs.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The licences that `deny.toml` allows.
fn allowed() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let deny: toml::Table = fs::read_to_string(root.join("deny.toml")).unwrap().parse().unwrap();
    let names = deny["licenses"]["allow"].as_array().unwrap().iter();
    names.map(|it| it.as_str().unwrap().to_owned()).collect()
}

/// Whether one may use it by allowed licences alone: an expression of SPDX, or the older `A/B`.
fn is_allowed(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let spaced = spaced.replace(" WITH ", "+WITH+");
    let mut words = spaced.split_whitespace().peekable();
    return any(&mut words, allowed);

    type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;
    fn any(words: &mut Words<'_>, allowed: &[String]) -> bool {
        let mut is = all(words, allowed);
        while words.next_if_eq(&"OR").is_some() {
            is |= all(words, allowed);
        }
        is
    }
    fn all(words: &mut Words<'_>, allowed: &[String]) -> bool {
        let mut is = one(words, allowed);
        while words.next_if_eq(&"AND").is_some() {
            is &= one(words, allowed);
        }
        is
    }
    fn one(words: &mut Words<'_>, allowed: &[String]) -> bool {
        match words.next() {
            Some("(") => {
                let is = any(words, allowed);
                words.next();
                is
            }
            Some(name) => allowed.contains(&name.replace("+WITH+", " WITH ")),
            None => false,
        }
    }
}

#[test]
fn an_expression_is_allowed_where_one_way_through_it_is() {
    let allowed = ["MIT", "Zlib", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned);
    for (expression, expected) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("MIT OR GPL-3.0", true),
        ("MIT AND GPL-3.0", false),
        ("(GPL-3.0 OR MIT) AND Zlib", true),
        ("GPL-3.0/MIT", true),
        ("GPL-3.0 OR Apache-2.0 WITH LLVM-exception", true),
    ] {
        assert_eq!(is_allowed(expression, &allowed), expected, "{expression}");
    }
}

#[test]
fn every_dependency_has_an_allowed_licence_and_comes_from_the_registry() {
    let told = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
    let (allowed, mut wrong) = (allowed(), Vec::new());
    for package in metadata["packages"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        let licence = package["license"].as_str().unwrap_or_default();
        if !is_allowed(licence, &allowed) {
            wrong.push(format!("{name}: {licence:?}"));
        }
        let source = package["source"].as_str().unwrap_or("path");
        let is_own = source == "path" && name == "passages";
        if !is_own && !source.starts_with("registry+https://github.com/rust-lang/crates.io-index") {
            wrong.push(format!("{name}: from {source}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// The names of the crates that are compiled with these flags.
fn crates(flags: &[&str]) -> BTreeSet<String> {
    let told = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "--edges", "normal", "--prefix", "none"])
        .args(flags)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let told = String::from_utf8(told.stdout).unwrap();
    told.lines().filter_map(|it| it.split(' ').next()).map(str::to_owned).collect()
}

#[test]
fn the_library_alone_compiles_no_crate_of_the_program() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let package: toml::Table =
        fs::read_to_string(root.join("Cargo.toml")).unwrap().parse().unwrap();
    let of_program = package["features"]["cli"].as_array().unwrap().iter();
    let of_program = of_program.filter_map(|it| it.as_str().unwrap().strip_prefix("dep:"));
    let (whole, library) = (crates(&[]), crates(&["--no-default-features"]));
    let mut count = 0;
    for name in of_program {
        count += 1;
        assert!(whole.contains(name) && !library.contains(name), "{name}");
    }
    assert!(count > 0 && library.contains("tantivy"));
}
