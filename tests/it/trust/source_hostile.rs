//! Files that were made to take all time and memory, and files that change under the reader.

use std::fs;
use std::io::Write;

use passages::source::{Content, RawText, Skip, SkipReason, read, walk};

use crate::reading::source_folder::{Folder, gzip, zip};

/// What was read of a folder with one hostile file, by its outcome only.
fn outcomes(folder: &Folder) -> Vec<Result<usize, SkipReason>> {
    let length = |raw: RawText| match raw.content {
        Content::Text(it) => it.len(),
        Content::Chapter(it) => it.html.len(),
        Content::Pdf(it) => it.text.len(),
        Content::Record(it) => it.text.len(),
    };
    folder.read(".").into_iter().map(|it| it.map(length).map_err(|it| it.reason)).collect()
}

#[track_caller]
fn check(name: &str, bytes: &[u8], expected: &[Result<usize, SkipReason>]) {
    assert_eq!(outcomes(&Folder::of(&[(name, bytes)])), expected);
}

#[test]
fn a_text_over_the_limit_is_too_large() {
    let mut folder = Folder::of(&[("a.txt", "x".repeat(1_001)), ("b.txt", "x".repeat(1_000))]);
    folder.limits.text_bytes = 1_000;
    assert_eq!(outcomes(&folder), [Err(SkipReason::TooLarge), Ok(1_000)]);
}

#[test]
fn a_record_over_the_limit_is_passed_over() {
    let long = "x".repeat(9 << 20);
    let lines = format!("{{\"text\":\"a\"}}\n{{\"text\":\"{long}\"}}\n{{\"text\":\"bc\"}}\n");
    let expected = [Ok(1), Err(SkipReason::TooLarge), Ok(2)];
    check("a.jsonl", lines.as_bytes(), &expected);
    check("a.json", lines.as_bytes(), &expected);
    check("a.csv", format!("text\na\n\"{long}\"\nbc\n").as_bytes(), &expected);
    // A quote that is never closed swallows the rest of the table, but not the memory.
    check("a.csv", format!("text\na\n\"{long}\nbc\n").as_bytes(), &expected[..2]);
    check("a.csv", format!("text\na\n{}\nbc\n", ",".repeat(5_000)).as_bytes(), &expected);
}

#[test]
fn json_that_nests_deep_is_malformed() {
    let deep = |open: &str| format!("{{\"text\":\"a\"}}\n{}\n", open.repeat(500_000));
    let expected = [Ok(1), Err(SkipReason::Malformed)];
    check("a.jsonl", deep("[").as_bytes(), &expected);
    check("a.jsonl", deep("{\"a\":").as_bytes(), &expected);
    check("a.json", deep("{\"a\":").as_bytes(), &expected);
}

#[test]
fn pages_that_nest_deep_are_too_large() {
    let nested = |open: &str, depth| format!("<body>{}text", open.repeat(depth));
    for open in ["<div>", "<b>", "<table><tr><td>", "<ul><li>", "<span class='a>b'>", "<DIV\n>"] {
        check("a.html", nested(open, 100_000).as_bytes(), &[Err(SkipReason::TooLarge)]);
    }
    // What an end tag may be left out for, and what closes itself, does not nest.
    let rows = "<tr><td>1<td>2".repeat(5_000);
    let flat = [
        "<p>".repeat(5_000) + "text",
        "<ul>".to_owned() + &"<li>text".repeat(5_000),
        format!("<table>{rows}</table>"),
        "<p><font size=2>text</p>".repeat(5_000),
        "<br><img src=x><hr>".repeat(5_000) + "text",
        "<div><p><i>text</div>".repeat(5_000),
        format!("<script>{}</script>text", "'<div>'".repeat(5_000)),
        format!("<!--{}-->text", "<div>".repeat(5_000)),
        "a < b & c <3 ".repeat(5_000),
        "<a name=x>".repeat(5_000),
    ];
    for page in flat {
        check("a.html", page.as_bytes(), &[Ok(page.len())]);
    }
}

#[test]
fn what_unpacks_to_far_more_than_it_is_is_a_bomb() {
    let blank = |megabytes: usize| vec![b' '; megabytes << 20];
    check("a.txt.gz", &gzip(&blank(40)), &[Err(SkipReason::TooLarge)]);
    let packed = zstd::encode_all(&blank(40)[..], 3).unwrap();
    check("a.txt.zst", &packed, &[Err(SkipReason::TooLarge)]);
    // Each of its lines is small, all together are not.
    let lines = "{\"text\":\"a\"}\n".repeat(2 << 20);
    let outcomes = outcomes(&Folder::of(&[("a.jsonl.gz", gzip(lines.as_bytes()))]));
    assert_eq!(outcomes.last(), Some(&Err(SkipReason::TooLarge)));
    assert!(outcomes.len() < lines.len() / 13, "it stops where the bomb is found");
    // A bomb among others takes only itself, many small ones are one.
    let bomb = zip(&[(b"a.txt", &blank(40)), (b"b.txt", b"text")]);
    check("a.zip", &bomb, &[Err(SkipReason::TooLarge), Ok(4)]);
}

#[test]
fn members_that_share_their_bytes_are_a_bomb_together() {
    // One packed kernel that many directory entries name, after the manner of D. Fifield,
    // "A better zip bomb" (2019).
    let kernel = zip(&[(b"a.txt", &vec![b'x'; 8 << 20])]);
    let start = kernel.windows(4).position(|it| it == b"PK\x01\x02").unwrap();
    let (local, directory) = kernel.split_at(start);
    let entry = &directory[..46 + 5];
    let mut bomb = local.to_vec();
    for name in 0..1_000_u32 {
        bomb.extend(&entry[..46]);
        bomb.extend(format!("{name:05}").bytes());
    }
    let mut end = directory[51..].to_vec();
    end[8..10].copy_from_slice(&1_000_u16.to_le_bytes());
    end[10..12].copy_from_slice(&1_000_u16.to_le_bytes());
    end[12..16].copy_from_slice(&51_000_u32.to_le_bytes());
    bomb.extend(end);
    let outcomes = outcomes(&Folder::of(&[("a.zip", bomb)]));
    let read = outcomes.iter().filter(|it| it.is_ok()).count();
    assert!((30..=32).contains(&read), "{read} of 1,000 were read");
    let rest: Vec<_> = outcomes.into_iter().skip(read).collect();
    assert_eq!(rest, [Err(SkipReason::TooLarge)], "all that follow, in one");
}

#[test]
fn an_archive_that_lies_about_itself_is_malformed() {
    let whole = zip(&[(b"a.txt", b"text that is packed"), (b"b.txt", b"text")]);
    for at in 0..whole.len() {
        let mut spoilt = whole.clone();
        spoilt[at] ^= 0xff;
        // Whatever byte is turned: an answer, no panic, and nothing that was not in it.
        for outcome in outcomes(&Folder::of(&[("a.zip", spoilt)])) {
            assert!(outcome.is_err() || outcome.is_ok_and(|it| it < 100));
        }
        outcomes(&Folder::of(&[("a.zip", &whole[..at])]));
    }
    let mut many = zip(&[]);
    let end = many.len() - 22;
    many[end + 8..end + 12].copy_from_slice(&[0xff; 4]);
    check("a.zip", &many, &[Err(SkipReason::Malformed)]);
    let mut folder = Folder::of(&[("a.zip", whole)]);
    folder.limits.archive_files = 1;
    assert_eq!(outcomes(&folder), [Err(SkipReason::TooLarge)]);
}

#[test]
fn a_book_that_names_itself_ends() {
    let container = "<container><rootfile full-path='book.opf'/></container>";
    let many = "<itemref idref='a'/>".repeat(100_000);
    let package = format!("<package><item id='a' href='book.opf'/><spine>{many}</spine></package>");
    let book = zip(&[
        (b"META-INF/container.xml", container.as_bytes()),
        (b"book.opf", package.as_bytes()),
    ]);
    let outcomes = outcomes(&Folder::of(&[("a.epub", book)]));
    assert_eq!(outcomes.len(), 1, "a chapter is read once, however often it is named");
}

#[test]
fn a_file_that_grows_is_read_as_far_as_it_was_and_reported() {
    let folder = Folder::of(&[("log.jsonl", "{\"text\":\"one\"}\n{\"text\":\"two\"}\n")]);
    let found = walk(folder.base(), ".").unwrap();
    let mut raws = read(folder.base(), &found.files[0], &folder.limits).unwrap();
    assert!(raws.next().unwrap().is_ok());
    let path = folder.base().join("log.jsonl");
    let mut log = fs::OpenOptions::new().append(true).open(&path).unwrap();
    log.write_all(b"{\"text\":\"three\"}\n").unwrap();
    assert!(raws.next().unwrap().is_ok());
    let last: Vec<Result<RawText, Skip>> = raws.collect();
    let [Err(skip)] = last.as_slice() else { panic!("{last:?}") };
    assert_eq!(skip.reason, SkipReason::Changed);
    assert_eq!(skip.detail, "30 bytes before, 47 after");
    assert!(walk(folder.base(), ".").unwrap().files != found.files);
}

#[test]
fn a_file_that_goes_before_it_is_read_is_unreadable() {
    let folder = Folder::of(&[("a.txt", "text")]);
    let found = walk(folder.base(), ".").unwrap();
    fs::remove_file(folder.base().join("a.txt")).unwrap();
    let skip = read(folder.base(), &found.files[0], &folder.limits).err().unwrap();
    assert_eq!(skip.reason, SkipReason::Unreadable);
}
