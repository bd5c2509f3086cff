//! Where the time of an answer goes. The library has no clock: one is passed in.

/// Gives nanoseconds since some fixed moment.
pub type Clock<'a> = dyn Fn() -> u64 + 'a;

/// How long each stage of an answer took, in nanoseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stages {
    /// The query against the index's terms.
    pub plan: u64,
    /// How many answer.
    pub count: u64,
    /// Walking postings, keeping the best; where all are looked at they are counted on the way.
    pub collect: u64,
    /// Proximity and title of those that can still win.
    pub rank: u64,
    /// Texts and records of the hits.
    pub fetch: u64,
    /// Choosing what is shown and marked.
    pub snippet: u64,
}

/// Takes the time of stages; without a clock it does nothing.
pub(super) struct Stopwatch<'a> {
    clock: Option<&'a Clock<'a>>,
    last: u64,
    stages: Stages,
}

impl<'a> Stopwatch<'a> {
    /// Starts to run.
    pub(super) fn new(clock: Option<&'a Clock<'a>>) -> Self {
        let last = clock.map_or(0, |it| it());
        Self { clock, last, stages: Stages::default() }
    }

    /// Gives the time since the last call to the stage that ends here.
    pub(super) fn lap(&mut self, stage: impl FnOnce(&mut Stages) -> &mut u64) {
        if let Some(clock) = self.clock {
            let now = clock();
            *stage(&mut self.stages) += now.saturating_sub(self.last);
            self.last = now;
        }
    }

    /// What was taken so far.
    pub(super) fn stages(&self) -> Stages {
        self.stages
    }
}
