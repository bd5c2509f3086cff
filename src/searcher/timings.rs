//! Where the time of an answer goes. The library has no clock: one is passed in.

/// Gives nanoseconds since some fixed moment.
pub type Clock<'a> = dyn Fn() -> u64 + 'a;

/// How long each stage of an answer took, in nanoseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timings {
    /// Looking up the query's terms.
    pub plan: u64,
    /// Counting the matches.
    pub count: u64,
    /// Reading postings, keeping the best candidates; where every match is looked at also counting.
    pub collect: u64,
    /// Title and proximity of the candidates that can still win.
    pub rank: u64,
    /// Texts and records of the hits.
    pub fetch: u64,
    /// Choosing snippets and highlights.
    pub snippet: u64,
}

/// Measures the stages; without a clock it does nothing.
pub(crate) struct Stopwatch<'a> {
    clock: Option<&'a Clock<'a>>,
    last: u64,
    timings: Timings,
}

impl<'a> Stopwatch<'a> {
    /// Starts to run.
    pub(crate) fn new(clock: Option<&'a Clock<'a>>) -> Self {
        let last = clock.map_or(0, |it| it());
        Self { clock, last, timings: Timings::default() }
    }

    /// Adds the time since the last call to the stage that ends here.
    pub(crate) fn lap(&mut self, stage: impl FnOnce(&mut Timings) -> &mut u64) {
        if let Some(clock) = self.clock {
            let now = clock();
            *stage(&mut self.timings) += now.saturating_sub(self.last);
            self.last = now;
        }
    }

    /// The times so far.
    pub(crate) fn timings(&self) -> Timings {
        self.timings
    }
}
