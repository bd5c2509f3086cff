//! Bytes of many encodings become the text that was written.

use encoding_rs::{BIG5, EUC_JP, Encoding, GB18030, WINDOWS_1251, WINDOWS_1252};
use passages::source::{Content, SkipReason};

use crate::reading::source_folder::Folder;

const SIMPLIFIED: &str = "今年以来，中欧班列继续保持增长，从武汉出发的列车经过哈萨克斯坦和俄罗斯，\
    大约两个星期以后到达德国的汉堡。铁路部门说，这条线路上的货物主要是电子产品和汽车零件。\n";
const TRADITIONAL: &str = "今年以來，中歐班列繼續保持增長，從武漢出發的列車經過哈薩克和俄羅斯，\
    大約兩個星期以後到達德國的漢堡。鐵路部門說，這條線路上的貨物主要是電子產品和汽車零件。\n";
const ENGLISH: &str =
    "The freight train left Wuhan on Saturday and reached Moscow after “sixteen days”.\n";
const FRENCH: &str = "Le train de marchandises a quitté la gare à l'été ; où est-il passé déjà ?\n";
const RUSSIAN: &str = "Грузовой поезд вышел из Уханя и прибыл в Москву через шестнадцать дней.\n";

fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    let (bytes, _, has_loss) = encoding.encode(text);
    assert!(!has_loss, "{} cannot write the text", encoding.name());
    bytes.into_owned()
}

fn utf16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes_of).collect()
}

/// The text read from a file of these bytes, and the reasons of what was skipped.
fn read(name: &str, bytes: &[u8]) -> (Option<String>, Vec<SkipReason>) {
    let (mut text, mut reasons) = (None, Vec::new());
    for it in Folder::of(&[(name, bytes)]).read(".") {
        match it.map(|raw| raw.content) {
            Ok(Content::Text(it)) => text = Some(it),
            Ok(Content::Record(it)) => text = Some(it.text),
            Ok(Content::Chapter(it)) => text = Some(it.html),
            Ok(Content::Pdf(it)) => text = Some(it.text),
            Err(skip) => reasons.push(skip.reason),
        }
    }
    (text, reasons)
}

#[track_caller]
fn check(bytes: &[u8], expected: &str) {
    assert_eq!(read("a.txt", bytes), (Some(expected.to_owned()), vec![]));
}

#[test]
fn marks_are_believed_and_dropped() {
    for text in [ENGLISH, SIMPLIFIED] {
        check(&[b"\xef\xbb\xbf", text.as_bytes()].concat(), text);
        check(&[b"\xff\xfe", &*utf16(text, u16::to_le_bytes)].concat(), text);
        check(&[b"\xfe\xff", &*utf16(text, u16::to_be_bytes)].concat(), text);
    }
    let utf32: Vec<u8> = "\u{feff}text".chars().flat_map(|it| (it as u32).to_le_bytes()).collect();
    assert_eq!(read("a.txt", &utf32), (None, vec![SkipReason::Encoding]));
}

#[test]
fn utf16_needs_no_mark_in_either_script() {
    for text in [ENGLISH, SIMPLIFIED, TRADITIONAL, RUSSIAN, "China (中国)\n", "中国的\n"] {
        check(&utf16(text, u16::to_le_bytes), text);
        check(&utf16(text, u16::to_be_bytes), text);
    }
    // Long Chinese without any ASCII, so without one zero byte.
    let dense = SIMPLIFIED.trim_end().repeat(20);
    check(&utf16(&dense, u16::to_le_bytes), &dense);
    check(&utf16(&dense, u16::to_be_bytes), &dense);
}

#[test]
fn encodings_before_unicode_are_told_apart() {
    check(&encoded(SIMPLIFIED, GB18030), SIMPLIFIED);
    check(&encoded(TRADITIONAL, BIG5), TRADITIONAL);
    check(&encoded(TRADITIONAL, GB18030), TRADITIONAL);
    check(&encoded(ENGLISH, WINDOWS_1252), ENGLISH);
    check(&encoded(FRENCH, WINDOWS_1252), FRENCH);
    check(&encoded(RUSSIAN, WINDOWS_1251), RUSSIAN);
    // A character of four bytes, which GB2312 and GBK do not have.
    let rare = format!("{SIMPLIFIED}㐀\n");
    check(&encoded(&rare, GB18030), &rare);
}

#[test]
fn chinese_between_english_is_told_apart() {
    let mixed = format!("{}{SIMPLIFIED}{}", ENGLISH.repeat(30), ENGLISH.repeat(30));
    check(&encoded(&mixed, GB18030), &mixed);
    let mixed = mixed.replace(SIMPLIFIED, TRADITIONAL).replace(['“', '”'], "");
    check(&encoded(&mixed, BIG5), &mixed);
}

#[test]
fn any_two_clauses_are_told_apart() {
    let sentences: Vec<_> = SIMPLIFIED.split_inclusive(['，', '。']).collect();
    for pair in sentences.windows(2) {
        check(&encoded(&pair.concat(), GB18030), &pair.concat());
    }
    let sentences: Vec<_> = TRADITIONAL.split_inclusive(['，', '。']).collect();
    for pair in sentences.windows(2) {
        check(&encoded(&pair.concat(), BIG5), &pair.concat());
    }
}

#[test]
fn utf8_survives_a_cut_end_and_a_few_bad_bytes() {
    let bytes = SIMPLIFIED.trim_end().as_bytes();
    let cut = &bytes[..bytes.len() - 1];
    let whole = std::str::from_utf8(&bytes[..bytes.len() - 3]).unwrap();
    check(cut, whole);
    let spoilt = [&bytes[..30], b"\xff", &bytes[30..]].concat();
    let (text, reasons) = read("a.txt", &spoilt);
    assert_eq!(reasons, [SkipReason::Undecoded], "the loss is reported beside the text");
    assert_eq!(text.unwrap().replace('\u{fffd}', ""), SIMPLIFIED.trim_end());
}

/// Bytes without pattern, as a broken disk gives them back.
fn noise(count: usize) -> Vec<u8> {
    let mut state = 7_u64;
    let next = |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 56) as u8
    };
    (0..count).map(next).collect()
}

#[test]
fn garbage_beside_a_good_story_spoils_nothing_of_it() {
    let check = |story: &str, garbage: &[u8]| {
        let story = story.trim_end();
        for bytes in [[story.as_bytes(), garbage].concat(), [garbage, story.as_bytes()].concat()] {
            let (text, reasons) = read("a.txt", &bytes);
            assert_eq!(reasons, [SkipReason::Undecoded]);
            let text = text.unwrap();
            assert!(text.contains('\u{fffd}'), "the garbage stays to be seen");
            // Nothing but a character at the seam may be lost.
            let inner: String = story.chars().skip(1).take(story.chars().count() - 2).collect();
            assert!(text.contains(&inner));
        }
    };
    let high: Vec<u8> = noise(32_000).into_iter().filter(|it| *it >= 0x80).collect();
    for garbage in [&noise(16_000), &high] {
        check(&SIMPLIFIED.repeat(200), garbage);
        check(&TRADITIONAL.repeat(200), garbage);
        check(&ENGLISH.repeat(400), garbage);
        check(&FRENCH.repeat(400), garbage);
    }
    // Spoilt here and there, in more places than one in eight of what is not ASCII.
    let spoilt = ENGLISH.replace("Saturday", "S\u{0}turday").repeat(40).into_bytes();
    let spoilt: Vec<u8> = spoilt.iter().map(|it| if *it == 0 { 0xe1 } else { *it }).collect();
    let (text, reasons) = read("a.txt", &spoilt);
    assert_eq!(reasons, [SkipReason::Undecoded]);
    assert!(text.unwrap().contains("reached Moscow after “sixteen days”."));
}

#[test]
fn a_few_pairs_that_happen_to_be_utf8_do_not_make_an_old_encoding_new() {
    // A quotation in UTF-8 within a text that is not.
    let latin = encoded(&FRENCH.repeat(20), WINDOWS_1252);
    let both = [&latin[..], "« 武汉 »\n".as_bytes(), &latin].concat();
    assert!(read("a.txt", &both).0.unwrap().contains("a quitté la gare à l'été"));
    for (text, encoding) in [(SIMPLIFIED, GB18030), (TRADITIONAL, BIG5)] {
        check(&encoded(&text.repeat(300), encoding), &text.repeat(300));
    }
}

#[test]
fn a_wrong_label_does_not_hide_the_text() {
    let page = |label: &str, text: &str| {
        format!("<html><head><meta charset=\"{label}\"><title>x</title></head><p>{text}</p>")
    };
    let check = |bytes: &[u8], expected: &str| {
        assert_eq!(read("a.html", bytes), (Some(expected.to_owned()), vec![]));
    };
    for label in ["gb2312", "GBK", "utf-8", "iso-8859-1", "windows-1252", "big5", "nonsense", ""] {
        let html = page(label, SIMPLIFIED);
        check(&encoded(&html, GB18030), &html);
        check(html.as_bytes(), &html);
        let html = page(label, TRADITIONAL);
        check(&encoded(&html, BIG5), &html);
        check(html.as_bytes(), &html);
    }
    // A right label decides where there is little to tell by.
    let html = page("gb2312", "价格");
    check(&encoded(&html, GB18030), &html);
    let html = page("EUC-JP", "貨物列車は武漢を出発した。");
    check(&encoded(&html, EUC_JP), &html);
    let html = page("windows-1251", "Ухань");
    check(&encoded(&html, WINDOWS_1251), &html);
}

#[test]
fn records_are_decoded_as_they_are_read() {
    let lines = format!("{{\"text\":\"{}\"}}\n", SIMPLIFIED.trim_end()).repeat(2_000);
    for bytes in [encoded(&lines, GB18030), utf16(&lines, u16::to_le_bytes)] {
        let all = Folder::of(&[("a.jsonl", bytes)]).read(".");
        assert_eq!(all.len(), 2_000);
        for raw in all {
            let Content::Record(record) = raw.unwrap().content else { panic!("no record") };
            assert_eq!(record.text, SIMPLIFIED.trim_end());
        }
    }
    // What spreadsheets save as "Unicode text", and what they save as CSV in China.
    let table = format!("标题\t正文\n班列\t{SIMPLIFIED}");
    let marked = [b"\xff\xfe", &*utf16(&table, u16::to_le_bytes)].concat();
    assert_eq!(read("a.tsv", &marked), (Some(SIMPLIFIED.trim_end().to_owned()), vec![]));
    let table = table.replace('\t', ",");
    let expected = (Some(SIMPLIFIED.trim_end().to_owned()), vec![]);
    assert_eq!(read("a.csv", &encoded(&table, GB18030)), expected);
}

#[test]
fn a_record_with_bad_bytes_is_read_and_reported() {
    let lines =
        b"{\"text\":\"\xe4\xb8\xad\xe5\x9b\xbd\xe4\xb8\xad\xe5\x9b\xbd\"}\n{\"text\":\"a\xffb\"}\n";
    let long = [&lines[..24].repeat(20), &lines[24..]].concat();
    let shown = Folder::of(&[("a.jsonl", long)]).shown();
    assert!(
        shown.ends_with(
            "a.jsonl:21 jsonlines \"a\u{fffd}b\"\n\
         a.jsonl:21 undecoded (bytes that are no UTF-8, replaced)\n"
        ),
        "{shown}"
    );
}

#[test]
fn bytes_that_are_no_text_are_binary() {
    let noise = noise(20_000);
    let elf = [&b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0\x01\0\0\0"[..], &noise].concat();
    for (name, bytes) in [
        ("zeros.txt", &vec![0; 9_000]),
        ("noise.txt", &noise),
        ("program.txt", &elf),
        ("no-extension", &elf),
        ("zeros-and-text.txt", &b"text\0\0\0\0\0\0text\0\0\0".repeat(40)),
    ] {
        assert_eq!(read(name, bytes), (None, vec![SkipReason::Binary]), "{name}");
    }
    // One stray zero in a long text is no reason to lose it.
    let stray = format!("{}\0{}", ENGLISH.repeat(10), ENGLISH.repeat(10));
    check(stray.as_bytes(), &stray);
}

#[test]
fn a_folder_in_six_encodings_is_one_corpus() {
    let folder = Folder::of(&[
        ("1.txt", SIMPLIFIED.as_bytes().to_vec()),
        ("2.txt", encoded(SIMPLIFIED, GB18030)),
        ("3.txt", utf16(SIMPLIFIED, u16::to_le_bytes)),
        ("4.txt", utf16(SIMPLIFIED, u16::to_be_bytes)),
        ("5.txt", encoded(TRADITIONAL, BIG5)),
        ("6.txt", encoded(FRENCH, WINDOWS_1252)),
    ]);
    let texts = folder.read(".").into_iter().map(|it| match it.unwrap().content {
        Content::Text(it) => it,
        other => panic!("no text was read: {other:?}"),
    });
    let expected = [SIMPLIFIED, SIMPLIFIED, SIMPLIFIED, SIMPLIFIED, TRADITIONAL, FRENCH];
    assert_eq!(texts.collect::<Vec<_>>(), expected);
}
