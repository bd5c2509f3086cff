//! The dictionary of Chinese words: jieba's, folded, in a form that is read in place.
//!
//! A trie in one file that is a part of the program: nothing is loaded or parsed, and a lookup
//! touches a few of its pages, so a query can cut words as well as an index can. The layout is
//! written beside [`Dictionary::open`]; `tests/it/dictionary.rs` makes the file and compares the
//! cuts with jieba-rs's own.

/// Made from jieba's dictionary (MIT licence).
static FILE: &[u8] = include_bytes!("words.bin");

/// The characters with which a word can begin or go on.
const FIRST: u32 = 0x3400;
const COUNT: usize = 0x6c00;

/// The dictionary.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Dictionary {
    total: u64,
    /// For a first character, its node; 0 for none.
    roots: &'static [[u8; 2]],
    /// For a node, its character; the nodes below one are sorted by it.
    labels: &'static [[u8; 2]],
    /// For a node, the place of its frequency in `frequencies`; 0 for no word.
    words: &'static [[u8; 2]],
    /// For a node, the first node below it; they end where those of the next node begin.
    below: &'static [[u8; 3]],
    frequencies: &'static [[u8; 4]],
}

/// A place in the trie.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node(usize);

/// Nodes of the second level by their two characters, in a table with open addressing: a search
/// in the sorted nodes below a first character misses the cache three times more often.
#[derive(Debug)]
pub(super) struct Pairs {
    /// Both characters and the node; 0 where free.
    slots: Vec<(u32, u32)>,
}

/// As many slots as there are, to the power of two: 114,000 pairs fill half of them.
const SLOT_BITS: u32 = 18;

impl Pairs {
    fn slot(pair: u32) -> usize {
        (pair.wrapping_mul(0x9e37_79b1) >> (u32::BITS - SLOT_BITS)) as usize
    }

    fn put(&mut self, pair: u32, node: u32) {
        let mut at = Self::slot(pair);
        while let Some(slot) = self.slots.get_mut(at) {
            if slot.0 == 0 {
                *slot = (pair, node);
                return;
            }
            at = (at + 1) & ((1 << SLOT_BITS) - 1);
        }
    }

    /// The node of two characters.
    pub(super) fn get(&self, first: char, second: char) -> Option<Node> {
        let pair = pair(first as u32, second as u32);
        let mut at = Self::slot(pair);
        loop {
            match self.slots.get(at)? {
                (0, _) => return None,
                (it, node) if *it == pair => return Some(Node(*node as usize)),
                _ => at = (at + 1) & ((1 << SLOT_BITS) - 1),
            }
        }
    }
}

/// Two characters as one number; what does not fit is in no dictionary.
fn pair(first: u32, second: u32) -> u32 {
    if first > 0xffff || second > 0xffff { u32::MAX } else { first << 16 | second }
}

impl Dictionary {
    /// The dictionary of this program.
    ///
    /// The file, all numbers little-endian: number of nodes (4 bytes), of frequencies (4), sum of
    /// all frequencies (8), then the arrays in the order of the fields with 2, 2, 2, 3 and 4
    /// bytes a number; `below` has one number more than there are nodes, node 0 is none.
    pub(super) fn open() -> Self {
        Self::read(FILE).unwrap_or_default()
    }

    fn read(file: &'static [u8]) -> Option<Self> {
        let (head, rest) = file.split_first_chunk::<16>()?;
        let (nodes, head) = head.split_first_chunk::<4>()?;
        let (frequencies, total) = head.split_first_chunk::<4>()?;
        let nodes = u32::from_le_bytes(*nodes) as usize;
        let frequencies = u32::from_le_bytes(*frequencies) as usize;
        let (roots, rest) = array::<2>(rest, COUNT)?;
        let (labels, rest) = array::<2>(rest, nodes)?;
        let (words, rest) = array::<2>(rest, nodes)?;
        let (below, rest) = array::<3>(rest, nodes + 1)?;
        let (frequencies, _) = array::<4>(rest, frequencies)?;
        let total = u64::from_le_bytes(*total.first_chunk()?);
        Some(Self { total, roots, labels, words, below, frequencies })
    }

    pub(super) fn total(&self) -> u64 {
        self.total
    }

    /// The node of a first character.
    pub(super) fn root(&self, c: char) -> Option<Node> {
        let at = (c as u32).checked_sub(FIRST)? as usize;
        match u16::from_le_bytes(*self.roots.get(at)?) {
            0 => None,
            it => Some(Node(usize::from(it))),
        }
    }

    /// The node one character further.
    pub(super) fn step(&self, node: Node, c: char) -> Option<Node> {
        let wanted = u16::try_from(c as u32).ok()?;
        let (from, to) = (self.first_below(node.0)?, self.first_below(node.0 + 1)?);
        let labels = self.labels.get(from..to)?;
        let at = labels.binary_search_by_key(&wanted, |it| u16::from_le_bytes(*it)).ok()?;
        Some(Node(from + at))
    }

    /// The place of a node's frequency among the different ones; none where no word ends.
    pub(super) fn rank(&self, node: Node) -> Option<usize> {
        match u16::from_le_bytes(*self.words.get(node.0)?) {
            0 => None,
            it => Some(usize::from(it)),
        }
    }

    /// How often a word stands in the corpus from which the dictionary was made.
    pub(super) fn frequency(&self, word: &str) -> Option<u64> {
        let mut chars = word.chars();
        let mut node = self.root(chars.next()?)?;
        for c in chars {
            node = self.step(node, c)?;
        }
        let rank = self.rank(node)?;
        self.frequencies.get(rank).map(|it| u64::from(u32::from_le_bytes(*it)))
    }

    /// All nodes of the second level.
    pub(super) fn pairs(&self) -> Pairs {
        let mut pairs = Pairs { slots: vec![(0, 0); 1 << SLOT_BITS] };
        for (first, root) in (FIRST..).zip(self.roots) {
            let root = usize::from(u16::from_le_bytes(*root));
            let (Some(from), Some(to)) = (self.first_below(root), self.first_below(root + 1))
            else {
                continue;
            };
            if root == 0 {
                continue;
            }
            for (node, label) in (from..to).zip(self.labels.get(from..to).unwrap_or_default()) {
                pairs.put(pair(first, u32::from(u16::from_le_bytes(*label))), node as u32);
            }
        }
        pairs
    }

    /// The logarithms of the different frequencies.
    pub(super) fn logarithms(&self) -> Vec<f64> {
        self.frequencies.iter().map(|it| f64::from(u32::from_le_bytes(*it)).ln()).collect()
    }

    fn first_below(&self, node: usize) -> Option<usize> {
        let [a, b, c] = *self.below.get(node)?;
        Some(u32::from_le_bytes([a, b, c, 0]) as usize)
    }
}

/// Takes an array of numbers of `N` bytes from the front.
fn array<const N: usize>(
    bytes: &'static [u8],
    count: usize,
) -> Option<(&'static [[u8; N]], &'static [u8])> {
    let (front, rest) = bytes.split_at_checked(count.checked_mul(N)?)?;
    Some((front.as_chunks().0, rest))
}
