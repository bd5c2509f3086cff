//! Writes an FST from sorted terms to their numbers, with the same bytes as tantivy's
//! (`tantivy-fst` 0.5, format version 2) in a third of its time.
//!
//! The numbers rise by one from term to term. So an output on the path to a term never has to be
//! pushed down for the next term, and no node has a final output: that work is left out here.
//!
//! The bytes of a node are written last to first, because they are read from the end. A node with
//! one transition to the node just before it takes one or two bytes; another with one transition
//! stores its output and the distance to its target; all others store a table of transitions.

use std::io::{self, BufWriter, Write};

/// Version and kind of the format, with which the file begins.
const HEAD: [u64; 2] = [2, 0];
/// The address of the final node without transitions, which is never written.
const END: u64 = 0;
/// An address that no node has.
const NOWHERE: u64 = 1;
/// Nodes with more transitions have a table of them by byte.
const FEW_TRANSITIONS: usize = 32;
/// The most frequent input bytes, which are encoded in the byte of the node's kind; from 1.
const COMMON: &[u8; 63] = b"te/oasripcnw.hlm-du012g=:bf3y5&_4v9678k%?xCDASFIBEjPTzRNM+LOqHG";
/// The index of each byte in [`COMMON`], from 1, or 0.
static PLACES: [u8; 256] = {
    let (mut places, mut at) = ([0; 256], 0);
    while at < COMMON.len() {
        places[COMMON[at] as usize] = at as u8 + 1;
        at += 1;
    }
    places
};

/// A transition to another node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Transition {
    /// The address of the target.
    to: u64,
    /// Its output.
    number: u32,
    byte: u8,
}

/// A node that is not written yet, because the next term may pass through it.
#[derive(Clone, Copy, Debug, Default)]
struct UnfinishedNode {
    is_end: bool,
    /// Where its finished transitions begin in [`FstWriter::transitions`].
    first: usize,
    /// The output of the transition to the next unfinished node.
    number: u32,
    /// The sum of the outputs up to there.
    sum: u32,
}

/// Writes an FST.
pub(crate) struct FstWriter<O: Write> {
    out: BufWriter<O>,
    written: u64,
    /// The last term; the nodes along it are unfinished.
    term: Vec<u8>,
    open: Vec<UnfinishedNode>,
    /// The finished transitions of the unfinished nodes, node after node.
    transitions: Vec<Transition>,
    registry: Registry,
    /// The address of the node written last.
    last: u64,
    terms: u32,
    bytes: Vec<u8>,
}

impl<O: Write> FstWriter<O> {
    /// An FST without terms.
    pub(crate) fn create(out: O) -> io::Result<Self> {
        let mut out = BufWriter::new(out);
        HEAD.iter().try_for_each(|it| out.write_all(&it.to_le_bytes()))?;
        Ok(Self {
            out,
            written: 16,
            term: Vec::new(),
            open: vec![UnfinishedNode::default()],
            transitions: Vec::new(),
            registry: Registry::default(),
            last: NOWHERE,
            terms: 0,
            bytes: Vec::new(),
        })
    }

    /// Appends a term, which gets the next number; terms must be sorted.
    pub(crate) fn push(&mut self, term: &[u8]) -> io::Result<()> {
        let number = self.terms;
        self.terms += 1;
        let Some(last) = term.len().checked_sub(1) else {
            self.open[0].is_end = true;
            return Ok(());
        };
        let common = self.term.iter().zip(term).take_while(|(a, b)| a == b).count();
        if common == term.len() {
            return Err(io::Error::other("terms do not rise"));
        }
        self.close_to(common)?;
        let before = common.checked_sub(1).map_or(0, |it| self.open[it].sum);
        if let Some(top) = self.open.last_mut() {
            (top.number, top.sum) = (number - before, number);
        }
        let state =
            UnfinishedNode { is_end: false, first: self.transitions.len(), number: 0, sum: number };
        self.open.resize(last + 1, state);
        self.open.push(UnfinishedNode { is_end: true, ..state });
        self.term.truncate(common);
        self.term.extend_from_slice(&term[common..]);
        Ok(())
    }

    /// Writes the unfinished nodes beyond the first `length` bytes of the last term.
    fn close_to(&mut self, length: usize) -> io::Result<()> {
        let mut to = NOWHERE;
        while let Some(state) = self.open.pop() {
            let depth = self.open.len();
            if to != NOWHERE {
                self.transitions.push(Transition {
                    to,
                    number: state.number,
                    byte: self.term[depth],
                });
            }
            if depth == length {
                self.open.push(state);
                return Ok(());
            }
            to = self.state(state)?;
        }
        Ok(())
    }

    /// Writes a node, whose transitions are the last ones, unless an equal node exists; returns its
    /// address.
    fn state(&mut self, state: UnfinishedNode) -> io::Result<u64> {
        let transitions = &self.transitions[state.first..];
        if state.is_end && transitions.is_empty() {
            return Ok(END);
        }
        let registry = self.registry.find(state.is_end, transitions);
        if let Some(place) = registry.place {
            self.transitions.truncate(state.first);
            return Ok(place);
        }
        self.bytes.clear();
        write_node(state.is_end, transitions, (self.written, self.last), &mut self.bytes);
        self.out.write_all(&self.bytes)?;
        self.written += self.bytes.len() as u64;
        self.last = self.written - 1;
        self.registry.add(registry.hash, state.is_end, transitions, self.last);
        self.transitions.truncate(state.first);
        Ok(self.last)
    }

    /// Writes the rest and returns the output.
    pub(crate) fn finish(mut self) -> io::Result<O> {
        self.close_to(0)?;
        let root = self.open.pop().unwrap_or_default();
        let place = self.state(root)?;
        self.out.write_all(&u64::from(self.terms).to_le_bytes())?;
        self.out.write_all(&place.to_le_bytes())?;
        self.out.into_inner().map_err(io::IntoInnerError::into_error)
    }
}

/// Writes a node at `start`; `last` is the address of the node before it.
fn write_node(
    is_end: bool,
    transitions: &[Transition],
    (start, last): (u64, u64),
    out: &mut Vec<u8>,
) {
    let [transition] = transitions else { return write_table(is_end, transitions, start, out) };
    if is_end {
        return write_table(is_end, transitions, start, out);
    }
    let place = PLACES[usize::from(transition.byte)];
    let is_next = transition.to == last && transition.number == 0;
    if !is_next {
        let (number, back) = (u64::from(transition.number), back(start, transition.to));
        let sizes = [if number == 0 { 0 } else { size(number) }, size(back)];
        push_bytes(number, sizes[0], out);
        push_bytes(back, sizes[1], out);
        out.push((sizes[1] << 4 | sizes[0]) as u8);
    }
    if place == 0 {
        out.push(transition.byte);
    }
    out.push(if is_next { 0b1100_0000 } else { 0b1000_0000 } | place);
}

fn write_table(is_end: bool, transitions: &[Transition], start: u64, out: &mut Vec<u8>) {
    let widest = transitions.iter().map(|it| size(back(start, it.to))).max().unwrap_or(0);
    let highest = transitions.iter().map(|it| it.number).max().unwrap_or(0);
    let number_size = if highest == 0 { 0 } else { size(highest.into()) };
    if number_size > 0 {
        push_bytes(0, if is_end { number_size } else { 0 }, out);
        transitions.iter().rev().for_each(|it| push_bytes(it.number.into(), number_size, out));
    }
    transitions.iter().rev().for_each(|it| push_bytes(back(start, it.to), widest, out));
    out.extend(transitions.iter().rev().map(|it| it.byte));
    if transitions.len() > FEW_TRANSITIONS {
        let mut table = [u8::MAX; 256];
        for (transition, at) in transitions.iter().zip(0..=u8::MAX) {
            table[usize::from(transition.byte)] = at;
        }
        out.extend(table);
    }
    out.push((widest << 4 | number_size) as u8);
    // The number of transitions stands in six bits of the last byte; if it does not fit, in the
    // byte before it, where 1 means all 256.
    let count = match transitions.len() {
        few @ 1..=63 => few as u8,
        many => {
            out.push(u8::try_from(many).unwrap_or(1));
            0
        }
    };
    out.push(if is_end { 0b0100_0000 } else { 0 } | count);
}

/// The distance from a node back to another; 0 for the final node.
fn back(start: u64, to: u64) -> u64 {
    if to == END { END } else { start - to }
}

/// The number of bytes that a number takes, at least one.
fn size(number: u64) -> usize {
    (8 - number.leading_zeros() as usize / 8).max(1)
}

/// The lowest bytes of a number, the lowest first.
fn push_bytes(number: u64, size: usize, out: &mut Vec<u8>) {
    out.extend(&number.to_le_bytes()[..size]);
}

/// The size of the registry: buckets, and nodes kept in each. Which equal nodes are shared depends
/// on both, so they must be tantivy's.
const BUCKETS: u64 = 10_000;
const KEPT: usize = 2;

/// The registry of written nodes: the two met last of each bucket.
#[derive(Default)]
struct Registry {
    buckets: Vec<Bucket>,
    /// The nodes of each bucket, kept separately because most searches end with a different hash.
    states: Vec<[RegisteredNode; KEPT]>,
}

/// Hashes and addresses of nodes, 0 for none.
#[derive(Clone, Copy, Default)]
struct Bucket {
    hashes: [u64; KEPT],
    places: [u64; KEPT],
    /// Which of them was met last.
    last: usize,
}

/// A node that was written.
#[derive(Clone, Default)]
struct RegisteredNode {
    is_end: bool,
    transitions: Vec<Transition>,
}

/// The result of a search in the registry.
struct RegistryEntry {
    place: Option<u64>,
    hash: u64,
}

impl Registry {
    fn find(&mut self, is_end: bool, transitions: &[Transition]) -> RegistryEntry {
        if self.buckets.is_empty() {
            self.buckets.resize(BUCKETS as usize, Bucket::default());
            self.states.resize(BUCKETS as usize, <[RegisteredNode; KEPT]>::default());
        }
        let hash = hash(is_end, transitions);
        let number = (hash % BUCKETS) as usize;
        let (bucket, states) = (&mut self.buckets[number], &self.states[number]);
        let is = |at: usize| {
            bucket.hashes[at] == hash
                && bucket.places[at] > 0
                && (states[at].is_end, &*states[at].transitions) == (is_end, transitions)
        };
        let found = (0..KEPT).find(|at| is(*at));
        let place = found.map(|at| {
            bucket.last = at;
            bucket.places[at]
        });
        RegistryEntry { place, hash }
    }

    /// Keeps a node that was not found, in place of the one that was met longer ago.
    fn add(&mut self, hash: u64, is_end: bool, transitions: &[Transition], place: u64) {
        let number = (hash % BUCKETS) as usize;
        let bucket = &mut self.buckets[number];
        let at = 1 - bucket.last;
        (bucket.hashes[at], bucket.places[at], bucket.last) = (hash, place, at);
        let state = &mut self.states[number][at];
        state.is_end = is_end;
        state.transitions.clear();
        state.transitions.extend_from_slice(transitions);
    }
}

/// FNV-1a, by number rather than by byte.
fn hash(is_end: bool, transitions: &[Transition]) -> u64 {
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let with = |hash: u64, it: u64| (hash ^ it).wrapping_mul(PRIME);
    // The final output, which is always 0.
    let hash = with(with(0xcbf2_9ce4_8422_2325, is_end.into()), 0);
    transitions
        .iter()
        .fold(hash, |hash, it| with(with(with(hash, it.byte.into()), it.number.into()), it.to))
}
