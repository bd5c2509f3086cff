//! Elapsed time in whole nanoseconds.

use std::time::Instant;

/// Nanoseconds since a moment.
pub(super) fn nanoseconds(start: Instant) -> u64 {
    u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX)
}
