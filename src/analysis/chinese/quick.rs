//! The dictionary once more, laid out for the cut of much text.
//!
//! Most characters that stand side by side make no word and begin none. That is told here by sets of
//! bits that stay in the cache, before the tables are asked, which do not: the cut of a corpus is
//! the time that its reads from memory take.

use super::dictionary::{Dictionary, Node};

/// Bits of a node in the entry of a pair; the rest are the rank of its frequency.
const NODE_BITS: u32 = 19;
/// As many slots as there are, to the power of two: 114,000 pairs fill half of them.
const SLOT_BITS: u32 = 18;
/// Bits of the sets, to the power of two: of what is not in them one in ten seems to be.
const PAIR_BITS: u32 = 20;
const STEP_BITS: u32 = 21;
/// An odd number without pattern in its bits: 2⁶⁴ by the golden ratio.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// Made at the first Han run that is cut, in some five milliseconds.
#[derive(Debug)]
pub(crate) struct Quick {
    dictionary: Dictionary,
    /// For a character the rank of its frequency; 0 where it is no word.
    firsts: Vec<u16>,
    /// Two characters, the node of the two and the rank of its frequency, in a table with open
    /// addressing; 0 where free.
    pairs: Vec<(u32, u32)>,
    are_pairs: Bits,
    /// The steps from the nodes of two and more characters.
    are_steps: Bits,
    /// By rank.
    logarithms: Vec<f64>,
}

/// What begins at a character of a run.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Begun {
    /// The rank of the character's frequency, 0 where it is no word.
    pub(crate) first: u16,
    /// Whether more than two characters may be a word.
    pub(crate) may_go_on: bool,
    /// The entry of two characters, 0 for none.
    entry: u32,
}

impl Begun {
    /// The node of two characters.
    #[inline]
    pub(crate) fn node(self) -> Node {
        Node::new(self.entry & ((1 << NODE_BITS) - 1))
    }

    /// The rank of their frequency, 0 where they are no word.
    #[inline]
    pub(crate) fn second(self) -> u16 {
        (self.entry >> NODE_BITS) as u16
    }
}

impl Quick {
    pub(crate) fn new(dictionary: Dictionary) -> Self {
        let mut made = Self {
            dictionary,
            firsts: vec![0; usize::from(u16::MAX) + 1],
            pairs: vec![(0, 0); 1 << SLOT_BITS],
            are_pairs: Bits::new(PAIR_BITS),
            are_steps: Bits::new(STEP_BITS),
            logarithms: dictionary.logarithms(),
        };
        for (first, root) in dictionary.roots() {
            if let Some(slot) = made.firsts.get_mut(first as usize) {
                *slot = dictionary.rank(root);
            }
            for (second, node) in dictionary.below(root) {
                made.put(pair(first, u32::from(second)), node);
                made.put_steps(node);
            }
        }
        made
    }

    fn put(&mut self, pair: u32, node: Node) {
        self.are_pairs.add(u64::from(pair));
        let mut at = slot(pair);
        while let Some(slot) = self.pairs.get_mut(at) {
            if slot.0 == 0 {
                *slot = (pair, node.number() | u32::from(self.dictionary.rank(node)) << NODE_BITS);
                return;
            }
            at = (at + 1) & ((1 << SLOT_BITS) - 1);
        }
    }

    fn put_steps(&mut self, node: Node) {
        for (label, below) in self.dictionary.below(node) {
            self.are_steps.add(step(node, u32::from(label)));
            self.put_steps(below);
        }
    }

    /// Looks up what begins at each character of a run.
    ///
    /// Step by step over the whole run: reads that do not wait for each other take a third of the
    /// time of those of one character after the other.
    pub(crate) fn begin(&self, run: &[char], begun: &mut Vec<Begun>) {
        let pair = |at: usize| Some(pair(*run.get(at)? as u32, *run.get(at + 1)? as u32));
        begun.clear();
        begun.extend(run.iter().map(|c| Begun {
            first: self.firsts.get(*c as usize).copied().unwrap_or_default(),
            ..Begun::default()
        }));
        for (at, it) in begun.iter_mut().enumerate() {
            it.may_go_on = pair(at).is_some_and(|it| self.are_pairs.may_hold(u64::from(it)));
        }
        for (at, it) in begun.iter_mut().enumerate().filter(|(_, it)| it.may_go_on) {
            it.entry = pair(at).and_then(|it| self.entry(it)).unwrap_or_default();
        }
        for (at, it) in begun.iter_mut().enumerate().filter(|(_, it)| it.may_go_on) {
            let third = run.get(at + 2).filter(|_| it.entry > 0);
            let steps = third.map(|c| step(it.node(), *c as u32));
            it.may_go_on = steps.is_some_and(|it| self.are_steps.may_hold(it));
        }
    }

    /// The entry of two characters.
    fn entry(&self, pair: u32) -> Option<u32> {
        let mut at = slot(pair);
        loop {
            match self.pairs.get(at)? {
                (0, _) => return None,
                (it, entry) if *it == pair => return Some(*entry),
                _ => at = (at + 1) & ((1 << SLOT_BITS) - 1),
            }
        }
    }

    /// The node one character further, and the rank of its frequency.
    pub(crate) fn step(&self, node: Node, c: char) -> Option<(Node, u16)> {
        let node = self.dictionary.step(node, c)?;
        Some((node, self.dictionary.rank(node)))
    }

    /// The logarithm of a frequency; none where no word ends.
    #[inline]
    pub(crate) fn logarithm(&self, rank: u16) -> Option<f64> {
        self.logarithms.get(usize::from(rank)).copied().filter(|_| rank > 0)
    }
}

/// Two characters as one number; what does not fit is in no dictionary.
#[inline]
pub(crate) fn pair(first: u32, second: u32) -> u32 {
    if first > 0xffff || second > 0xffff { u32::MAX } else { first << 16 | second }
}

#[inline]
fn slot(pair: u32) -> usize {
    (pair.wrapping_mul(0x9e37_79b1) >> (u32::BITS - SLOT_BITS)) as usize
}

/// A step as a number.
#[inline]
fn step(node: Node, c: u32) -> u64 {
    u64::from(node.number()) << 32 | u64::from(c)
}

/// A set of numbers that may seem to hold another, with one hash (B. Bloom 1970).
#[derive(Debug)]
pub(crate) struct Bits {
    words: Vec<u64>,
    bits: u32,
}

impl Bits {
    pub(crate) fn new(bits: u32) -> Self {
        Self { words: vec![0; 1 << (bits - 6)], bits }
    }

    #[inline]
    fn place(&self, number: u64) -> (usize, u64) {
        let hash = number.wrapping_mul(SPREAD) >> (u64::BITS - self.bits);
        ((hash >> 6) as usize, 1 << (hash & 63))
    }

    pub(crate) fn add(&mut self, number: u64) {
        let (at, bit) = self.place(number);
        if let Some(word) = self.words.get_mut(at) {
            *word |= bit;
        }
    }

    #[inline]
    pub(crate) fn may_hold(&self, number: u64) -> bool {
        let (at, bit) = self.place(number);
        self.words.get(at).is_some_and(|it| it & bit != 0)
    }
}
