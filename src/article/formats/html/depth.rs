//! Detects pages that nest too deep for the parser, and strips their tags instead of parsing them.

/// Deeper pages are not parsed. Nesting costs the parser quadratic time (100,000 open elements took
/// it 20 seconds), and no page that people write nests deeper than about sixty.
pub(super) const DEEPEST: usize = 600;

/// Elements without content, which are never closed, and elements that the next one of the same
/// name closes, such as `<p>`.
const FLAT: &str = "area base br col embed hr img input link meta param source track wbr \
    p li dt dd tr td th option thead tbody";

/// Whether elements may nest deeper than [`DEEPEST`].
pub(super) fn is_too_deep(html: &str) -> bool {
    let (mut depth, mut rest) = (0_usize, html);
    while let Some((_, tag)) = rest.split_once('<') {
        rest = tag;
        let name = name_of(tag.strip_prefix('/').unwrap_or(tag));
        if name.is_empty() || FLAT.split(' ').any(|it| it.eq_ignore_ascii_case(name)) {
            continue;
        }
        if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if depth == DEEPEST {
            return true;
        } else {
            depth += 1;
            rest = after_raw_text(tag);
        }
    }
    false
}

/// The name at the start of a tag; empty where there is none.
fn name_of(tag: &str) -> &str {
    tag.split(|it: char| !it.is_ascii_alphanumeric()).next().unwrap_or_default()
}

/// The rest of a page from the end of an element whose content is not markup (a script or a style
/// sheet); all of it for other elements.
fn after_raw_text(tag: &str) -> &str {
    let close = match name_of(tag) {
        it if it.eq_ignore_ascii_case("script") => "</script",
        it if it.eq_ignore_ascii_case("style") => "</style",
        _ => return tag,
    };
    tag.find(close).and_then(|it| tag.get(it..)).unwrap_or(tag)
}

/// The text between the tags, for pages that are not parsed. It keeps the line ends of the file, so
/// that line numbers stay right.
pub(super) fn without_tags(html: &str) -> String {
    let mut bare = String::with_capacity(html.len() / 2);
    let mut rest = html;
    while let Some((text, tag)) = rest.split_once('<') {
        bare.push_str(text);
        let skipped = tag.len() - after_raw_text(tag).len();
        let end = tag.get(skipped..).and_then(|it| it.find('>')).map(|it| it + skipped);
        let Some((markup, after)) = end.map(|it| tag.split_at(it)) else { return bare };
        bare.push(' ');
        bare.extend(markup.chars().filter(|it| *it == '\n'));
        rest = after.get(1..).unwrap_or_default();
    }
    bare.push_str(rest);
    bare
}
