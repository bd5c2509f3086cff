//! What a passage holds of a query, as a set of bits: one for each part of a term, and one for any
//! part of a term.

/// Bits of a word.
pub(crate) const WORD_BITS: u32 = 64;

/// A set of bits; those of nearly every query fit in one word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TermBits {
    One(u64),
    Many(Box<[u64]>),
}

impl TermBits {
    pub(crate) fn of(bits: &[u64]) -> Self {
        match bits {
            [one] => Self::One(*one),
            many => Self::Many(many.into()),
        }
    }

    /// A set of so many words with these bits.
    pub(crate) fn with(words: usize, bits: impl Iterator<Item = u32>) -> Self {
        let mut own = if words == 1 { Self::One(0) } else { Self::Many(vec![0; words].into()) };
        let slots = match &mut own {
            Self::One(one) => std::slice::from_mut(one),
            Self::Many(many) => many,
        };
        bits.for_each(|it| set(slots, it));
        own
    }

    #[inline]
    pub(crate) fn bits(&self) -> &[u64] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }

    pub(crate) fn is_any(&self) -> bool {
        self.bits().iter().any(|it| *it != 0)
    }
}

/// Whether a bit is set.
pub(crate) fn has(bits: &[u64], bit: u32) -> bool {
    bits.get((bit / WORD_BITS) as usize).is_some_and(|it| it >> (bit % WORD_BITS) & 1 == 1)
}

/// Sets a bit.
pub(crate) fn set(bits: &mut [u64], bit: u32) {
    if let Some(word) = bits.get_mut((bit / WORD_BITS) as usize) {
        *word |= 1 << (bit % WORD_BITS);
    }
}

/// Adds the bits of another.
pub(crate) fn merge(bits: &mut [u64], others: &[u64]) {
    bits.iter_mut().zip(others).for_each(|(all, own)| *all |= own);
}
