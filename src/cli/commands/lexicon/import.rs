//! `search lexicon import` and `search lexicon remove`: what a person adds to the lexicon.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::time::Instant;

use passages::index::{Generation, ImportChange, Request};
use passages::lexicon::{Form, Import, Lexicon, curated, own};

use crate::cli::fault::Fault;
use crate::cli::outcome::Outcome;
use crate::cli::{build, locate, output};

/// The largest file that is accepted as a dictionary.
const MOST_BYTES: u64 = 256 << 20;

/// Adds a file to the lexicon of an index.
pub(super) fn add(folder: &Path, path: &str) -> Result<Outcome, Fault> {
    let start = Instant::now();
    let index = locate::open(folder)?;
    let import = read(path)?;
    let (name, entries) = (import.name.clone(), import.entries);
    let about = match (&import.form, &import.attribution) {
        (Form::Own, _) => format!("{entries} concepts of your own"),
        (Form::Dictionary, None) => format!("a dictionary of {entries} words"),
        (Form::Dictionary, Some(by)) => format!("a dictionary of {entries} words ({by})"),
    };
    if import.form == Form::Own {
        check_topics(path, &index, &import)?;
    }
    drop(index);
    let has_changed = change(folder, &ImportChange::Add(import))?;
    let what = if has_changed { "imported" } else { "already imported, unchanged" };
    let seconds = start.elapsed().as_secs_f64();
    let about = passages::text::visible(&format!("{what}: {name}, {about}")).into_owned();
    output::note(&format!("{about} ({seconds:.1} s)\n"));
    Ok(Outcome::Done)
}

/// Takes a file away from the lexicon of an index.
pub(super) fn remove(folder: &Path, name: &str) -> Result<Outcome, Fault> {
    let index = locate::open(folder)?;
    if !index.manifest().imports.iter().any(|it| it.name == name) {
        let known: Vec<_> = index.manifest().imports.iter().map(|it| it.name.as_str()).collect();
        let hint = match known.as_slice() {
            [] => "nothing is imported: `search lexicon import FILE` does so".to_owned(),
            known => format!("there are {}", known.join(", ")),
        };
        return Err(Fault::new("no_import", format!("no import `{name}`")).hint(hint));
    }
    drop(index);
    change(folder, &ImportChange::Remove(name.to_owned()))?;
    output::note(&format!("removed: {}\n", passages::text::visible(name)));
    Ok(Outcome::Done)
}

/// Changes the imports of an index; the sources are brought up to date with it.
fn change(folder: &Path, change: &ImportChange) -> Result<bool, Fault> {
    let request = Request {
        dir: folder.to_owned(),
        roots: Vec::new(),
        keeps_roots: true,
        rebuilds: false,
        now_s: build::now_s(),
    };
    Ok(build::change_imports(&request, change)?.has_changed)
}

/// Reads a file of names or a dictionary, also one packed with gzip.
fn read(path: &str) -> Result<Import, Fault> {
    let bad = |what: String| {
        Fault::new("lexicon", format!("{path}: {what}"))
            .hint("a dictionary is CC-CEDICT's text (.u8, .txt, also .gz), names are a TOML file")
    };
    let failed = |it: std::io::Error| Fault::new("io", format!("{path}: {it}"));
    let mut file = BufReader::new(File::open(path).map_err(|it| {
        failed(it).hint("to look up a name that begins with `import`, put all of it in quotes")
    })?);
    let mut bytes = Vec::new();
    let is_gzip = std::io::BufRead::fill_buf(&mut file).map_err(failed)?.starts_with(&[0x1f, 0x8b]);
    let read = if is_gzip {
        flate2::read::MultiGzDecoder::new(file).take(MOST_BYTES + 1).read_to_end(&mut bytes)
    } else {
        file.take(MOST_BYTES + 1).read_to_end(&mut bytes)
    };
    read.map_err(failed)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(bad(format!("more than {} MB", MOST_BYTES >> 20)));
    }
    let text = String::from_utf8(bytes).map_err(|it| {
        let before = it.as_bytes().get(..it.utf8_error().valid_up_to()).unwrap_or_default();
        bad(format!("line {}: not UTF-8", before.iter().filter(|it| **it == b'\n').count() + 1))
    })?;
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    let name = Path::new(path).file_name().and_then(|it| it.to_str()).unwrap_or(path);
    let name = name.strip_suffix(".gz").unwrap_or(name);
    Import::read(name, text).map_err(|it| bad(it.to_string()))
}

/// Topics that a person's own concepts name must exist: in the file, among those that come with
/// the program, or in another file that was imported.
fn check_topics(path: &str, index: &Generation, import: &Import) -> Result<(), Fault> {
    let internal = |it: anyhow::Error| Fault::new("internal", format!("{it:#}"));
    let mut lexicon = Lexicon { topics: index.lexicon().topics(), ..curated().map_err(internal)? };
    lexicon.overlay(own(&import.text).map_err(internal)?);
    let unknown = lexicon.unknown_topics();
    let Some(name) = unknown.first() else { return Ok(()) };
    let quoted = format!("\"{name}\"");
    let line = import.text.lines().position(|it| it.contains(&quoted)).map_or(1, |it| it + 1);
    Err(Fault::new("lexicon", format!("{path}: line {line}: no topic `{name}`"))
        .hint("`search topics` lists them; a `[[topic]]` in the file makes one"))
}
