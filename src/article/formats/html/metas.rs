//! The `<meta>` elements of a page.

use dom_query::Document;

use crate::text::one_line;

/// The `<meta>` elements: name in lower case and content, in order.
pub(super) struct Metas {
    pairs: Vec<(String, String)>,
}

impl Metas {
    pub(super) fn of(document: &Document) -> Self {
        let selection = document.select("meta");
        let pairs = selection.nodes().iter().flat_map(|it| {
            let content = it.attr("content").map(|it| one_line(&it)).unwrap_or_default();
            let names = ["property", "name", "itemprop", "http-equiv"];
            let names = names.into_iter().filter_map(|name| it.attr(name));
            names.map(|name| (name.to_lowercase(), content.clone())).collect::<Vec<_>>()
        });
        Self { pairs: pairs.filter(|(_, content)| !content.is_empty()).collect() }
    }

    /// The content under the first of the names that the page has.
    pub(super) fn first(&self, names: &[&str]) -> Option<&str> {
        let named = |name: &str| self.pairs.iter().find(|(it, _)| it == name);
        names.iter().find_map(|name| named(name)).map(|(_, content)| content.as_str())
    }

    /// All contents under a name, in order.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs.iter().filter(move |(it, _)| it == name).map(|(_, content)| content.as_str())
    }
}
