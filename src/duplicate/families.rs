//! Joins passages to families of copies, by their fingerprints.

use std::collections::HashMap;

use super::print::{BANDS, Fingerprint};
use super::shape::Shape;

/// The most passages with the same key that a candidate is compared with.
///
/// A key that more passages share is a set phrase, and comparing all of them would take quadratic
/// time.
const MAX_HEADS: usize = 16;

/// Two passages must share this many keys before their texts are compared.
///
/// Two passages with a resemblance of .8 share two of the eight keys 996 times in 1,000, with .9
/// almost always. Where many passages quote the same sentences, ten times as many share one key by
/// chance.
const MIN_KEYS: u32 = 2;

/// The family of each passage: the lowest number among its copies, or its own number if it has
/// none.
///
/// `text` gives the text of a passage by its number; it is called only for likely near-copies. Each
/// member resembles the head of its family, so a chain of small changes does not join different
/// texts. The families depend on the texts only, not on their order.
#[must_use]
pub fn families(prints: &[Option<Fingerprint>], text: &dyn Fn(u32) -> String) -> Vec<u32> {
    let mut family: Vec<u32> = (0..prints.len()).map(as_number).collect();
    // Sorted by hash, which does not depend on the order of files; equal texts stand together.
    let mut order: Vec<(Fingerprint, u32)> =
        prints.iter().zip(0..).filter_map(|(it, number)| Some(((*it)?, number))).collect();
    order.sort_unstable_by_key(|(print, number)| (print.exact, *number));
    let firsts = firsts(&order, &mut family);
    for (member, head) in near_copies(&firsts, text) {
        join(&mut family, member, head);
    }
    // Members point to another member: the head, or an exact copy. All get the lowest number.
    named_by_lowest(&mut family);
    family
}

/// Joins exact copies, and returns one passage for each text.
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

/// Pairs of a passage and the head of the family of which it is a near-copy.
fn near_copies(firsts: &[(Fingerprint, u32)], text: &dyn Fn(u32) -> String) -> Vec<(u32, u32)> {
    let shared = shared_keys(firsts);
    // Indices into `firsts`. Its order does not depend on the order of files, so it may decide
    // ties.
    let mut heads: HashMap<(u8, u32), Vec<u32>> = HashMap::new();
    // The shapes of the passages that were compared so far.
    let mut shapes: HashMap<u32, Shape> = HashMap::new();
    let mut pairs = Vec::new();
    for (at, ((print, number), shared)) in (0_u32..).zip(firsts.iter().zip(shared)) {
        if shared.count_ones() < MIN_KEYS {
            continue;
        }
        let keys = || (0_u8..).zip(print.bands).filter(|(band, _)| shared >> band & 1 == 1);
        let print_of = |at: u32| firsts.get(at as usize).map(|it| &it.0);
        let mut alike: Vec<u32> =
            keys().filter_map(|it| heads.get(&it)).flatten().copied().collect();
        alike.sort_unstable();
        alike.dedup();
        alike.retain(|it| print_of(*it).is_some_and(|it| it.common_keys(print) >= MIN_KEYS));
        let mut best: Option<(f64, u32)> = None;
        if !alike.is_empty() {
            let own = Shape::of(&text(*number));
            for head in alike {
                let number = firsts.get(head as usize).map(|it| it.1).unwrap_or_default();
                let shape = shapes.entry(head).or_insert_with(|| Shape::of(&text(number)));
                let share = shape.as_copy(&own);
                // The first one wins a tie.
                best = match (share, best) {
                    (Some(share), Some(known)) if share <= known.0 => Some(known),
                    (Some(share), _) => Some((share, head)),
                    (None, best) => best,
                };
            }
            shapes.insert(at, own);
        }
        if let Some((_, head)) = best.and_then(|(_, it)| firsts.get(it as usize)) {
            shapes.remove(&at);
            pairs.push((*number, *head));
            continue;
        }
        for key in keys() {
            let heads = heads.entry(key).or_default();
            if heads.len() < MAX_HEADS {
                heads.push(at);
            }
        }
    }
    pairs
}

/// For each passage, one bit for each of its keys that another passage shares. Most keys are not
/// shared and need no memory in maps.
fn shared_keys(firsts: &[(Fingerprint, u32)]) -> Vec<u8> {
    let mut shared = vec![0_u8; firsts.len()];
    for band in 0..BANDS {
        let key = |it: &(Fingerprint, u32)| it.0.bands.get(band).copied().unwrap_or_default();
        let mut keys: Vec<(u32, u32)> = firsts.iter().map(key).zip(0..).collect();
        keys.sort_unstable();
        for alike in keys.chunk_by(|a, b| a.0 == b.0).filter(|it| it.len() > 1) {
            for (_, at) in alike {
                if let Some(slot) = shared.get_mut(*at as usize) {
                    *slot |= 1 << band;
                }
            }
        }
    }
    shared
}

/// Gives every member the lowest number of its family. Members point to their head, or to an exact
/// copy that points to the head.
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
