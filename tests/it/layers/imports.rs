//! Which files of the package a file names, read off its text: `use` lines and paths alike.
//!
//! No compiler is asked. Comments and strings are left out, `crate::`, `self::` and `super::` are
//! followed from module to module, and a name that a module takes in by `use` (so above all what a
//! `mod.rs` re-exports) is followed to the file that defines it. Macros are read as they stand.

use std::collections::{BTreeMap, BTreeSet};

/// The files of a package, by their path below `src/`: `index/mod.rs`, `lib.rs`.
pub(crate) struct Sources {
    files: BTreeMap<String, Source>,
}

/// What a path leads to, and what was wrong on the way.
#[derive(Debug, Default)]
pub(crate) struct Imports {
    /// The files that a file names, with the names it takes from each.
    pub(crate) files: BTreeMap<String, BTreeSet<String>>,
    /// Paths that go into a folder from outside without stopping at its `mod.rs`.
    pub(crate) intrusions: Vec<String>,
}

struct Source {
    /// `["index", "read"]` for `index/read/mod.rs`.
    module: Vec<String>,
    paths: Vec<Written>,
}

/// One path as it is written; a tree of a `use` line is many.
struct Written {
    segments: Vec<String>,
    /// How many modules within the file it stands in, as in `mod tests { … }`.
    depth: usize,
    /// The name by which a `use` line takes it in; `*` is all.
    alias: Option<String>,
}

/// Where a walk along a path has come to.
enum Place<'a> {
    Module(&'a str),
    Item(&'a str),
}

/// A chain of re-exports that is longer goes round in a circle.
const MOST_HOPS: usize = 4;

impl Sources {
    /// Reads files given as (path below `src/`, text).
    pub(crate) fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let read = |(path, text): (&str, &str)| {
            let source = Source { module: module_of(path), paths: paths(&tokens(text)) };
            (path.to_owned(), source)
        };
        Self { files: files.into_iter().map(read).collect() }
    }

    /// The paths of the files, in order.
    pub(crate) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The files that a file names.
    pub(crate) fn imports(&self, file: &str) -> Imports {
        let mut imports = Imports::default();
        for path in &self.files[file].paths {
            let place = self.walk(file, path, 0, &mut Some(&mut imports.intrusions));
            // A module that is only brought into scope is not yet used: paths through it tell what
            // is taken, and from which of its files. All of it is.
            let target = match place {
                Some(Place::Item(target)) => target,
                Some(Place::Module(target)) if path.alias.as_deref() == Some("*") => target,
                _ => continue,
            };
            if target != file {
                let name = path.segments.last().cloned().unwrap_or_default();
                imports.files.entry(target.to_owned()).or_default().insert(name);
            }
        }
        imports
    }

    /// Follows a path from the file that it stands in; nothing where it leaves the package.
    fn walk<'a>(
        &'a self,
        file: &'a str,
        path: &Written,
        hops: usize,
        intrusions: &mut Option<&mut Vec<String>>,
    ) -> Option<Place<'a>> {
        let here = &self.files[file].module;
        let mut segments = path.segments.iter().map(String::as_str).peekable();
        let mut depth = path.depth;
        let mut at: &str = match *segments.peek()? {
            "crate" | "passages" => {
                segments.next();
                self.file_of(&[])?
            }
            "self" if depth == 0 => {
                segments.next();
                file
            }
            "super" => {
                let mut module = here.as_slice();
                while segments.next_if_eq(&"super").is_some() {
                    if depth > 0 {
                        depth -= 1;
                    } else {
                        module = module.split_last()?.1;
                    }
                }
                self.file_of(module)?
            }
            // A name that is in scope: a module below this one, or one that was taken in.
            name => match self.step(file, name, path.segments.len() == 1, hops, Some(path))? {
                Place::Module(found) => {
                    segments.next();
                    found
                }
                Place::Item(found) => return (found != file).then_some(Place::Item(found)),
            },
        };
        while let Some(name) = segments.next() {
            let is_last = segments.peek().is_none();
            match self.step(at, name, is_last, hops, None) {
                // `commands::run(…)` is the function, though there is a module of that name.
                Some(Place::Module(_)) if is_last && path.alias.is_none() => {
                    return Some(Place::Item(at));
                }
                Some(Place::Module(found)) => {
                    let is_child = self.files[found].module.len()
                        == self.files[at].module.len() + 1
                        && self.files[found].module.starts_with(&self.files[at].module);
                    let is_inside = here.starts_with(&self.files[at].module);
                    if is_child
                        && !is_inside
                        && let Some(list) = intrusions
                    {
                        list.push(path.segments.join("::"));
                    }
                    at = found;
                }
                Some(Place::Item(found)) => return Some(Place::Item(found)),
                None => return Some(Place::Item(at)),
            }
        }
        Some(Place::Module(at))
    }

    /// One step of a path: what a module calls `name`; nothing where it takes in no such name, so
    /// that the module itself must define it. `path` is the one that stands in this very module,
    /// where it is the first step.
    fn step<'a>(
        &'a self,
        file: &'a str,
        name: &str,
        is_last: bool,
        hops: usize,
        path: Option<&Written>,
    ) -> Option<Place<'a>> {
        let mut child = self.files[file].module.clone();
        child.push(name.to_owned());
        let child = self.file_of(&child);
        // `mod grammar; use grammar::of as grammar;`: at the end of a path the function is meant.
        if let Some(child) = child.filter(|_| !is_last) {
            return Some(Place::Module(child));
        }
        if hops < MOST_HOPS {
            let taken = |it: &&Written| {
                let is_itself = path.is_some_and(|path| std::ptr::eq(*it, path));
                let is_in_scope = it.depth <= path.map_or(0, |path| path.depth);
                it.alias.as_deref() == Some(name) && is_in_scope && !is_itself
            };
            let mut named = self.files[file].paths.iter().filter(taken);
            if let Some(place) = named.find_map(|it| self.walk(file, it, hops + 1, &mut None)) {
                return Some(place);
            }
            // What a glob takes in is not looked for by way of other globs.
            let is_glob = path.is_some_and(|it| it.alias.as_deref() == Some("*"));
            let all = |it: &&Written| !is_glob && it.alias.as_deref() == Some("*") && it.depth == 0;
            for glob in self.files[file].paths.iter().filter(all) {
                let Some(Place::Module(from)) = self.walk(file, glob, hops + 1, &mut None) else {
                    continue;
                };
                if let Some(place) = self.step(from, name, is_last, hops + 1, None) {
                    return Some(place);
                }
            }
        }
        child.map(Place::Module)
    }

    /// The file of a module.
    fn file_of(&self, module: &[String]) -> Option<&str> {
        let joined = module.join("/");
        let names = match module {
            [] => ["lib.rs".to_owned(), "main.rs".to_owned()],
            _ => [format!("{joined}.rs"), format!("{joined}/mod.rs")],
        };
        names.iter().find_map(|it| self.files.get_key_value(it)).map(|(path, _)| path.as_str())
    }
}

fn module_of(path: &str) -> Vec<String> {
    let path = path.trim_end_matches(".rs");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    match path {
        "lib" | "main" => Vec::new(),
        _ => path.split('/').map(str::to_owned).collect(),
    }
}

/// The words and signs of a source, without comments, strings, characters and lifetimes.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let word = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        let length = match first {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => block_comment(rest),
            '"' => string(rest),
            'r' | 'b' | 'c' if is_prefix(&rest[..word]) && rest[word..].starts_with(['"', '#']) => {
                word + raw_or_plain(&rest[word..], rest[..word].contains('r'))
            }
            '\'' => character(rest),
            ':' if rest.starts_with("::") => 2,
            _ if word > 0 => word,
            _ => first.len_utf8(),
        };
        let token = &rest[..length];
        let is_kept =
            token == "::" || word > 0 && length == word || "{}*,;#=<>()[]!".contains(token);
        if is_kept {
            tokens.push(token);
        }
        rest = &rest[length..];
    }
    tokens
}

fn is_prefix(word: &str) -> bool {
    ["r", "b", "c", "br", "cr"].contains(&word)
}

fn raw_or_plain(rest: &str, is_raw: bool) -> usize {
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    if !is_raw {
        return if hashes == 0 { string(rest) } else { 0 };
    }
    if !rest[hashes..].starts_with('"') {
        // `r#type` is a name.
        return 0;
    }
    let end = format!("\"{}", "#".repeat(hashes));
    let start = hashes + 1;
    rest[start..].find(&end).map_or(rest.len(), |it| start + it + end.len())
}

/// The length of a string that begins here, its quotes included.
fn string(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The length of a character, or of the quote alone where a lifetime begins.
fn character(rest: &str) -> usize {
    let mut characters = rest.char_indices().skip(1);
    match characters.next() {
        Some((_, '\\')) => {
            let after = rest.char_indices().skip(3);
            after.filter(|it| it.1 == '\'').map(|it| it.0 + 1).next().unwrap_or(rest.len())
        }
        Some(_) => match characters.next() {
            Some((at, '\'')) => at + 1,
            _ => 1,
        },
        None => 1,
    }
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    loop {
        let Some(next) = rest[at..].find(['/', '*']).map(|it| at + it) else { return rest.len() };
        match rest.get(next..next + 2) {
            Some("/*") => (depth, at) = (depth + 1, next + 2),
            Some("*/") => (depth, at) = (depth - 1, next + 2),
            _ => at = next + 1,
        }
        if depth == 0 {
            return at;
        }
    }
}

/// Every path of a source, with the names that `use` lines give them.
fn paths(tokens: &[&str]) -> Vec<Written> {
    let mut found = Vec::new();
    // For each open brace whether it is a module's.
    let mut braces = Vec::new();
    let mut at = 0;
    while let Some(&token) = tokens.get(at) {
        let depth = braces.iter().filter(|it| **it).count();
        match token {
            "{" => {
                let before = at.checked_sub(2).and_then(|it| tokens.get(it));
                braces.push(before == Some(&"mod"));
                at += 1;
            }
            "}" => {
                braces.pop();
                at += 1;
            }
            "use" => {
                at = tree(tokens, at + 1, &[], depth, &mut found);
            }
            _ if is_name(token) => {
                let end = path_end(tokens, at);
                if end > at + 1 {
                    let segments = segments(&tokens[at..end]);
                    found.push(Written { segments, depth, alias: None });
                }
                at = end;
            }
            _ => at += 1,
        }
    }
    found
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

fn segments(tokens: &[&str]) -> Vec<String> {
    tokens.iter().filter(|it| **it != "::").map(|it| (*it).to_owned()).collect()
}

/// Where a path that begins at `at` ends: names parted by `::`.
fn path_end(tokens: &[&str], mut at: usize) -> usize {
    while tokens.get(at + 1) == Some(&"::") && tokens.get(at + 2).is_some_and(|it| is_name(it)) {
        at += 2;
    }
    at + 1
}

/// Reads one tree of a `use` line and gives where it ends.
fn tree(
    tokens: &[&str],
    mut at: usize,
    before: &[String],
    depth: usize,
    found: &mut Vec<Written>,
) -> usize {
    let mut path = before.to_vec();
    while let Some(&token) = tokens.get(at) {
        at += 1;
        match token {
            "::" => continue,
            "*" => {
                found.push(Written { segments: path, depth, alias: Some("*".to_owned()) });
                return at;
            }
            "{" => {
                while tokens.get(at).is_some_and(|it| *it != "}") {
                    at = tree(tokens, at, &path, depth, found);
                    at += usize::from(tokens.get(at) == Some(&","));
                }
                return at + 1;
            }
            "self" if !before.is_empty() => {}
            name if is_name(name) => path.push(name.to_owned()),
            _ => return at,
        }
        if tokens.get(at) != Some(&"::") {
            let mut alias = path.last().cloned();
            if tokens.get(at) == Some(&"as") {
                alias = tokens.get(at + 1).map(|it| (*it).to_owned());
                at += 2;
            }
            found.push(Written { segments: path, depth, alias });
            return at;
        }
    }
    at
}
