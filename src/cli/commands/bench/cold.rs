//! Cold times: the program starts itself as a new process for each query.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use super::warm::{CheckedQuery, nanoseconds};
use crate::cli::fault::Fault;

/// The times of whole processes, in nanoseconds.
#[derive(Default)]
pub(super) struct Cold {
    /// Of a process that answers, round by round.
    pub(super) answers: Vec<Vec<u64>>,
    /// Of a process that only starts: `search --version`.
    pub(super) starts: Vec<u64>,
}

/// The number of rounds that the processes are spread over.
const ROUNDS: usize = 4;

/// Starts `count` processes that answer a query, each after one that only prints its version.
pub(super) fn measure(
    folder: &Path,
    queries: &[CheckedQuery],
    count: usize,
) -> Result<Cold, Fault> {
    let mut cold = Cold::default();
    if count == 0 {
        return Ok(cold);
    }
    let program = std::env::current_exe().map_err(|it| {
        Fault::new("io", format!("this program: {it}")).hint("`--cold 0` leaves it out")
    })?;
    let each = count.div_ceil(ROUNDS);
    // Takes queries from the whole list, so that each kind of query is measured.
    let step = (queries.len() / each.max(1)).max(1);
    for _ in 0..ROUNDS.min(count) {
        let mut round = Vec::with_capacity(each);
        for number in 0..each {
            let Some(query) = queries.get(number * step % queries.len()) else { continue };
            cold.starts.push(timed(Command::new(&program).arg("--version"), 0)?);
            let mut command = Command::new(&program);
            command.arg("--index").arg(folder).args(["--color", "never", "--", &query.text]);
            round.push(timed(&mut command, i32::from(query.total == 0))?);
        }
        cold.answers.push(round);
    }
    Ok(cold)
}

/// How long a process ran; its status must be as expected.
fn timed(command: &mut Command, status: i32) -> Result<u64, Fault> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let ended = command.status();
    let time = nanoseconds(start);
    let ended = ended.map_err(|it| Fault::new("io", format!("starting this program: {it}")))?;
    if ended.code() == Some(status) {
        return Ok(time);
    }
    let message = format!("a new process ended with {ended} instead of exit status {status}");
    Err(Fault::new("internal", message).hint("`--cold 0` leaves these out"))
}
