//! The model: sixty small decision trees, fitted by gradient boosting.
//!
//! It was fitted to 63 pages of the test collection of Mozilla's Readability that have a story and
//! furniture around it, rendered as bare text. 29 of them were labelled by hand, with twice the
//! weight. For the others the hand-made main content is the story and the rest is furniture,
//! without bylines and unclear lines. Lines of a story and readers' comments had three times the
//! weight of furniture, and a page had the square root of its lines. The labelled pages that are
//! held out from rule making had no part in the fit. Constraints are monotonic: more furniture
//! around a line and more of a page's own words in it only raise its odds, running text near it
//! only lowers them. Depth 2, shrinkage 0.2.
//!
//! [`CERTAIN`] comes from cross-validation, leaving out an eighth of the pages at a time, four
//! times over: no line of a story that the guards let pass had log-odds above 2110; 2800 means
//! twice those odds.
//!
//! On 180 further pages, most of them German, that had no part in the fit and whose markup shows
//! the story (5,139 lines), two lines of a story were dropped: a heading and the sentence under it,
//! which stand over a link. Fits to all pages together, with more features, with deeper trees, or
//! with a second stage over the first stage's output found no more furniture without losing lines.

use std::sync::LazyLock;

use super::features::COUNT;

/// A tree of depth 2. For the root and its two children: the number of the feature, and the
/// greatest value that leads to the first branch. For the four leaves: log-odds that the line is
/// furniture, in thousandths.
type Tree = ([(usize, f32); 3], [i32; 4]);

/// The log-odds of furniture before any tree is asked, in thousandths.
const BEFORE: i32 = 905;

/// Lines with at least these odds are dropped.
pub(crate) const CERTAIN: i32 = 2800;

/// The log-odds, in thousandths, that a line with these features is furniture.
pub(crate) fn odds(numbers: &[f32; COUNT]) -> i32 {
    let is_more = |(which, most): (usize, f32)| numbers.get(which).is_some_and(|it| *it > most);
    let said = |([root, first, second], [one, two, three, four]): &Tree| match (
        is_more(*root),
        is_more(*first),
        is_more(*second),
    ) {
        (false, false, _) => *one,
        (false, true, _) => *two,
        (true, _, false) => *three,
        (true, _, true) => *four,
    };
    BEFORE + TREES.iter().map(said).sum::<i32>()
}

/// The trees. A line of the file is the three pairs of a tree and its four leaves.
static TREES: LazyLock<Vec<Tree>> = LazyLock::new(|| {
    let tree = |line: &str| {
        let mut numbers = line.split(' ').map(|it| it.parse::<f32>().expect("ten numbers a line"));
        let mut next = || numbers.next().unwrap_or_default();
        let nodes = [(); 3].map(|()| (next() as usize, next()));
        (nodes, [(); 4].map(|()| next() as i32))
    };
    include_str!("trees.txt").lines().map(tree).collect()
});
