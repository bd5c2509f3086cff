//! The text of PDF: what the program `pdftotext` writes, whatever it does instead.

#![expect(clippy::print_stdout, reason = "says what was not tested, and why")]

use std::path::{Path, PathBuf};
use std::time::Duration;

use expect_test::expect;
use passages::article::{DateSource, RepeatedLines, read};

use crate::reading::source_folder::Folder;

#[test]
fn without_its_program_a_pdf_is_skipped_by_name() {
    expect![[r#"
        a.pdf missing-tool (the program `pdftotext`, which comes with poppler, is not on PATH)
    "#]]
    .assert_eq(&Folder::of(&[("a.pdf", "%PDF-1.4")]).shown());
}

#[cfg(unix)]
#[test]
fn a_pdf_is_what_its_program_writes() {
    use std::os::unix::fs::PermissionsExt;
    let read = |script: &str, wait_ms: u64, text_bytes: u64| {
        let mut folder = Folder::of(&[("a.pdf", "%PDF-1.4 page")]);
        let program = folder.put(".bin/pdftotext", format!("#!/bin/sh\n{script}\n").as_bytes());
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        folder.limits.pdftotext = Some(program);
        folder.limits.pdf_wait = Duration::from_millis(wait_ms);
        folder.limits.text_bytes = text_bytes;
        folder.shown_below("a.pdf")
    };
    expect![[r#"
        a.pdf:1 pdf "%PDF-1.4 page read\u{c}"
    "#]]
    .assert_eq(&read("cat; printf ' read\\f'", 30_000, 1_000));
    expect![[r#"
        a.pdf malformed (pdftotext could not read it)
    "#]]
    .assert_eq(&read("exit 1", 30_000, 1_000));
    expect![[r#"
        a.pdf empty (no text in it: pictures of pages, most likely)
    "#]]
    .assert_eq(&read("cat >/dev/null", 30_000, 1_000));
    expect![[r#"
        a.pdf took-too-long (pdftotext was silent for 300ms)
    "#]]
    .assert_eq(&read("exec sleep 60", 300, 1_000));
    expect![[r#"
        a.pdf too-large (over 1000 bytes of text)
    "#]]
    .assert_eq(&read("exec yes", 30_000, 1_000));
    expect![[r#"
        a.pdf took-too-long (pdftotext was not done after 4s)
    "#]]
    .assert_eq(&read("while :; do printf x; done", 400, 32 << 20));
}

/// A document of these pages, each a few lines of a standard font; as small as the format allows.
fn pdf(pages: &[&[&str]]) -> Vec<u8> {
    pdf_of("", pages)
}

/// The same, with what the file says of itself.
fn pdf_of(info: &str, pages: &[&[&str]]) -> Vec<u8> {
    let first = 4;
    let kids: String = (0..pages.len()).map(|it| format!("{} 0 R ", first + 2 * it)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    for (at, lines) in pages.iter().enumerate() {
        let text: String = lines.iter().map(|it| format!("({it}) Tj T* ")).collect();
        let text = format!("BT /F1 12 Tf 14 TL 72 720 Td {text}ET");
        let content = first + 2 * at + 1;
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {content} 0 R \
             /Resources << /Font << /F1 3 0 R >> >> >>"
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()));
    }
    objects.push(format!("<< {info} >>"));
    let mut out = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (object, number) in objects.iter().zip(1..) {
        places.push(out.len());
        out += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let start = out.len();
    let count = objects.len() + 1;
    out += &format!("xref\n0 {count}\n0000000000 65535 f \n");
    places.iter().for_each(|it| out += &format!("{it:010} 00000 n \n"));
    out += &format!(
        "trailer\n<< /Size {count} /Root 1 0 R /Info {} 0 R >>\nstartxref\n{start}\n%%EOF\n",
        count - 1
    );
    out.into_bytes()
}

/// The program on PATH; nothing, with a line that says so, where there is none.
fn installed() -> Option<PathBuf> {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&folders).map(|it| it.join("pdftotext"));
    let found = found.into_iter().find(|it| it.is_file());
    if found.is_none() {
        println!("skipped: pdftotext is not on PATH");
    }
    found
}

#[test]
fn the_real_program_reads_a_document_and_names_a_broken_one() {
    let Some(program) = installed() else { return };
    let whole = pdf(&[
        &[
            "Ferry Line to Turkmenbashi Reopens",
            "11 April 2019",
            "The ferry sailed again on Thursday after",
            "a break of two months.",
        ],
        &["It carried forty trucks and nineteen rail cars."],
    ]);
    let mut broken = b"%PDF-1.4\n".to_vec();
    broken.extend((0..4_000_u32).map(|it| (it * 7 % 251) as u8));
    let mut folder = Folder::of(&[
        ("a whole.pdf", &whole),
        ("b broken.pdf", &broken),
        ("c empty.pdf", &pdf(&[&[]])),
    ]);
    folder.limits.pdftotext = Some(program);
    let mut raws = folder.read(".").into_iter();
    let raw = raws.next().unwrap().unwrap();
    let [article] = <[_; 1]>::try_from(read(&raw, 1, &RepeatedLines::none())).unwrap();
    assert_eq!(article.title.as_deref(), Some("Ferry Line to Turkmenbashi Reopens"));
    assert_eq!(article.date.map(|it| it.to_string()).as_deref(), Some("2019-04-11"));
    assert!(article.body.contains("sailed again on Thursday after\na break of two months."));
    assert!(article.body.ends_with("It carried forty trucks and nineteen rail cars."));
    let skips: Vec<String> =
        raws.map(|it| it.unwrap_err()).map(|it| it.path + " " + &it.detail).collect();
    assert_eq!(
        skips,
        [
            "b broken.pdf pdftotext could not read it",
            "c empty.pdf no text in it: pictures of pages, most likely"
        ]
    );
}

/// Title, author and day of an article, and where the day came from.
type Told = (Option<String>, Option<String>, Option<String>, Option<DateSource>);

/// What is told of the article of a PDF that says this of itself.
#[track_caller]
fn told(program: &Path, name: &str, info: &str, lines: &[&str]) -> (Told, String) {
    let mut folder = Folder::of(&[(name, &pdf_of(info, &[lines]))]);
    folder.limits.pdftotext = Some(program.to_owned());
    let raw = folder.read(".").remove(0).unwrap();
    let [article] = <[_; 1]>::try_from(read(&raw, 1, &RepeatedLines::none())).unwrap();
    let day = article.date.map(|it| it.to_string());
    ((article.title, article.author, day, article.date_source), article.body)
}

const PAGE: &[&str] = &[
    "Caspian Shipping Quarterly",
    "",
    "Ferry Line to",
    "Turkmenbashi Reopens",
    "The ferry sailed again on Thursday after a break of two months, the harbour",
    "master said, and it carried forty trucks and nineteen rail cars to the east.",
];

#[test]
fn a_pdf_says_its_title_author_and_day_itself() {
    let Some(program) = installed() else { return };
    let some = |it: &str| Some(it.to_owned());
    let info = "/Title (Ferry Line to Turkmenbashi Reopens) /Author (Aylin Mamedova) \
                /CreationDate (D:20190411080000+04'00')";
    let (told_of, body) = told(&program, "a.pdf", info, PAGE);
    let title = some("Ferry Line to Turkmenbashi Reopens");
    let metadata = Some(DateSource::Metadata);
    assert_eq!(told_of, (title, some("Aylin Mamedova"), some("2019-04-11"), metadata));
    assert!(body.contains("Caspian Shipping Quarterly"), "no line of the pages is lost: {body}");
    // Chinese, and a year alone.
    let info = "/Title <FEFF6B666C4952305FB75EFA> /Author <FEFF5F20660E> /CreationDate (D:2019)";
    let (told_of, _) = told(&program, "a.pdf", info, &["the ferry sailed again, they say."]);
    assert_eq!(told_of, (some("武汉到德建"), some("张明"), some("2019"), metadata));
}

#[test]
fn what_programs_write_into_a_pdf_is_no_title_and_nobody() {
    let Some(program) = installed() else { return };
    let (plain, _) = told(&program, "ferry.pdf", "", PAGE);
    for title in [
        "Microsoft Word - ferry final.doc",
        "untitled",
        "Untitled-1",
        "PowerPoint Presentation",
        "ferry",
        "C:\\\\Users\\\\x\\\\ferry",
        "report_v2.indd",
        "12",
        "https://example.org/print?id=3",
        // A template's, which the pages do not show.
        "Instructions for Authors of the Quarterly",
    ] {
        let info = format!("/Title ({title}) /Author (Administrator)");
        assert_eq!(told(&program, "ferry.pdf", &info, PAGE).0, plain, "{title}");
    }
    // A day that the pages give is surer than that of the file.
    let dated = [&PAGE[..4], &["11 April 2019"], &PAGE[4..]].concat();
    let (told_of, _) = told(&program, "a.pdf", "/CreationDate (D:20210704)", &dated);
    assert_eq!(told_of.2.as_deref(), Some("2019-04-11"));
    assert_eq!(told_of.3, Some(DateSource::Byline));
}
