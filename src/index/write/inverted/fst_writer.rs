//! Writes sorted terms as a transducer from each to its number, in the bytes of tantivy's own
//! (`tantivy-fst` 0.5, version 2 of the format), in a third of its time.
//!
//! The numbers rise by one from term to term. So no number that was given out on the way to a term
//! has ever to be taken back for the next, and no state that ends a term has one of its own: that is
//! what is left out here.
//!
//! Of a state the bytes come last to first, since they are read from the end: one step to what was
//! written just before takes one byte or two, another single step its number and how far back it
//! goes, and all else a table of its steps.

use std::io::{self, BufWriter, Write};

/// Version and kind of the format: what it begins with.
const HEAD: [u64; 2] = [2, 0];
/// Where the state would stand that ends a term and goes nowhere; it is never written.
const END: u64 = 0;
/// Where no state can stand.
const NOWHERE: u64 = 1;
/// States with more steps have a table of them by byte.
const FEW_TRANSITIONS: usize = 32;
/// The bytes that most steps are about, which are told with the kind of the state; from 1.
const COMMON: &[u8; 63] = b"te/oasripcnw.hlm-du012g=:bf3y5&_4v9678k%?xCDASFIBEjPTzRNM+LOqHG";
/// For each byte its place there, or 0.
static PLACES: [u8; 256] = {
    let (mut places, mut at) = ([0; 256], 0);
    while at < COMMON.len() {
        places[COMMON[at] as usize] = at as u8 + 1;
        at += 1;
    }
    places
};

/// From a state to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Transition {
    /// Where the next state stands.
    to: u64,
    /// What it adds to the number.
    number: u32,
    byte: u8,
}

/// A state that is not written yet, since the next term may go through it too.
#[derive(Clone, Copy, Debug, Default)]
struct UnfinishedNode {
    is_end: bool,
    /// Where its finished steps begin in [`FstWriter::transitions`].
    first: usize,
    /// What the step to the open state after it adds to the number.
    number: u32,
    /// What the steps up to there add together.
    sum: u32,
}

/// The transducer as it is written.
pub(crate) struct FstWriter<O: Write> {
    out: BufWriter<O>,
    written: u64,
    /// The term before; the states along it are open.
    term: Vec<u8>,
    open: Vec<UnfinishedNode>,
    /// The finished steps of the open states, one state after the other.
    transitions: Vec<Transition>,
    registry: Registry,
    /// Where the state stands that was written last.
    last: u64,
    terms: u32,
    bytes: Vec<u8>,
}

impl<O: Write> FstWriter<O> {
    /// Begins without a term.
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

    /// Appends a term, which gets the next number; terms rise.
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

    /// Writes the open states beyond so many bytes of the term before.
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

    /// Writes a state whose steps are the last, unless it is known, and tells where it stands.
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

    /// Ends the transducer, and gives back what it was written to.
    pub(crate) fn finish(mut self) -> io::Result<O> {
        self.close_to(0)?;
        let root = self.open.pop().unwrap_or_default();
        let place = self.state(root)?;
        self.out.write_all(&u64::from(self.terms).to_le_bytes())?;
        self.out.write_all(&place.to_le_bytes())?;
        self.out.into_inner().map_err(io::IntoInnerError::into_error)
    }
}

/// Writes a state that begins at `start`, after the one whose last byte stands at `last`.
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
    // How many there are stands in six bits of the last byte, else in one before it, where 1 says
    // that there are all 256.
    let count = match transitions.len() {
        few @ 1..=63 => few as u8,
        many => {
            out.push(u8::try_from(many).unwrap_or(1));
            0
        }
    };
    out.push(if is_end { 0b0100_0000 } else { 0 } | count);
}

/// How far before a state another stands; 0 for the end.
fn back(start: u64, to: u64) -> u64 {
    if to == END { END } else { start - to }
}

/// How many bytes a number takes, at least one.
fn size(number: u64) -> usize {
    (8 - number.leading_zeros() as usize / 8).max(1)
}

/// The lowest bytes of a number, the lowest first.
fn push_bytes(number: u64, size: usize, out: &mut Vec<u8>) {
    out.extend(&number.to_le_bytes()[..size]);
}

/// Buckets of known states, and how many are kept in each: which states are written once depends on
/// both.
const BUCKETS: u64 = 10_000;
const KEPT: usize = 2;

/// States that were written: the two of each bucket that were met last.
#[derive(Default)]
struct Registry {
    buckets: Vec<Bucket>,
    /// What the states of each bucket are: apart, since most searches end with another hash.
    states: Vec<[RegisteredNode; KEPT]>,
}

/// Hashes of states and where these stand, 0 where there is none.
#[derive(Clone, Copy, Default)]
struct Bucket {
    hashes: [u64; KEPT],
    places: [u64; KEPT],
    /// Which was met last.
    last: usize,
}

/// A state that was written.
#[derive(Clone, Default)]
struct RegisteredNode {
    is_end: bool,
    transitions: Vec<Transition>,
}

/// What came of a search.
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

    /// Keeps a state that was not found, in the place of the one that was met longer ago.
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
    // What an end adds to the number, which is nothing.
    let hash = with(with(0xcbf2_9ce4_8422_2325, is_end.into()), 0);
    transitions
        .iter()
        .fold(hash, |hash, it| with(with(with(hash, it.byte.into()), it.number.into()), it.to))
}
