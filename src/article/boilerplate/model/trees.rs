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

const TREES: [Tree; 60] = [
    ([(18, 0.024), (7, 0.0), (0, 26.0)], [-519, -143, 236, -143]),
    ([(6, 0.0), (18, 0.024), (11, 1.506)], [-358, -12, 23, 230]),
    ([(24, 1.5), (2, 0.0), (18, 0.024)], [203, -16, -283, -16]),
    ([(25, 3.5), (29, 4.0), (18, 0.024)], [-34, 193, -271, -34]),
    ([(10, 2.447), (11, 0.265), (18, 0.3215)], [-235, -28, 14, 202]),
    ([(11, 2.782), (18, 0.024), (0, 16.0)], [-197, 16, 180, 16]),
    ([(10, 2.447), (18, 0.024), (25, 3.5)], [-169, 8, 170, 19]),
    ([(18, 0.419), (31, 1.5), (15, 29.75)], [16, -163, 182, 16]),
    ([(10, 2.86), (25, 25.5), (18, 0.3215)], [-17, -193, 28, 170]),
    ([(24, 0.0), (3, 0.0), (30, 37.5)], [144, 22, 22, -120]),
    ([(1, 0.0), (11, 0.418), (5, 0.17)], [-50, 137, -50, -180]),
    ([(18, 0.4894), (25, 24.0), (14, 16.644)], [-24, -160, 160, 24]),
    ([(11, 3.525), (30, 37.5), (3, 0.0)], [29, -101, 154, 29]),
    ([(18, 0.4894), (22, 7.5), (27, 5.5)], [8, -121, 25, 139]),
    ([(0, 16.0), (25, 24.0), (32, 19.5)], [88, -111, 27, -164]),
    ([(15, 20.574), (22, 12.0), (4, 0.113)], [104, -29, -136, -29]),
    ([(5, 0.085), (18, 0.0), (29, 7.5)], [-30, 139, -192, -16]),
    ([(1, 0.0), (11, 0.355), (29, 11.5)], [-34, 96, -183, -34]),
    ([(12, 7.733), (11, 0.028), (22, 16.0)], [-131, -2, 134, 27]),
    ([(29, 3.5), (0, 3.5), (22, 7.5)], [23, -180, 81, -68]),
    ([(5, 0.085), (25, 7.5), (30, 13.5)], [119, -41, 52, -96]),
    ([(0, 16.0), (18, 0.024), (32, 19.5)], [-45, 90, 23, -113]),
    ([(15, 20.574), (11, 0.028), (4, 0.035)], [-23, 84, -112, -23]),
    ([(28, 22.0), (14, 20.5), (12, 7.733)], [3, -144, -12, 120]),
    ([(29, 4.0), (0, 3.5), (22, 10.0)], [20, -150, 66, -66]),
    ([(30, 50.0), (32, 45.5), (13, 6.292)], [120, -53, -69, 27]),
    ([(5, 0.085), (13, 0.754), (29, 11.5)], [-60, 80, -124, -7]),
    ([(29, 15.5), (4, 0.27), (18, 0.024)], [-105, 15, -48, 100]),
    ([(29, 3.5), (5, 0.4), (30, 37.5)], [-109, 13, 98, -19]),
    ([(22, 12.0), (2, 0.0), (30, 50.0)], [54, -47, 20, -109]),
    ([(15, 5.84), (11, 0.028), (22, 3.5)], [1, 95, 1, -88]),
    ([(28, 22.0), (4, 0.092), (12, 7.733)], [-109, 23, -11, 103]),
    ([(29, 15.5), (33, 2.0), (18, 0.024)], [-89, 22, -38, 86]),
    ([(26, 2.0), (23, 0.0), (12, 6.054)], [-120, -16, -11, 87]),
    ([(22, 12.0), (15, 42.66), (30, 50.0)], [52, -70, 16, -97]),
    ([(29, 15.5), (1, 0.0), (15, 20.574)], [-6, -100, 60, -53]),
    ([(4, 0.1), (26, 2.0), (29, 3.5)], [-69, 8, 27, 105]),
    ([(5, 0.074), (30, 188.0), (4, 0.07)], [-17, 111, -71, 59]),
    ([(32, 42.0), (30, 60.0), (31, 8.0)], [128, -81, -72, 29]),
    ([(29, 3.5), (5, 0.4), (18, 0.024)], [-85, 13, -34, 74]),
    ([(22, 12.0), (1, 0.0), (21, 0.0)], [51, -38, 32, -84]),
    ([(28, 22.0), (4, 0.035), (32, 161.5)], [-94, 15, 43, -49]),
    ([(5, 0.074), (30, 188.0), (4, 0.07)], [-14, 98, -61, 50]),
    ([(15, 5.84), (11, 0.028), (22, 3.5)], [4, 79, 4, -67]),
    ([(29, 15.5), (0, 3.5), (31, 3.5)], [17, -87, 79, -26]),
    ([(22, 12.0), (15, 44.14), (30, 50.0)], [43, -55, 11, -77]),
    ([(26, 1.5), (33, 2.0), (29, 12.0)], [-65, 29, -50, 45]),
    ([(22, 16.0), (16, 4.98111), (32, 89.5)], [-8, 106, 24, -91]),
    ([(4, 0.1), (5, 0.085), (29, 3.5)], [19, -51, 23, 87]),
    ([(23, 0.0), (17, 4.8246), (22, 41.5)], [-81, 52, 43, -71]),
    ([(18, 0.024), (31, 8.0), (29, 7.5)], [-57, -1, -1, 68]),
    ([(4, 0.1), (23, 0.0), (29, 3.5)], [-60, 11, 21, 82]),
    ([(26, 1.5), (32, 22.0), (8, 2.0)], [32, -63, -29, 69]),
    ([(28, 22.0), (14, 20.5), (8, 2.0)], [8, -82, -26, 49]),
    ([(22, 12.0), (23, 0.0), (15, 1.1637)], [-27, 44, 16, -76]),
    ([(0, 3.5), (30, 188.0), (5, 0.16)], [-29, 105, 28, -58]),
    ([(32, 161.5), (20, 1.5), (10, 2.18)], [-44, 43, -79, 32]),
    ([(28, 22.0), (31, 1.5), (18, 0.024)], [13, -64, -19, 55]),
    ([(29, 15.5), (9, 5.5), (32, 175.5)], [-75, 18, 43, -57]),
    ([(22, 12.0), (19, 10.0), (17, 3.381)], [-19, 64, 18, -61]),
];
