//! What holds for the files below `src/`, and for its folders, which are called rooms here.
//!
//! 1. No file names itself by way of others: what a file names (`imports` says how that is read)
//!    makes no circle. A `mod.rs` counts like any other file. It names the files whose items it
//!    re-exports or calls; that it declares them by `mod x;` is not counted, and neither is a
//!    name that only passes through it on the way to the file that defines it.
//! 2. The same for rooms: within a folder, its files and its folders, each of these taken as one,
//!    make no circle.
//! 3. A room is entered through its `mod.rs`. A path may go on from a room to a file or room in it
//!    only where it is written within that room, at any depth. From anywhere else it ends at a name
//!    that the room's `mod.rs` defines or re-exports: `crate::index::Generation` from `searcher`, not
//!    `crate::index::read::Generation`; `super::plan::Plan` from `searcher/retrieve/`, not
//!    `super::plan::builder::Plan`. `src/` itself is a room that everything lies in.
//! 4. A folder holds at most 20 files, a file at most 500 lines.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::imports::Sources;
use super::{root, rust_files};

/// More files in a folder than one sees at a glance want a folder of their own.
const MOST_FILES: usize = 20;

/// A longer file holds more than one idea.
const MOST_LINES: usize = 500;

/// What each file takes from which others.
type Graph<'a> = BTreeMap<&'a str, BTreeMap<&'a str, Vec<String>>>;

#[test]
fn no_circle_of_files() {
    let sources = Sources::new(texts().iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let imports = imports(&sources);
    none(texts_of(circles(&graph(&imports))));
}

#[test]
fn no_circle_of_rooms() {
    let sources = Sources::new(texts().iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let imports = imports(&sources);
    none(texts_of(circles_of_rooms(&graph(&imports))));
}

#[test]
fn a_room_is_entered_through_its_door() {
    let sources = Sources::new(texts().iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let mut wrong = Vec::new();
    for file in sources.files() {
        let intrusions = sources.imports(file).intrusions;
        wrong.extend(intrusions.iter().map(|path| format!("{file}: `{path}` goes past a mod.rs")));
    }
    none(wrong);
}

#[test]
fn folders_and_files_are_small() {
    let mut folders: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (path, text) in &texts() {
        let folder = path.rsplit_once('/').map_or("", |it| it.0);
        *folders.entry(folder.to_owned()).or_default() += 1;
        let lines = text.lines().count();
        if lines > MOST_LINES {
            wrong.push(format!("{path}: {lines} lines, at most {MOST_LINES}"));
        }
    }
    folders.retain(|_, files| *files > MOST_FILES);
    wrong.extend(folders.iter().map(|(it, files)| format!("{it}/: {files} files")));
    none(wrong);
}

fn texts_of(circles: Vec<Circle>) -> Vec<String> {
    circles.into_iter().map(|it| it.text).collect()
}

#[track_caller]
fn none(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// Path below `src/` and text of each file.
fn texts() -> Vec<(String, String)> {
    let src = root().join("src");
    let text = |path: std::path::PathBuf| {
        let name = path.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/");
        (name, fs::read_to_string(&path).unwrap())
    };
    rust_files(&src).into_iter().map(text).collect()
}

/// A circle: all files (or rooms) that lead to each other, and what ties them.
struct Circle {
    members: Vec<String>,
    text: String,
}

type Imported = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

fn imports(sources: &Sources) -> Imported {
    sources.files().map(|it| (it.to_owned(), sources.imports(it).files)).collect()
}

fn graph(imports: &Imported) -> Graph<'_> {
    let mut graph = Graph::new();
    for (file, files) in imports {
        let row = graph.entry(file).or_default();
        for (to, names) in files {
            row.insert(to, names.iter().cloned().collect());
        }
    }
    graph
}

/// The circles among the entries of each folder.
fn circles_of_rooms(graph: &Graph<'_>) -> Vec<Circle> {
    let folders: BTreeSet<&str> = graph.keys().flat_map(|it| ancestors(it)).collect();
    let mut circles = Vec::new();
    for folder in folders {
        let mut entries: Graph<'_> = BTreeMap::new();
        for (file, names) in graph {
            let Some(from) = entry(folder, file) else { continue };
            let row = entries.entry(from).or_default();
            for (to, names) in names {
                if let Some(to) = entry(folder, to).filter(|it| *it != from) {
                    row.entry(to).or_default().extend(names.iter().cloned());
                }
            }
        }
        circles.extend(self::circles(&entries));
    }
    circles
}

/// The folders that a file lies in, `""` first.
fn ancestors(file: &str) -> impl Iterator<Item = &str> {
    let slashes = file.match_indices('/').map(|(at, _)| &file[..=at]);
    [""].into_iter().chain(slashes)
}

/// The file or folder of `folder` that `file` is or lies in.
fn entry<'a>(folder: &str, file: &'a str) -> Option<&'a str> {
    let below = file.strip_prefix(folder)?;
    let length = below.find('/').map_or(file.len(), |it| folder.len() + it);
    Some(&file[..length])
}

/// All circles of a graph: its strongly connected parts of more than one member.
fn circles(graph: &Graph<'_>) -> Vec<Circle> {
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        graph.keys().map(|it| (*it, reach(graph, it))).collect();
    let leads = |from: &str, to: &str| reached.get(from).is_some_and(|it| it.contains(to));
    let mut circles: Vec<Circle> = Vec::new();
    for start in graph.keys().filter(|it| leads(it, it)) {
        let members: Vec<&str> =
            reached[start].iter().copied().filter(|it| leads(it, start)).collect();
        if members.first() == Some(start) {
            circles.push(circle(graph, &members));
        }
    }
    circles
}

fn reach<'a>(graph: &Graph<'a>, start: &str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut waiting = vec![start];
    while let Some(at) = waiting.pop() {
        for to in graph.get(at).into_iter().flatten().map(|it| *it.0) {
            if reached.insert(to) {
                waiting.push(to);
            }
        }
    }
    reached
}

fn circle(graph: &Graph<'_>, members: &[&str]) -> Circle {
    let mut text = format!("a circle of {}:", members.len());
    for from in members {
        for (to, names) in graph[from].iter().filter(|it| members.contains(it.0)) {
            text.push_str(&format!("\n  {from} -> {to}: {}", names.join(", ")));
        }
    }
    Circle { members: members.iter().map(|it| (*it).to_owned()).collect(), text }
}

/// The checker itself, on small sources.
mod checker {
    use super::{Sources, circles, circles_of_rooms, graph, imports};

    /// Circles of files, circles of rooms, and paths that go past a `mod.rs`.
    #[track_caller]
    fn check(files: &[(&str, &str)], of_files: &[&str], of_rooms: &[&str], intrusions: &[&str]) {
        let sources = Sources::new(files.iter().copied());
        let imports = imports(&sources);
        let joined = |circles: Vec<super::Circle>| -> Vec<String> {
            circles.iter().map(|it| it.members.join(" ")).collect()
        };
        assert_eq!(joined(circles(&graph(&imports))), of_files);
        assert_eq!(joined(circles_of_rooms(&graph(&imports))), of_rooms);
        let found = sources.files().flat_map(|it| sources.imports(it).intrusions);
        assert_eq!(found.collect::<Vec<_>>(), intrusions);
    }

    #[test]
    fn files_that_only_look_down_make_no_circle() {
        let files = [
            ("lib.rs", "pub mod a;\npub mod b;\npub use b::B;"),
            ("a.rs", "pub struct A;"),
            ("b.rs", "use crate::a::A;\npub struct B(A);\nmod tests { use super::B; }"),
        ];
        check(&files, &[], &[], &[]);
    }

    #[test]
    fn a_circle_is_found_by_use_lines_by_trees_and_by_paths() {
        for (one, other) in [
            ("use super::b::B;", "use super::a::A;"),
            ("use crate::m::{b::{self, B}, c::C};", "use crate::m::{c, a::A};"),
            ("fn f() -> super::b::B { todo!() }", "fn g(_: crate::m::a::A) {}"),
            ("use super::b; fn f() { b::g(); }", "use super::a as x; fn g() { x::f(); }"),
            ("use super::b::*;", "use super::a::*;"),
            ("mod tests { use super::super::b::B; }", "use super::a::A;"),
        ] {
            let files = [
                ("lib.rs", "mod m;"),
                ("m/mod.rs", "mod a; mod b; mod c;"),
                ("m/a.rs", one),
                ("m/b.rs", other),
                ("m/c.rs", "pub struct C;"),
            ];
            check(&files, &["m/a.rs m/b.rs"], &["m/a.rs m/b.rs"], &[]);
        }
    }

    #[test]
    fn what_is_no_path_makes_no_circle() {
        let a = r##"
            // use super::b::B;
            /* super::b::B /* nested */ super::b::B */
            /// [`super::b::B`]
            fn f<'b>(_: &'b str) -> char { let _ = ("super::b::B \" super::b::B", '"', '\''); 'b' }
            fn g() -> &'static str { r#"" super::b::B "# }
            use super::b;
        "##;
        let files = [
            ("lib.rs", "mod m;"),
            ("m/mod.rs", "mod a; mod b;"),
            ("m/a.rs", a),
            ("m/b.rs", "use super::a::f; pub struct B;"),
        ];
        check(&files, &[], &[], &[]);
    }

    #[test]
    fn a_name_is_followed_through_mod_files_to_where_it_is_defined() {
        let files = [
            ("lib.rs", "pub mod m; pub use m::A;"),
            ("m/mod.rs", "mod a; mod b; pub use a::A; pub use b::Long as B; pub struct Own;"),
            ("m/a.rs", "use super::B; pub struct A(B);"),
            ("m/b.rs", "pub struct Long;"),
        ];
        check(&files, &[], &[], &[]);
        // The very names that would be a circle where `mod.rs` were taken for all of its room.
        let files = [
            ("lib.rs", "pub mod m; pub use m::A;"),
            ("m/mod.rs", "mod a; mod b; pub use a::A; pub use b::Long as B;"),
            ("m/a.rs", "use super::B; pub struct A(B);"),
            ("m/b.rs", "use crate::A; pub struct Long;"),
        ];
        check(&files, &["m/a.rs m/b.rs"], &["m/a.rs m/b.rs"], &[]);
        let files = [
            ("lib.rs", "pub mod m;"),
            ("m/mod.rs", "mod a; pub use a::A; pub struct Own;"),
            ("m/a.rs", "use super::Own; pub struct A(Own);"),
        ];
        check(&files, &["m/a.rs m/mod.rs"], &["m/a.rs m/mod.rs"], &[]);
    }

    #[test]
    fn rooms_that_need_each_other_are_a_circle_even_where_no_files_are() {
        let files = [
            ("lib.rs", "mod m;"),
            ("m/mod.rs", "mod x; mod y;"),
            ("m/x/mod.rs", "mod low; mod high; pub use low::Low;"),
            ("m/x/low.rs", "pub struct Low;"),
            ("m/x/high.rs", "use crate::m::y::Middle;"),
            ("m/y/mod.rs", "pub struct Middle(super::x::Low);"),
        ];
        check(&files, &[], &["m/x m/y"], &[]);
    }

    #[test]
    fn a_path_past_a_mod_file_is_found_and_one_within_the_room_is_not() {
        let files = [
            ("lib.rs", "pub mod m; pub mod n;"),
            ("m/mod.rs", "pub mod a; mod x; pub use x::X;"),
            ("m/a.rs", "use super::x::X; use super::x::inner::I; use crate::n::N;"),
            ("m/x/mod.rs", "pub mod inner; pub struct X;"),
            ("m/x/inner.rs", "pub struct I; use crate::m::x::X;"),
            ("n.rs", "pub struct N; use crate::m::X as _; fn f(_: crate::m::a::A) {}"),
        ];
        let intrusions = ["super::x::inner::I", "crate::m::a::A"];
        check(&files, &["m/a.rs n.rs"], &["m n.rs"], &intrusions);
    }
}
