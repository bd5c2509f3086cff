//! What the reader makes of each format.

use expect_test::{Expect, expect};

use crate::reading::source_folder::{Folder, gzip, zip};

#[track_caller]
fn check(name: &str, bytes: impl AsRef<[u8]>, expected: &Expect) {
    expected.assert_eq(&Folder::of(&[(name, bytes.as_ref())]).shown());
}

#[test]
fn a_text_is_one_raw() {
    check(
        "a.txt",
        "Wuhan\n武汉\n",
        &expect![[r#"
        a.txt:1 text "Wuhan\n武汉\n"
    "#]],
    );
    check(
        "a.md",
        "# Title",
        &expect![[r##"
        a.md:1 markdown "# Title"
    "##]],
    );
    check(
        "a.HTM",
        "<p>x</p>",
        &expect![[r#"
        a.HTM:1 html "<p>x</p>"
    "#]],
    );
    check(
        "LICENSE",
        "no extension",
        &expect![[r#"
        LICENSE:1 text "no extension"
    "#]],
    );
    check(
        "a.srt",
        "unknown, but text",
        &expect![[r#"
        a.srt:1 text "unknown, but text"
    "#]],
    );
    check(
        "page",
        "  <!DOCTYPE html><p>x",
        &expect![[r#"
        page:1 html "  <!DOCTYPE html><p>x"
    "#]],
    );
    check(
        "page.txt",
        "<html><p>x",
        &expect![[r#"
        page.txt:1 html "<html><p>x"
    "#]],
    );
}

#[test]
fn what_holds_no_text_is_named() {
    check(
        "a.txt",
        "",
        &expect![[r#"
        a.txt empty ()
    "#]],
    );
    check(
        "a.txt",
        " \n\t\n",
        &expect![[r#"
        a.txt empty ()
    "#]],
    );
    check(
        "a.png",
        "whatever it holds",
        &expect![[r#"
        a.png unknown-format ()
    "#]],
    );
    check(
        "page_files/site.js",
        "var x",
        &expect![[r#"
        page_files/site.js unknown-format ()
    "#]],
    );
    check(
        "a.txt",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x02\x03\x04",
        &expect![[r#"
        a.txt binary (10 control bytes in 22)
    "#]],
    );
}

#[test]
fn json_lines_keep_their_lines_and_go_on_after_a_bad_one() {
    check(
        "a.jsonl",
        concat!(
            "\u{feff}{\"id\":7,\"title\":\"T\",\"text\":\"one\",\"date\":\"2018-09-12\",\"url\":\"u\"}\r\n",
            "\n",
            "{\"id\":\"x\",\"text\":\n",
            "{\"_id\":\"c\",\"contents\":\"two\",\"author\":[\"A\",\"B\"],\"lang\":null,\"more\":{\"a\":[1]}}\n",
            "{\"title\":\"only a headline\"}\n",
            "{\"text\":\"  \"}\n",
            "{\"count\":3}\n",
            "[1]\n",
            "{\"body\":\"worse name\",\"text\":\"better name\",\"content\":\"worst\"}\n",
            "{\"text\":[\"first paragraph\",\"second\"]}\n",
            "{\"text\":\"cut in a pair \\ud83d, a pair \\ud83d\\ude00, a backslash \\\\ud83d\"}"
        ),
        &expect![[r#"
            a.jsonl:1 jsonlines "one" id="7" title="T" date="2018-09-12" url="u"
            a.jsonl:3 malformed (no JSON: EOF while parsing a value, column 17)
            a.jsonl:4 jsonlines "two" id="c" author="A, B"
            a.jsonl:5 jsonlines "" title="only a headline"
            a.jsonl:6 empty ()
            a.jsonl:7 malformed (a record with neither text nor title)
            a.jsonl:8 malformed (invalid type: sequence, expected an object with a text)
            a.jsonl:9 jsonlines "better name"
            a.jsonl:10 jsonlines "first paragraph\n\nsecond"
            a.jsonl:11 jsonlines "cut in a pair �, a pair 😀, a backslash \\ud83d"
        "#]],
    );
}

#[test]
fn json_is_one_record_or_an_array_or_one_after_the_other() {
    check(
        "a.json",
        r#"{"text": "one }", "id": 1}"#,
        &expect![[r#"
        a.json:1 jsonlines "one }" id="1"
    "#]],
    );
    check(
        "a.json",
        "[\n {\"text\": \"a\"},\n {\"text\": \"b {\\\" \"}\n]\n",
        &expect![[r#"
        a.json:2 jsonlines "a"
        a.json:3 jsonlines "b {\" "
    "#]],
    );
    check(
        "a.json",
        "{\"text\":\"a\"}\n{\"text\":\"b\"}\n",
        &expect![[r#"
        a.json:1 jsonlines "a"
        a.json:2 jsonlines "b"
    "#]],
    );
    check(
        "a.json",
        "{\"text\":\"a\"} nonsense",
        &expect![[r#"
        a.json:1 jsonlines "a"
        a.json:1 malformed (neither an object nor an array)
    "#]],
    );
    check(
        "a.json",
        "{\"text\":\"never ends",
        &expect![[r#"
            a.json:1 malformed (no JSON: EOF while parsing a string, column 19)
        "#]],
    );
    check(
        "a.json",
        "[]",
        &expect![[r#"
        a.json empty ()
    "#]],
    );
    check(
        "a.json",
        "17",
        &expect![[r#"
        a.json:1 malformed (neither an object nor an array)
    "#]],
    );
}

#[test]
fn tables_are_read_by_their_header() {
    check(
        "a.csv",
        "ID,Title,Text,Views\r\n1,T,\"one, \"\"quoted\"\"\r\nsecond line\",5\r\n2,,two,6\r\n\r\n3,,,7\r\n4,,four",
        &expect![[r#"
            a.csv:2 csv "one, \"quoted\"\r\nsecond line" id="1" title="T"
            a.csv:4 csv "two" id="2"
            a.csv:6 empty ()
            a.csv:7 csv "four" id="4"
        "#]],
    );
    check(
        "a.csv",
        "标题;正文\n一带一路;倡议\n",
        &expect![[r#"
        a.csv:2 csv "倡议" title="一带一路"
    "#]],
    );
    check(
        "a.tsv",
        "text\turl\nsay \"hi\tu\n",
        &expect![[r#"
        a.tsv:2 tsv "say \"hi" url="u"
    "#]],
    );
    check(
        "a.csv",
        "year,value\n2015,3\n",
        &expect![[r#"
        a.csv malformed (no column is named text, body, content, contents or title)
    "#]],
    );
}

#[test]
fn packed_files_are_read_as_what_they_hold() {
    check(
        "a.txt.gz",
        gzip(b"text"),
        &expect![[r#"
        a.txt.gz:1 text "text"
    "#]],
    );
    check(
        "a.jsonl.zst",
        zstd::encode_all(&b"{\"text\":\"one\"}\n"[..], 3).unwrap(),
        &expect![[r#"
        a.jsonl.zst:1 jsonlines "one"
    "#]],
    );
    check(
        "saved.html",
        gzip(b"<p>packed, though it does not say so"),
        &expect![[r#"
        saved.html:1 html "<p>packed, though it does not say so"
    "#]],
    );
    check(
        "a.txt.gz",
        "not packed",
        &expect![[r#"
        a.txt.gz malformed (not packed as its name says)
    "#]],
    );
    let mut cut = gzip("a text that breaks off".repeat(50).as_bytes());
    cut.truncate(30);
    check(
        "a.txt.gz",
        cut,
        &expect![[r#"
        a.txt.gz malformed (incomplete deflate stream)
    "#]],
    );
    let mut spoilt = gzip(b"a text with one bit turned");
    spoilt[14] ^= 4;
    check(
        "a.txt.gz",
        spoilt,
        &expect![[r#"
        a.txt.gz malformed (corrupt gzip stream does not have a matching checksum)
    "#]],
    );
}

#[test]
fn a_zip_is_a_folder() {
    let inner = zip(&[(b"deep.txt", b"inside of the inside")]);
    let innermost = zip(&[(b"c.zip", &zip(&[(b"d.zip", &inner)]))]);
    let files: &[(&[u8], &[u8])] = &[
        (b"b.txt", b"second"),
        (b"a/one.md", b"# first"),
        (
            b"\xd6\xd0\xb9\xfa.txt",
            b"\xd6\xd0\xb9\xfa\xb5\xc4\xce\xc4\xd7\xd6\xca\xc7\xd6\xd0\xb9\xfa\xb5\xc4",
        ),
        (b"empty/", b""),
        (b"__MACOSX/b.txt", b"not the person's"),
        (b".DS_Store", b"not the person's"),
        (b"rows.jsonl", b"{\"text\":\"r1\"}\n{\n{\"text\":\"r2\"}\n"),
        (b"inner.zip", &inner),
        (b"innermost.zip", &innermost),
        (b"logo.png", b"x"),
        (b"packed.txt.gz", &gzip(b"packed twice")),
    ];
    check(
        "a.zip",
        zip(files),
        &expect![[r##"
            a.zip/a/one.md:1 markdown "# first"
            a.zip/b.txt:1 text "second"
            a.zip/inner.zip/deep.txt:1 text "inside of the inside"
            a.zip/innermost.zip/c.zip too-large (archives nest deeper than 2)
            a.zip/logo.png unknown-format ()
            a.zip/packed.txt.gz:1 text "packed twice"
            a.zip/rows.jsonl:1 jsonlines "r1"
            a.zip/rows.jsonl:2 malformed (no JSON: EOF while parsing an object, column 1)
            a.zip/rows.jsonl:3 jsonlines "r2"
            a.zip/中国.txt:1 text "中国的文字是中国的"
        "##]],
    );
    check(
        "a.zip",
        zip(&[]),
        &expect![[r#"
        a.zip empty (an archive without files)
    "#]],
    );
    check(
        "a.zip",
        "not a zip",
        &expect![[r#"
            a.zip malformed (no zip archive, or one cut off before its end)
        "#]],
    );
}

#[test]
fn a_book_is_read_in_the_order_of_its_spine() {
    let book = |spine: &str| {
        let package = format!(
            r#"<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf"><manifest>
            <item id="two" href="text/b%20two.xhtml"/><item id="one" href="../one.xml"/>
            <item id="css" href="style.css"/></manifest><spine>{spine}</spine></package>"#
        );
        zip(&[
            (b"mimetype", b"application/epub+zip"),
            (b"META-INF/container.xml", b"<container><rootfiles><rootfile full-path='OEBPS/book.opf'/></rootfiles></container>"),
            (b"OEBPS/book.opf", package.as_bytes()),
            (b"OEBPS/text/b two.xhtml", b"<html><p>second"),
            (b"one.xml", b"<?xml version='1.0'?>\n<html><p>first"),
        ])
    };
    check(
        "a.epub",
        book("<itemref idref='one'/><itemref idref='two'/>"),
        &expect![[r#"
        a.epub/one.xml:1 epub "<?xml version='1.0'?>\n<html><p>first"
        a.epub/OEBPS/text/b two.xhtml:1 epub "<html><p>second"
    "#]],
    );
    check(
        "a.epub",
        book(""),
        &expect![[r#"
        a.epub malformed (its spine names no chapter)
    "#]],
    );
    check(
        "a.epub",
        zip(&[(b"a.txt", b"x")]),
        &expect![[r#"
        a.epub malformed (no `META-INF/container.xml` in it)
    "#]],
    );
}

/// A book of two chapters with its metadata and its table of contents.
fn book(metadata: &str, manifest: &str, contents: (&[u8], &str)) -> Vec<u8> {
    let package = format!(
        r#"<?xml version="1.0"?><package xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">
        <metadata>{metadata}</metadata><manifest>{manifest}<item id="one" href="one.xhtml"/>
        <item id="two" href="two.xhtml"/></manifest><spine><itemref idref="one"/><itemref idref="two"/></spine></package>"#
    );
    zip(&[
        (b"mimetype", b"application/epub+zip"),
        (
            b"META-INF/container.xml",
            b"<container><rootfiles><rootfile full-path='E/book.opf'/></rootfiles></container>",
        ),
        (b"E/book.opf", package.as_bytes()),
        (contents.0, contents.1.as_bytes()),
        (b"E/one.xhtml", b"<html><p>first"),
        (b"E/two.xhtml", b"<html><p>second"),
    ])
}

#[test]
fn a_book_tells_its_title_authors_day_and_what_its_chapters_are_called() {
    check(
        "a.epub",
        book(
            "<dc:title>Iron &amp; Silk</dc:title><dc:creator>Chen Li</dc:creator><dc:creator>Ann Lee</dc:creator>
             <dc:date opf:event='modification'>2020-01-01</dc:date><dc:date opf:event='publication'>2016-02-29</dc:date>",
            r#"<item id="nav" href="nav.xhtml" properties="nav scripted"/>"#,
            (
                b"E/nav.xhtml",
                "<html><nav><ol><li><a href='one.xhtml'>The <i>Iron</i> Road</a></li>
                 <li><a href='one.xhtml#b'>A Bridge</a></li><li><a href='two.xhtml'>丝路</a></li></ol></nav></html>",
            ),
        ),
        &expect![[r#"
        a.epub/E/one.xhtml:1 epub "<html><p>first" name="The Iron Road" book="Iron & Silk" author="Chen Li, Ann Lee" date="2016-02-29"
        a.epub/E/two.xhtml:1 epub "<html><p>second" name="丝路" book="Iron & Silk" author="Chen Li, Ann Lee" date="2016-02-29"
    "#]],
    );
    check(
        "a.epub",
        book(
            "<dc:title>Iron</dc:title>",
            r#"<item id="ncx" href="x/toc.ncx" media-type="application/x-dtbncx+xml"/>"#,
            (
                b"E/x/toc.ncx",
                "<ncx><docTitle><text>Iron</text></docTitle><docAuthor><text>Chen</text></docAuthor><navMap>
                 <navPoint><navLabel><text>One</text></navLabel><content src='../one.xhtml'/>
                 <navPoint><navLabel><text>Part</text></navLabel><content src='../one.xhtml#p'/></navPoint></navPoint>
                 <navPoint><navLabel><text>Two</text></navLabel><content src='../two.xhtml'/></navPoint></navMap></ncx>",
            ),
        ),
        &expect![[r#"
        a.epub/E/one.xhtml:1 epub "<html><p>first" name="One" book="Iron"
        a.epub/E/two.xhtml:1 epub "<html><p>second" name="Two" book="Iron"
    "#]],
    );
}
