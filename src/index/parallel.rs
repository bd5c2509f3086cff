//! Runs jobs on all cores; each is taken by whichever thread is free.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::thread;

use anyhow::Result;

/// A job.
pub(super) type Job<'a> = Box<dyn FnOnce() -> Result<()> + Send + 'a>;

/// A job that stores the result of `work` in `place`.
pub(super) fn filling<'a, T: Send>(
    place: &'a mut Option<T>,
    work: impl FnOnce() -> Result<T> + Send + 'a,
) -> Job<'a> {
    Box::new(move || {
        *place = Some(work()?);
        Ok(())
    })
}

/// Runs all jobs on `workers` threads, starting them in order; put the longest first.
///
/// # Errors
/// The first error of a job; jobs that have not started by then are dropped.
pub(super) fn share(jobs: Vec<Job<'_>>, workers: usize) -> Result<()> {
    let queue = Mutex::new(VecDeque::from(jobs));
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
    let work = || {
        while let Some(job) = next() {
            let done = job();
            if done.is_err() {
                queue.lock().unwrap_or_else(PoisonError::into_inner).clear();
                return done;
            }
        }
        Ok(())
    };
    thread::scope(|scope| {
        let helpers: Vec<_> = (1..workers).map(|_| scope.spawn(work)).collect();
        let own = work();
        let joined = helpers.into_iter().map(|it| match it.join() {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        joined.fold(own, Result::and)
    })
}
