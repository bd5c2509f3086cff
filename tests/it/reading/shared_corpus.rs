//! Copies and encodings in real text, where the shared corpus is at hand. Printed with `--nocapture`.

use std::collections::HashMap;

use passages::duplicate::{are_copies, families, fingerprint};
use passages::source::{Content, Limits, read, walk};

use crate::reading::source_folder::Folder;

/// Records that are looked at: enough for hundreds of copies, few enough for a debug build.
const RECORDS: usize = 20_000;

#[test]
fn shared_corpus_loses_no_exact_copy_and_joins_no_others() {
    let Some(texts) = stories(RECORDS) else { return };
    let prints: Vec<_> = texts.iter().map(|it| fingerprint(it)).collect();
    let family = families(&prints, &|it| texts[it as usize].clone());
    let mut first: HashMap<String, usize> = HashMap::new();
    let (mut exact, mut near) = (0, 0);
    for (at, text) in texts.iter().enumerate().filter(|it| prints[it.0].is_some()) {
        // Told without a fingerprint: equal but for white space.
        let bare = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let before = *first.entry(bare).or_insert(at);
        assert_eq!(family[at], family[before], "{text}");
        exact += usize::from(before != at);
        let head = family[at] as usize;
        near += usize::from(head != at && prints[head] != prints[at]);
    }
    let numbers = 0..texts.len();
    let apart = numbers.filter(|at| {
        // The lowest member need not be the head, but is never far from the others.
        let head = family[*at] as usize;
        prints[head] != prints[*at] && !are_copies(&texts[head], &texts[*at])
    });
    let apart = apart.count();
    println!("{} stories: {exact} exact copies, all found; {near} near copies", texts.len());
    println!("{apart} near copies resemble the head of their family, but not its first member");
    assert!(exact > 20 && near > 500, "the corpus has copies");
    assert!(apart * 10 <= near, "{apart} of {near}");
}

#[test]
fn shared_stories_come_back_from_every_encoding() {
    let Some(texts) = stories(2_000) else { return };
    let (mut tried, mut wrong) = (0, Vec::new());
    for (at, text) in texts.iter().enumerate() {
        // From a headline's length to a page's.
        let text: String = text.chars().take(20 + at * 37 % 1_500).collect();
        let folder = Folder::empty();
        folder.put("gb.txt", &encoding_rs::GB18030.encode(&text).0);
        let units = || text.encode_utf16();
        folder.put("le.txt", &units().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
        folder.put("be.txt", &units().flat_map(u16::to_be_bytes).collect::<Vec<u8>>());
        for read in folder.read(".") {
            tried += 1;
            match read.map(|it| (it.path, it.content)) {
                Ok((_, Content::Text(it))) if it == text => {}
                Ok((path, it)) => wrong.push(format!("{path}: {it:?}")),
                Err(skip) => wrong.push(format!("{skip:?}: {text}")),
            }
        }
    }
    println!("{tried} files of Chinese stories in three encodings, {} read wrong", wrong.len());
    assert!(wrong.len() * 1_000 <= tried, "{:#?}", wrong.iter().take(5).collect::<Vec<_>>());
}

#[expect(clippy::print_stdout, reason = "says why nothing is checked")]
/// The texts of the first records of the corpus, read as an index reads them.
fn stories(count: usize) -> Option<Vec<String>> {
    let shared = crate::shared::folder();
    let limits = Limits::default();
    let Ok(found) = walk(&shared.join("corpora"), "scale.jsonl.zst") else {
        println!("skipped: no corpus in {}", shared.display());
        return None;
    };
    let records = read(&shared.join("corpora"), &found.files[0], &limits).unwrap().take(count);
    let texts = records.map(|it| match it.unwrap().content {
        Content::Record(it) => it.text,
        Content::Text(it) => it,
        Content::Chapter(it) => it.html,
        Content::Pdf(it) => it.text,
    });
    Some(texts.collect())
}
