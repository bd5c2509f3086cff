//! Detects pages that nest too deep for the parser, and strips their tags instead of parsing them.

/// Deeper pages are not parsed. Nesting costs the parser quadratic time (100,000 open elements took
/// it 20 seconds), and no page that people write nests deeper than about sixty.
pub(super) const DEEPEST: usize = 600;

/// Elements without content, which are never closed.
const VOID: [&[u8]; 14] = [
    b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"param",
    b"source", b"track", b"wbr",
];

/// Elements that the next element of the same name closes, such as `<p>`.
const CLOSED_BY_THE_NEXT: [&[u8]; 10] =
    [b"p", b"li", b"dt", b"dd", b"tr", b"td", b"th", b"option", b"thead", b"tbody"];

/// Whether elements may nest deeper than [`DEEPEST`].
pub(super) fn is_too_deep(html: &str) -> bool {
    let bytes = html.as_bytes();
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(next) = bytes.get(at..).and_then(|it| it.iter().position(|it| *it == b'<')) {
        at += next + 1;
        let closes = bytes.get(at) == Some(&b'/');
        let start = at + usize::from(closes);
        let rest = bytes.get(start..).unwrap_or_default();
        let length = rest.iter().take_while(|it| it.is_ascii_alphanumeric()).count();
        let name = rest.get(..length.min(12)).unwrap_or_default().to_ascii_lowercase();
        if name.is_empty() || is_one_of(&VOID, &name) || is_one_of(&CLOSED_BY_THE_NEXT, &name) {
            continue;
        }
        if closes {
            depth = depth.saturating_sub(1);
        } else {
            depth += 1;
            if depth > DEEPEST {
                return true;
            }
            at = after_raw_text(html, &name, start);
        }
    }
    false
}

fn is_one_of(names: &[&[u8]], name: &[u8]) -> bool {
    names.contains(&name)
}

/// The end of an element whose content is not markup (a script or a style sheet); `at` for all
/// others.
fn after_raw_text(html: &str, name: &[u8], at: usize) -> usize {
    let close = match name {
        b"script" => "</script",
        b"style" => "</style",
        _ => return at,
    };
    let rest = html.get(at..).unwrap_or_default();
    rest.find(close).map_or(at, |it| at + it)
}

/// The text between the tags, for pages that are not parsed. It keeps the line ends of the file, so
/// that line numbers stay right.
pub(super) fn without_tags(html: &str) -> String {
    let mut bare = String::with_capacity(html.len() / 2);
    let mut rest = html;
    while let Some((text, tag)) = rest.split_once('<') {
        bare.push_str(text);
        let name: Vec<u8> = tag.bytes().take_while(u8::is_ascii_alphanumeric).take(12).collect();
        let skipped = after_raw_text(tag, &name.to_ascii_lowercase(), 0);
        let end = tag.get(skipped..).and_then(|it| it.find('>')).map(|it| it + skipped);
        let Some((markup, after)) = end.map(|it| tag.split_at(it)) else { return bare };
        bare.push(' ');
        bare.extend(markup.chars().filter(|it| *it == '\n'));
        rest = after.get(1..).unwrap_or_default();
    }
    bare.push_str(rest);
    bare
}
