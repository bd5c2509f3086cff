//! Which files a walk finds, which it leaves out, and under which names.

use std::fs;

use expect_test::{Expect, expect};
use passages::source::{Limits, Walk, walk};

use crate::reading::source_folder::Folder;

#[track_caller]
fn check(folder: &Folder, root: &str, expected: &Expect) {
    expected.assert_eq(&show(&walk(folder.base(), root).unwrap()));
}

fn show(found: &Walk) -> String {
    let files = found.files.iter().map(|it| format!("{} {}\n", it.path, it.size_bytes));
    let skips = found.skips.iter().map(|it| format!("{} {:?} {}\n", it.path, it.reason, it.detail));
    files.chain(skips).collect()
}

#[test]
fn paths_begin_with_the_root_as_given() {
    let folder = Folder::of(&[("news/a.txt", "one"), ("news/zh/b.txt", "two"), ("c.txt", "three")]);
    check(&folder, "news", &expect!["news/a.txt 3\nnews/zh/b.txt 3\n"]);
    check(&folder, "news/", &expect!["news/a.txt 3\nnews/zh/b.txt 3\n"]);
    check(&folder, "./news/zh", &expect!["./news/zh/b.txt 3\n"]);
    check(&folder, "news/a.txt", &expect!["news/a.txt 3\n"]);
    check(&folder, ".", &expect!["c.txt 5\nnews/a.txt 3\nnews/zh/b.txt 3\n"]);
    let absolute = folder.base().join("c.txt").to_str().unwrap().to_owned();
    assert_eq!(walk("/".as_ref(), &absolute).unwrap().files[0].path, absolute);
}

#[test]
fn files_come_in_the_order_of_their_bytes() {
    let folder = Folder::of(&[("b/c.txt", ""), ("b.txt", ""), ("B.txt", ""), ("中.txt", "")]);
    check(&folder, ".", &expect!["B.txt 0\nb.txt 0\nb/c.txt 0\n中.txt 0\n"]);
}

#[test]
fn ignore_files_below_the_root_count_even_without_a_repository() {
    let folder = Folder::of(&[
        (".gitignore", "outer.txt\n"),
        ("root/.gitignore", "*.log\ndraft/\n"),
        ("root/.searchignore", "private.txt\n"),
        ("root/sub/.gitignore", "!kept.log\n"),
        ("root/outer.txt", "named only above the root"),
        ("root/a.log", ""),
        ("root/sub/kept.log", ""),
        ("root/draft/b.txt", ""),
        ("root/private.txt", ""),
    ]);
    check(&folder, "root", &expect!["root/outer.txt 25\nroot/sub/kept.log 0\n"]);
    check(&folder, "root/private.txt", &expect!["root/private.txt 0\n"]);
}

#[test]
fn hidden_files_are_counted_and_read_only_by_name() {
    let folder = Folder::of(&[("a.txt", ""), (".b.txt", ""), (".git/config", "")]);
    check(&folder, ".", &expect!["a.txt 0\n.b.txt Hidden \n.git Hidden \n"]);
    check(&folder, ".b.txt", &expect![".b.txt 0\n"]);
    check(&folder, ".git", &expect![".git/config 0\n"]);
}

#[test]
fn folders_that_hold_an_index_are_left_out() {
    let folder = Folder::of(&[
        ("built/CURRENT", "gen-3"),
        ("built/gen-3/manifest.json", "{}"),
        ("index/README.md", "what is in it"),
        ("index/.gitignore", "*"),
        ("book/index/README.md", "a chapter"),
        ("lost/gen-12/manifest.json", "{}"),
        ("lost/gen-12/sources.jsonl", "{}"),
        ("tale/gen-1/manifest.json", "{\"text\":\"of something else\"}"),
        ("talk/CURRENT", "no index: nothing is generated here"),
    ]);
    check(
        &folder,
        ".",
        &expect![[r#"
            book/index/README.md 9
            tale/gen-1/manifest.json 28
            talk/CURRENT 35
            built IndexFolder 
            index IndexFolder 
            lost/gen-12 IndexFolder 
        "#]],
    );
}

#[test]
fn a_missing_root_is_an_error() {
    let error = walk(Folder::empty().base(), "gone").unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::NotFound);
}

#[test]
fn an_empty_root_has_no_files() {
    check(&Folder::empty(), ".", &expect![""]);
}

#[cfg(unix)]
#[test]
fn links_are_followed_to_no_second_text_and_not_out_of_the_root() {
    use std::os::unix::fs::symlink;
    let folder = Folder::of(&[
        ("root/a.txt", "text"),
        ("root/.store/9f", "kept in a hidden store"),
        ("outside.txt", ""),
    ]);
    let link = |target: &str, at: &str| symlink(target, folder.base().join(at)).unwrap();
    link("a.txt", "root/again.txt");
    link("../outside.txt", "root/outside.txt");
    link(".store/9f", "root/stored.txt");
    link("nowhere", "root/dangling");
    link("circle", "root/circle");
    link(".", "root/self");
    link("root", "way-in");
    check(
        &folder,
        "root",
        &expect![[r#"
            root/a.txt 4
            root/stored.txt 22
            root/.store Hidden 
            root/again.txt Link leads to what is read by its own name
            root/circle Link leads to nothing, or in a circle
            root/dangling Link leads to nothing, or in a circle
            root/outside.txt Link leads out of the root
            root/self Link leads to what is read by its own name
        "#]],
    );
    assert!(folder.shown_below("root").contains("root/stored.txt:1 text \"kept in"));
    let by_link = walk(folder.base(), "way-in").unwrap();
    assert_eq!(by_link.files[0].path, "way-in/a.txt");
}

#[cfg(unix)]
#[test]
fn pipes_and_sockets_are_named_and_never_opened() {
    let folder = Folder::of(&[("a.txt", "text")]);
    let pipe = folder.base().join("pipe.txt");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    if !made.is_ok_and(|it| it.success()) {
        eprintln!("skipped: no mkfifo");
        return;
    }
    let socket = std::os::unix::net::UnixListener::bind(folder.base().join("socket")).unwrap();
    check(
        &folder,
        ".",
        &expect![[r#"
        a.txt 4
        pipe.txt NotRegular a named pipe
        socket NotRegular a socket
    "#]],
    );
    check(&folder, "pipe.txt", &expect!["pipe.txt NotRegular a named pipe\n"]);
    // A file that the walk saw may be a pipe by the time it is read.
    let mut found = walk(folder.base(), "a.txt").unwrap();
    found.files[0].path = "pipe.txt".to_owned();
    let skip = passages::source::read(folder.base(), &found.files[0], &Limits::default());
    assert!(skip.is_err_and(|it| it.reason == passages::source::SkipReason::NotRegular));
    drop(socket);
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_utf8_is_shown_as_well_as_it_goes_and_read() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::empty();
    let name = OsStr::from_bytes(b"\xff\xfe.txt");
    fs::write(folder.base().join(name), "中国").unwrap();
    assert_eq!(folder.shown(), "\u{fffd}\u{fffd}.txt:1 text \"中国\"\n");
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::of(&[("a.txt", "text"), ("locked/b.txt", "text"), ("c.txt", "text")]);
    let lock = |path: &str, mode| {
        fs::set_permissions(folder.base().join(path), fs::Permissions::from_mode(mode)).unwrap();
    };
    lock("locked", 0);
    lock("c.txt", 0);
    let is_superuser = fs::File::open(folder.base().join("c.txt")).is_ok();
    let shown = folder.shown();
    lock("locked", 0o755);
    if is_superuser {
        eprintln!("skipped: nothing is unreadable to the superuser");
        return;
    }
    assert_eq!(
        shown,
        "locked unreadable (Permission denied (os error 13))\na.txt:1 text \"text\"\n\
         c.txt unreadable (Permission denied (os error 13))\n"
    );
}
