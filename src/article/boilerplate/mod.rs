//! Furniture that is recognized by what stands around it: menus, teasers of other stories, and what
//! a fitted model finds.
//!
//! `page_view` is the page as the rules see it. The rules `menus` and `teasers` work on it, then
//! the model does. None of them calls back.

mod menus;
mod model;
mod page_view;
mod teasers;

use std::collections::HashSet;
use std::ops::Range;

use super::line::Line;
use super::rule::Rule;
pub(crate) use page_view::KnownFurniture;
use page_view::PageView;

/// Finds the lines outside of the story that are furniture: their indices, sorted, each with its
/// rule.
///
/// `story` begins with its headline; its running text begins at line `text`. `is_confirmed` is the
/// field of [`Headline`](crate::article::content::Headline). `all` are the page's lines including
/// those that other rules dropped.
pub(crate) fn outside(
    lines: &[Line],
    story: &Range<usize>,
    text: usize,
    is_confirmed: bool,
    known: &KnownFurniture,
    all: &[Line],
) -> Vec<(usize, Rule)> {
    let page = PageView::new(lines, story, text, is_confirmed, known);
    let mut gone = page.listed();
    let judged: HashSet<usize> = model::drop(&page, &mut gone, all, text).into_iter().collect();
    let rule = |at: &usize| if judged.contains(at) { Rule::Boilerplate } else { Rule::Menu };
    (0..lines.len()).filter(|at| gone.has(*at)).map(|at| (at, rule(&at))).collect()
}
