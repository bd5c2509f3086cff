//! The dictionary of Chinese words: jieba's, folded, in a form that is read in place.
//!
//! A trie in one file that is embedded in the program: nothing is loaded or parsed, and a lookup
//! touches a few of its pages. An index is built with its words and frequencies. The layout is
//! described at [`Dictionary::open`]; `tests/it/dictionary.rs` makes the file.

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
struct Node(usize);

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
    fn root(&self, c: char) -> Option<Node> {
        let at = (c as u32).checked_sub(FIRST)? as usize;
        match u16::from_le_bytes(*self.roots.get(at)?) {
            0 => None,
            it => Some(Node(usize::from(it))),
        }
    }

    /// The node one character further.
    fn step(&self, node: Node, c: char) -> Option<Node> {
        let wanted = u16::try_from(c as u32).ok()?;
        let (from, to) = (self.first_below(node.0)?, self.first_below(node.0 + 1)?);
        let labels = self.labels.get(from..to)?;
        let at = labels.binary_search_by_key(&wanted, |it| u16::from_le_bytes(*it)).ok()?;
        Some(Node(from + at))
    }

    /// How often a word stands in the corpus from which the dictionary was made.
    pub(crate) fn frequency(&self, word: &str) -> Option<u64> {
        let mut chars = word.chars();
        let mut node = self.root(chars.next()?)?;
        for c in chars {
            node = self.step(node, c)?;
        }
        self.frequency_at(node)
    }

    /// Gives the words at the beginning of a text: how many bytes each has and its frequency, shorter
    /// ones first.
    pub(super) fn words_at(&self, text: &str, give: &mut dyn FnMut(usize, u64)) {
        let mut node = None;
        for (at, c) in text.char_indices() {
            node = match node {
                None => self.root(c),
                Some(it) => self.step(it, c),
            };
            let Some(node) = node else { return };
            if let Some(frequency) = self.frequency_at(node) {
                give(at + c.len_utf8(), frequency);
            }
        }
    }

    /// The frequency of the word that ends at a node; nothing where none does.
    fn frequency_at(&self, node: Node) -> Option<u64> {
        let rank = u16::from_le_bytes(*self.words.get(node.0)?);
        let frequency = self.frequencies.get(usize::from(rank)).filter(|_| rank > 0)?;
        Some(u64::from(u32::from_le_bytes(*frequency)))
    }

    /// Gives every word with its frequency, sorted.
    pub(crate) fn for_each_word(&self, give: &mut dyn FnMut(&str, u64)) {
        let mut word = String::new();
        for c in (FIRST..).map_while(char::from_u32).take(COUNT) {
            if let Some(root) = self.root(c) {
                self.words_from(root, c, &mut word, give);
            }
        }
    }

    /// The same of the words that begin with `word` and then `c`, which leads to a node.
    fn words_from(&self, node: Node, c: char, word: &mut String, give: &mut dyn FnMut(&str, u64)) {
        word.push(c);
        if let Some(frequency) = self.frequency_at(node) {
            give(word, frequency);
        }
        for (label, below) in self.below(node) {
            if let Some(c) = char::from_u32(label.into()) {
                self.words_from(below, c, word, give);
            }
        }
        word.pop();
    }

    /// The nodes below one, with their characters.
    fn below(&self, node: Node) -> impl Iterator<Item = (u16, Node)> + use<> {
        let range = self.first_below(node.0).zip(self.first_below(node.0 + 1));
        let (from, to) = range.unwrap_or_default();
        let labels = self.labels.get(from..to).unwrap_or_default();
        labels.iter().map(|it| u16::from_le_bytes(*it)).zip((from..).map(Node))
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
