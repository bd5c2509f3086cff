//! The JSON of an earlier run, to compare with.

use serde::de::DeserializeOwned;

use crate::cli::fault::Fault;

/// Reads the JSON of an earlier run of a command, if a file is named.
pub(super) fn earlier_run<T: DeserializeOwned>(
    name: Option<&str>,
    command: &str,
) -> Result<Option<T>, Fault> {
    let Some(name) = name else { return Ok(None) };
    let read = std::fs::read_to_string(name).map_err(|it| it.to_string());
    let run = read.and_then(|it| serde_json::from_str(&it).map_err(|it| it.to_string()));
    run.map_err(|it| {
        let hint = format!("write it with `search {command} --json > FILE`");
        Fault::new("io", format!("{name}: {it}")).hint(hint)
    })
}
