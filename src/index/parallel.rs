//! Work that is done on all cores, each piece by whichever of them is free.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::thread;

use anyhow::Result;

/// A piece of work.
pub(super) type Job<'a> = Box<dyn FnOnce() -> Result<()> + Send + 'a>;

/// The job that puts what comes of some work in its place.
pub(super) fn filling<'a, T: Send>(
    place: &'a mut Option<T>,
    work: impl FnOnce() -> Result<T> + Send + 'a,
) -> Job<'a> {
    Box::new(move || {
        *place = Some(work()?);
        Ok(())
    })
}

/// Does all jobs on so many threads, beginning them in their order: the longest should stand first.
///
/// # Errors
/// The first error of a job; those that were not begun then are not done.
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
