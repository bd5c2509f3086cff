//! The built program, run beside the tests.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// The program in a working folder, its environment without surprises.
pub(crate) fn program(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_search"));
    command.current_dir(dir).stdin(Stdio::null()).env("SEARCH_INDEX", "index").env_remove("PAGER");
    command
}

/// How long a command that hangs is waited for.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// Runs a command to its end, or ends it and says that it hangs.
pub(crate) fn ran(command: &mut Command) -> Result<Output, String> {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|it| it.to_string())?;
    let start = Instant::now();
    // The answers here are far smaller than what a pipe holds.
    while child.try_wait().map_err(|it| it.to_string())?.is_none() {
        if start.elapsed() > PATIENCE {
            child.kill().ok();
            child.wait().ok();
            return Err("it hangs".to_owned());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    child.wait_with_output().map_err(|it| it.to_string())
}

/// What a command said, on one line.
pub(crate) fn told(output: &Output) -> String {
    let text = |it: &[u8]| String::from_utf8_lossy(it).replace('\n', " / ");
    format!("{:?}: {} {}", output.status.code(), text(&output.stdout), text(&output.stderr))
}
