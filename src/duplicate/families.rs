//! All fingerprints become families of copies.

use std::collections::HashMap;

use super::print::{BANDS, Fingerprint};
use super::shape::Shape;

/// Passages of one key that a candidate is compared with.
///
/// A key shared by more is a set phrase of a thousand forms, and comparing all would take time by
/// the square of them.
const MAX_HEADS: usize = 16;

/// The family of each passage: the lowest number among its copies, its own where it has none.
///
/// `text` gives the text of a passage by its number; it is asked only for likely near copies.
/// Every member resembles the head of its family, so chains of small changes do not bring together
/// what differs. Who is whose copy depends on the texts alone, not on their order.
#[must_use]
pub fn families(prints: &[Option<Fingerprint>], text: &dyn Fn(u32) -> String) -> Vec<u32> {
    let mut family: Vec<u32> = (0..prints.len()).map(as_number).collect();
    // In the order of the hashes, which no order of files can change; equal texts stand together.
    let mut order: Vec<(Fingerprint, u32)> =
        prints.iter().zip(0..).filter_map(|(it, number)| Some(((*it)?, number))).collect();
    order.sort_unstable_by_key(|(print, number)| (print.exact, *number));
    let firsts = firsts(&order, &mut family);
    for (member, head) in near_copies(&firsts, text) {
        join(&mut family, member, head);
    }
    // Members name another member, the head or an exact copy of theirs; all get the lowest number.
    named_by_lowest(&mut family);
    family
}

/// Joins exact copies, and gives one passage for each text.
fn firsts(order: &[(Fingerprint, u32)], family: &mut [u32]) -> Vec<(Fingerprint, u32)> {
    let mut firsts: Vec<(Fingerprint, u32)> = Vec::new();
    for (print, number) in order {
        match firsts.last() {
            Some((first, head)) if first.exact == print.exact => join(family, *number, *head),
            _ => firsts.push((*print, *number)),
        }
    }
    firsts
}

fn join(family: &mut [u32], member: u32, head: u32) {
    if let Some(slot) = family.get_mut(member as usize) {
        *slot = head;
    }
}

/// Pairs of a passage and the head of the family that it is a near copy of.
fn near_copies(firsts: &[(Fingerprint, u32)], text: &dyn Fn(u32) -> String) -> Vec<(u32, u32)> {
    let has_candidates = with_shared_keys(firsts);
    // Places in `firsts`, whose order no order of files changes, so that it may decide ties.
    let mut heads: HashMap<(usize, u32), Vec<usize>> = HashMap::new();
    let mut shapes: HashMap<usize, Shape> = HashMap::new();
    let mut pairs = Vec::new();
    let candidates = firsts.iter().enumerate().zip(&has_candidates).filter(|it| *it.1);
    for (at, (print, number)) in candidates.map(|it| it.0) {
        let keys = || print.bands.iter().copied().enumerate();
        let mut alike: Vec<usize> =
            keys().filter_map(|it| heads.get(&it)).flatten().copied().collect();
        alike.sort_unstable();
        alike.dedup();
        let own = Shape::of(&text(*number));
        let copied = |head: usize| shapes.get(&head)?.as_copy(&own).map(|share| (share, head));
        let best = alike
            .into_iter()
            .filter_map(copied)
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        if let Some((_, head)) = best.and_then(|(_, it)| firsts.get(it)) {
            pairs.push((*number, *head));
            continue;
        }
        for key in keys() {
            let heads = heads.entry(key).or_default();
            if heads.len() < MAX_HEADS {
                heads.push(at);
            }
        }
        shapes.insert(at, own);
    }
    pairs
}

/// For each passage, whether it shares a key with another; most do not, and need no room in maps.
fn with_shared_keys(firsts: &[(Fingerprint, u32)]) -> Vec<bool> {
    let mut is_shared = vec![false; firsts.len()];
    for band in 0..BANDS {
        let key = |it: &(Fingerprint, u32)| it.0.bands.get(band).copied().unwrap_or_default();
        let mut keys: Vec<(u32, u32)> = firsts.iter().map(key).zip(0..).collect();
        keys.sort_unstable();
        for alike in keys.chunk_by(|a, b| a.0 == b.0).filter(|it| it.len() > 1) {
            for (_, at) in alike {
                if let Some(slot) = is_shared.get_mut(*at as usize) {
                    *slot = true;
                }
            }
        }
    }
    is_shared
}

/// Gives every member the lowest number of its family. Members name their head, or an exact copy
/// that names the head.
fn named_by_lowest(family: &mut [u32]) {
    let head_of = |family: &[u32], mut number: u32| {
        while let Some(next) = family.get(number as usize).filter(|it| **it != number) {
            number = *next;
        }
        number
    };
    let heads: Vec<u32> = (0..family.len()).map(|it| head_of(family, as_number(it))).collect();
    let mut lowest: HashMap<u32, u32> = HashMap::new();
    for (slot, (head, number)) in family.iter_mut().zip(heads.into_iter().zip(0..)) {
        *slot = *lowest.entry(head).or_insert(number);
    }
}

fn as_number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
