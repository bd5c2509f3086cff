//! An engine's program, running and waiting for queries.

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, ensure};
use peers::engine::{Query, Reply};

/// The engines that ours is compared with.
pub const PEERS: &[&str] = if cfg!(feature = "seekstorm") {
    &["tantivy", "seekstorm", "fts5"]
} else {
    &["tantivy", "fts5"]
};

/// Has an engine index what is at `source`.
///
/// # Errors
/// When its program is not there or fails.
pub fn index(engine: &str, source: &Path, folder: &Path) -> Result<()> {
    let mut command = command(engine)?;
    let status = command.arg("index").args([source, folder]).stdout(Stdio::null()).status();
    let status = status.with_context(|| format!("{engine}: cannot be started"))?;
    ensure!(status.success(), "{engine}: {status} while indexing");
    Ok(())
}

/// The programs lie beside the one that runs.
fn command(engine: &str) -> Result<Command> {
    Ok(Command::new(env::current_exe()?.with_file_name(format!("engine-{engine}"))))
}

/// An engine that waits for queries.
pub struct Process {
    /// The engine's name.
    pub name: &'static str,
    child: Child,
    queries: ChildStdin,
    replies: BufReader<ChildStdout>,
}

impl Process {
    /// Starts an engine on its index.
    ///
    /// # Errors
    /// When its program cannot be started.
    pub fn start(name: &'static str, folder: &Path) -> Result<Self> {
        let mut command = command(name)?;
        command.arg("serve").arg(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("{name}: cannot be started"))?;
        let queries = child.stdin.take().context("standard input is a pipe")?;
        let replies = BufReader::new(child.stdout.take().context("standard output is a pipe")?);
        Ok(Self { name, child, queries, replies })
    }

    /// Asks a query and waits for the reply.
    ///
    /// # Errors
    /// When the engine has ended.
    pub fn ask(&mut self, query: &Query) -> Result<Reply> {
        writeln!(self.queries, "{}", serde_json::to_string(query)?)?;
        let mut line = String::new();
        // SeekStorm talks about itself on standard output.
        while !line.starts_with('{') {
            line.clear();
            let bytes = self.replies.read_line(&mut line)?;
            ensure!(bytes > 0, "{}: ended at `{}`", self.name, query.typed);
        }
        Ok(serde_json::from_str(&line)?)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
