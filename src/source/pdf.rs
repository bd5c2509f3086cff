//! Reads the text of a PDF with `pdftotext`, a separate process, so that a hostile file can only
//! harm that process.

use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Instant;

use super::epub::unescaped;
use super::format::Format;
use super::input::{Input, Opened, Raws};
use super::limits::shown;
use super::raw::{Content, Pdf, RawText, Skip, SkipReason};
use super::store::Bytes;

const ABSENT: &str = "the program `pdftotext`, which comes with poppler, is not on PATH";

/// The greatest total time of the program, as a multiple of the time it may go without output.
const WAITS: u32 = 10;

/// The text of a PDF as one raw text, with the metadata of the file.
pub(super) fn text(input: &Input, opened: Opened) -> Result<Raws, Skip> {
    let Some(program) = &input.limits.pdftotext else {
        return Err(input.skip(SkipReason::MissingTool, ABSENT));
    };
    if !opened.head.windows(5).any(|it| it == b"%PDF-") {
        return Err(input.skip(SkipReason::Malformed, "no `%PDF-` at its start"));
    }
    let pdf: Bytes = Box::new(io::Cursor::new(opened.head).chain(opened.bytes));
    let pdf = parts(run(input, program, pdf)?);
    if pdf.text.trim().is_empty() {
        return Err(input.skip(SkipReason::Empty, "no text in it: pictures of pages, most likely"));
    }
    let (path, content) = (input.shown.clone(), Content::Pdf(pdf));
    Ok(Box::new(std::iter::once(Ok(RawText { path, format: Format::Pdf, line: 1, content }))))
}

/// Splits the program's output: an HTML page whose head holds the metadata, with the text in one
/// `<pre>`. Any other output is text.
fn parts(written: String) -> Pdf {
    let body = written.split_once("<body>\n<pre>\n").filter(|_| written.starts_with("<!DOCTYPE"));
    let Some((head, text)) = body else { return Pdf { text: written, ..Pdf::default() } };
    let text = text.trim_end().strip_suffix("</html>").unwrap_or(text).trim_end();
    let text = text.strip_suffix("</body>").unwrap_or(text).trim_end();
    let text = text.strip_suffix("</pre>").unwrap_or(text).to_owned();
    let between = |start: &str, end: &str| {
        let value = head.split_once(start)?.1.split_once(end)?.0;
        Some(unescaped(value)).filter(|it| !it.trim().is_empty())
    };
    Pdf {
        text,
        title: between("<title>", "</title>"),
        author: between("<meta name=\"Author\" content=\"", "\"/>"),
        created: between("<meta name=\"CreationDate\" content=\"", "\"/>"),
    }
}

/// Runs the program on the bytes and collects its output, within the caps on text and time.
fn run(input: &Input, program: &Path, pdf: Bytes) -> Result<String, Skip> {
    let mut child = Command::new(program)
        .args(["-q", "-enc", "UTF-8", "-htmlmeta", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|it| input.skip(SkipReason::MissingTool, it.to_string()))?;
    let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(input.skip(SkipReason::Failed, "no pipe to pdftotext"));
    };
    let writer = thread::spawn(move || feed(pdf, stdin));
    let collected = collect(input, &chunks_of(stdout));
    if collected.is_err() {
        // The program may have ended just now, which is no error.
        child.kill().ok();
    }
    let status = child.wait().map_err(|it| input.failed(&it))?;
    // A program that ends early closes the pipe; its exit status says more than that error.
    writer.join().ok();
    let text = collected?;
    if text.is_empty() && !status.success() {
        return Err(input.skip(SkipReason::Malformed, "pdftotext could not read it"));
    }
    Ok(text)
}

fn feed(mut pdf: Bytes, mut stdin: ChildStdin) -> io::Result<()> {
    io::copy(&mut pdf, &mut stdin)?;
    stdin.flush()
}

/// Reads the program's output in a thread of its own, so that the reader can time out.
fn chunks_of(mut stdout: ChildStdout) -> Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::sync_channel(1);
    thread::spawn(move || {
        let mut chunk = vec![0; 1 << 16];
        while let Ok(read @ 1..) = stdout.read(&mut chunk) {
            let bytes = chunk.get(..read).unwrap_or_default().to_vec();
            if sender.send(bytes).is_err() {
                break;
            }
        }
    });
    receiver
}

fn collect(input: &Input, chunks: &Receiver<Vec<u8>>) -> Result<String, Skip> {
    let mut bytes = Vec::new();
    let (start, most) = (Instant::now(), input.limits.pdf_wait * WAITS);
    loop {
        if start.elapsed() > most {
            return Err(input
                .skip(SkipReason::TookTooLong, format!("pdftotext was not done after {most:?}")));
        }
        match chunks.recv_timeout(input.limits.pdf_wait) {
            Ok(chunk) => bytes.extend(chunk),
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                let detail = format!("pdftotext was silent for {:?}", input.limits.pdf_wait);
                return Err(input.skip(SkipReason::TookTooLong, detail));
            }
        }
        if bytes.len() as u64 > input.limits.text_bytes {
            let detail = format!("over {} of text", shown(input.limits.text_bytes));
            return Err(input.skip(SkipReason::TooLarge, detail));
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
