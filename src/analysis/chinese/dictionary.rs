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
pub(crate) struct Dictionary {
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
pub(crate) struct Node(usize);

impl Node {
    pub(crate) fn new(number: u32) -> Self {
        Self(number as usize)
    }

    #[inline]
    pub(crate) fn number(self) -> u32 {
        self.0 as u32
    }
}

impl Dictionary {
    /// The dictionary of this program.
    ///
    /// The file, all numbers little-endian: number of nodes (4 bytes), of frequencies (4), sum of
    /// all frequencies (8), then the arrays in the order of the fields with 2, 2, 2, 3 and 4
    /// bytes a number; `below` has one number more than there are nodes, node 0 is none.
    pub(crate) fn open() -> Self {
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

    pub(crate) fn total(&self) -> u64 {
        self.total
    }

    /// The node of a first character.
    pub(crate) fn root(&self, c: char) -> Option<Node> {
        let at = (c as u32).checked_sub(FIRST)? as usize;
        match u16::from_le_bytes(*self.roots.get(at)?) {
            0 => None,
            it => Some(Node(usize::from(it))),
        }
    }

    /// The node one character further.
    pub(crate) fn step(&self, node: Node, c: char) -> Option<Node> {
        let wanted = u16::try_from(c as u32).ok()?;
        let (from, to) = (self.first_below(node.0)?, self.first_below(node.0 + 1)?);
        let labels = self.labels.get(from..to)?;
        let at = labels.binary_search_by_key(&wanted, |it| u16::from_le_bytes(*it)).ok()?;
        Some(Node(from + at))
    }

    /// The place of a node's frequency among the different ones; 0 where no word ends.
    #[inline]
    pub(crate) fn rank(&self, node: Node) -> u16 {
        self.words.get(node.0).map_or(0, |it| u16::from_le_bytes(*it))
    }

    /// How often a word stands in the corpus from which the dictionary was made.
    pub(crate) fn frequency(&self, word: &str) -> Option<u64> {
        let mut chars = word.chars();
        let mut node = self.root(chars.next()?)?;
        for c in chars {
            node = self.step(node, c)?;
        }
        let rank = Some(self.rank(node)).filter(|it| *it > 0)?;
        self.frequencies.get(usize::from(rank)).map(|it| u64::from(u32::from_le_bytes(*it)))
    }

    /// The first characters of words, with their nodes.
    pub(crate) fn roots(&self) -> impl Iterator<Item = (u32, Node)> {
        let roots = self.roots.iter().map(|it| Node(usize::from(u16::from_le_bytes(*it))));
        (FIRST..).zip(roots).filter(|(_, root)| root.0 > 0)
    }

    /// The nodes below one, with their characters.
    pub(crate) fn below(&self, node: Node) -> impl Iterator<Item = (u16, Node)> + use<> {
        let range = self.first_below(node.0).zip(self.first_below(node.0 + 1));
        let (from, to) = range.unwrap_or_default();
        let labels = self.labels.get(from..to).unwrap_or_default();
        labels.iter().map(|it| u16::from_le_bytes(*it)).zip((from..).map(Node))
    }

    /// The logarithms of the different frequencies.
    pub(crate) fn logarithms(&self) -> Vec<f64> {
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
