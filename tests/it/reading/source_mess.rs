//! A folder as people have it after years: a hundred odd files, each told by its right reason.

use std::collections::BTreeMap;
use std::fs;

use passages::source::{RawText, Skip, SkipReason};

use crate::reading::source_folder::{Folder, gzip, zip};

/// What is expected of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    /// So many raws, and no skip.
    Read(usize),
    /// So many raws, and beside them a skip.
    Partly(usize, SkipReason),
    /// Nothing but a skip.
    Skipped(SkipReason),
}

use Fate::{Partly, Read, Skipped};

type Case = (&'static str, Vec<u8>, Fate);

fn plain() -> Vec<Case> {
    let text = b"A train left.\n".to_vec();
    let names = [
        "a.txt",
        "a.TXT",
        "a",
        "README",
        "a.md",
        "a.markdown",
        "a.html",
        "a.htm",
        "a.xhtml",
        "a.log",
        "a.rst",
        "a.org",
        "a.tex",
        "a.srt",
        "a.xml",
        "no extension at all",
        "name with  blanks.txt",
        "中文文件名.txt",
        "émile.txt",
        "e\u{301}mile.txt",
        "a.b.c.txt",
        "-n.txt",
        "--help",
        "~a.txt",
        "#a#",
        "a\nb.txt",
        "a\tb.txt",
        "\u{202e}gpj.txt",
        "a%20b.txt",
        "CON.txt",
        "sub/dir/deep/a.txt",
        "tab.",
        "..a.txt.",
        "'quoted'.txt",
        "$HOME.txt",
        "*.txt",
        "[a].txt",
        "gen-1/a.txt",
    ];
    names
        .into_iter()
        .map(|it| {
            (
                it,
                text.clone(),
                if it.starts_with('.') { Skipped(SkipReason::Hidden) } else { Read(1) },
            )
        })
        .collect()
}

fn foreign() -> Vec<Case> {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\0".to_vec();
    let elf = b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0".to_vec();
    let mut cases: Vec<Case> = [
        "p.png", "p.JPG", "p.gif", "p.webp", "p.svg", "p.mp3", "p.mp4", "p.exe", "p.dll", "p.docx",
        "p.xlsx", "p.pptx", "p.odt", "p.rar", "p.7z", "p.tar", "p.tgz", "p.iso", "p.sqlite",
        "p.css", "p.js", "p.woff2", "p.pyc", "p.class", "p.png.gz",
    ]
    .map(|it| (it, png.clone(), Skipped(SkipReason::UnknownFormat)))
    .into();
    cases.extend(
        ["b.txt", "b", "b.md", "b.html", "b.csv", "b.json", "b.jsonl", "b.log"]
            .map(|it| (it, [&elf[..], &png].concat().repeat(9), Skipped(SkipReason::Binary))),
    );
    cases.push(("nul.txt", vec![0; 5_000], Skipped(SkipReason::Binary)));
    cases.push(("scan.pdf", b"%PDF-1.4".to_vec(), Skipped(SkipReason::MissingTool)));
    cases
}

fn hollow() -> Vec<Case> {
    [
        ("e.txt", ""),
        ("e.md", " \n\n\t"),
        ("e.html", "\u{feff}"),
        ("e.jsonl", "\n\n"),
        ("e.json", "[]"),
        ("e.csv", "id,text\n"),
        ("e.txt.zst", ""),
    ]
    .map(|(name, text)| (name, text.as_bytes().to_vec(), Skipped(SkipReason::Empty)))
    .into()
}

fn broken() -> Vec<Case> {
    let malformed = Skipped(SkipReason::Malformed);
    let mut cut = gzip(&b"a text that breaks off ".repeat(50));
    cut.truncate(40);
    vec![
        ("m.json", b"{\"text\": \"never ends".to_vec(), malformed),
        ("m1.json", b"<html>".to_vec(), malformed),
        (
            "m.jsonl",
            b"{\"text\":\"a\"}\nnot json\n{\"text\":\"b\"}\n".to_vec(),
            Partly(2, SkipReason::Malformed),
        ),
        (
            "m1.jsonl",
            [b"[".repeat(100_000), b"\n{\"text\":\"b\"}".to_vec()].concat(),
            Partly(1, SkipReason::Malformed),
        ),
        ("m.csv", b"a,b\n1,2\n".to_vec(), malformed),
        ("m.tsv", b"text,title\nx,y\n".to_vec(), malformed),
        ("m.epub", b"no book".to_vec(), malformed),
        ("m1.epub", zip(&[(b"mimetype", b"application/epub+zip")]), malformed),
        ("m.zip", b"PK\x03\x04 and no more".to_vec(), malformed),
        ("m.txt.gz", cut, malformed),
        ("m1.txt.gz", b"plain".to_vec(), malformed),
        ("m.txt.zst", b"\x28\xb5\x2f\xfd\xff\xff\xff".to_vec(), malformed),
        ("u.txt", b"\xff\xfe\0\0a\0\0\0".to_vec(), Skipped(SkipReason::Encoding)),
        (
            "u1.txt",
            [&"中欧班列".repeat(9).into_bytes()[..], b"\xff."].concat(),
            Partly(1, SkipReason::Undecoded),
        ),
    ]
}

fn huge() -> Vec<Case> {
    let too_large = Skipped(SkipReason::TooLarge);
    let blank = vec![b' '; 20 << 20];
    let deep = zip(&[(b"1.zip", &zip(&[(b"2.zip", &zip(&[(b"a.txt", b"text")]))]))]);
    vec![
        ("h.txt", vec![b'x'; (32 << 20) + 1], too_large),
        ("h.html", vec![b'x'; (8 << 20) + 1], too_large),
        ("h1.html", "<div>".repeat(100_000).into_bytes(), too_large),
        ("h.txt.gz", gzip(&blank), too_large),
        ("h.txt.zst", zstd::encode_all(&blank[..], 1).unwrap(), too_large),
        ("h.zip", zip(&[(b"a.txt", &blank), (b"b.txt", b"text")]), Partly(1, SkipReason::TooLarge)),
        ("h1.zip", deep, too_large),
        (
            "h.jsonl",
            format!("{{\"text\":\"{}\"}}\n{{\"text\":\"a\"}}", "x".repeat(9 << 20)).into(),
            Partly(1, SkipReason::TooLarge),
        ),
    ]
}

fn links(folder: &Folder) -> BTreeMap<String, Fate> {
    let mut fates = BTreeMap::new();
    #[cfg(unix)]
    for (name, target, reason) in [
        ("l-loop", "l-loop", SkipReason::Link),
        ("l-self", ".", SkipReason::Link),
        ("l-out", "/", SkipReason::Link),
        ("l-gone.txt", "nowhere", SkipReason::Link),
        ("l-again.txt", "a.txt", SkipReason::Link),
    ] {
        std::os::unix::fs::symlink(target, folder.base().join(name)).unwrap();
        fates.insert(name.to_owned(), Skipped(reason));
    }
    #[cfg(unix)]
    {
        let pipe = folder.base().join("pipe.txt");
        let made = std::process::Command::new("mkfifo").arg(pipe).status();
        if made.is_ok_and(|it| it.success()) {
            fates.insert("pipe.txt".to_owned(), Skipped(SkipReason::NotRegular));
        }
        let socket = std::os::unix::net::UnixListener::bind(folder.base().join("socket.txt"));
        fates.insert("socket.txt".to_owned(), Skipped(SkipReason::NotRegular));
        drop(socket.unwrap());
    }
    fates
}

/// The fates of all files of a folder, by the file on disk.
fn fates(all: Vec<Result<RawText, Skip>>) -> BTreeMap<String, Fate> {
    let mut found: BTreeMap<String, (usize, Option<SkipReason>)> = BTreeMap::new();
    for it in all {
        let path = it.as_ref().map_or_else(|it| &it.path, |it| &it.path);
        // A member of an archive counts for its archive.
        let file = path.split_inclusive('/').next().filter(|it| it.contains(".zip"));
        let file = file.map_or(path.as_str(), |it| it.trim_end_matches('/')).to_owned();
        let entry = found.entry(file).or_default();
        match it {
            Ok(_) => entry.0 += 1,
            Err(skip) => entry.1 = Some(skip.reason),
        }
    }
    let fate = |(raws, reason)| match (raws, reason) {
        (raws, None) => Read(raws),
        (0, Some(reason)) => Skipped(reason),
        (raws, Some(reason)) => Partly(raws, reason),
    };
    found.into_iter().map(|(file, it)| (file, fate(it))).collect()
}

#[test]
fn a_hundred_odd_files_have_a_hundred_right_reasons() {
    let cases = [plain(), foreign(), hollow(), broken(), huge()].concat();
    let folder = Folder::empty();
    let mut expected = links(&folder);
    for (name, bytes, fate) in cases {
        folder.put(name, &bytes);
        let is_new = expected.insert(name.to_owned(), fate).is_none();
        assert!(is_new, "{name} stands twice in the table");
    }
    fs::create_dir(folder.base().join("empty folder")).unwrap();
    assert!(expected.len() >= 100, "{}", expected.len());
    let found = fates(folder.read("."));
    for (name, fate) in &expected {
        assert_eq!(found.get(name), Some(fate), "{name}");
    }
    assert_eq!(found.len(), expected.len());
}
