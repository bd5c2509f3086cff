//! How much work one text may make. Steps are counted where a text is walked, so that what is left
//! out depends on the text alone; a clock of the caller's stops what no count sees.
//!
//! Nothing can be stopped from outside. Loops that a text can make long spend from the budget and
//! end when it is spent; what they have then is thrown away by whoever gave the budget.

use std::cell::Cell;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Steps that any text may take: some seconds of work, of which a novel of 32 MiB takes a tenth.
///
/// A step is about what a byte costs that is looked at a few times, some nanoseconds.
pub const STEPS: u64 = 4_000_000_000;

/// The clock is asked once in so many steps, which is oftener than every millisecond.
const STEPS_A_LOOK: u64 = 1 << 16;

/// A clock, and how long one text may take by it.
#[derive(Clone)]
pub struct Watch {
    /// The time since some fixed moment; it never goes back.
    pub clock: Arc<dyn Fn() -> Duration + Send + Sync>,
    /// How long a text may take.
    pub most: Duration,
}

impl fmt::Debug for Watch {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Watch").field("most", &self.most).finish_non_exhaustive()
    }
}

/// What one text took too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overrun {
    /// More than so many steps.
    Steps(u64),
    /// Longer than this.
    Time(Duration),
}

impl fmt::Display for Overrun {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Steps(steps) => write!(out, "took more than {steps} steps of work"),
            Self::Time(most) => write!(out, "took longer than {} s", most.as_secs_f64()),
        }
    }
}

impl std::error::Error for Overrun {}

/// The work that is left for one text.
#[derive(Debug)]
pub struct Budget<'a> {
    steps: u64,
    left: Cell<u64>,
    watch: Option<&'a Watch>,
    since: Cell<Duration>,
    /// How many steps are left when the clock is asked next.
    next_look: Cell<u64>,
    overrun: Cell<Option<Overrun>>,
}

impl Default for Budget<'_> {
    /// [`STEPS`], and no clock.
    fn default() -> Self {
        Self::new(STEPS, None)
    }
}

impl<'a> Budget<'a> {
    /// So many steps, within the time of the watch from now on.
    #[must_use]
    pub fn new(steps: u64, watch: Option<&'a Watch>) -> Self {
        let since = Cell::new(watch.map_or(Duration::ZERO, |it| (it.clock)()));
        let (left, overrun) = (Cell::new(steps), Cell::default());
        let next_look = Cell::new(steps.saturating_sub(STEPS_A_LOOK));
        Self { steps, left, watch, since, next_look, overrun }
    }

    /// Takes steps; `false` where there are no more, or no more time. Then the loop ends.
    #[inline]
    pub fn spend(&self, steps: usize) -> bool {
        let left = self.left.get();
        let rest = left.saturating_sub(steps as u64);
        self.left.set(rest);
        if rest > self.next_look.get() {
            return true;
        }
        if rest == 0 && steps as u64 > left {
            self.overrun.set(self.overrun.get().or(Some(Overrun::Steps(self.steps))));
        }
        self.look()
    }

    /// Whether there were no more steps, or no more time, when more were asked for.
    #[must_use]
    #[inline]
    pub fn is_spent(&self) -> bool {
        self.overrun.get().is_some()
    }

    /// What was overrun; nothing where all is well.
    ///
    /// # Errors
    /// The first of the two that was.
    pub fn verdict(&self) -> Result<(), Overrun> {
        self.look();
        self.overrun.get().map_or(Ok(()), Err)
    }

    /// The time until now is not counted: it was spent waiting for others.
    pub fn rested(&self) {
        if let Some(watch) = self.watch {
            self.since.set((watch.clock)());
        }
    }

    /// Asks the clock; says whether all is well.
    #[cold]
    fn look(&self) -> bool {
        self.next_look.set(self.left.get().saturating_sub(STEPS_A_LOOK));
        if let (Some(watch), None) = (self.watch, self.overrun.get()) {
            let taken = (watch.clock)().saturating_sub(self.since.get());
            if taken > watch.most {
                self.overrun.set(Some(Overrun::Time(watch.most)));
            }
        }
        self.overrun.get().is_none()
    }
}
