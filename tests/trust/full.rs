//! The disk is full, at every size from hardly anything to hardly not.

use std::path::Path;
use std::process::{Command, Output};

use crate::desk::{Desk, answers, copy};
use crate::program::{ran, told};
use crate::table::{Trial, Tried};

/// Runs on a disk of its own, which goes with the process: copies the index before onto it, fills
/// it by an update, asks, makes room, updates again, and copies out what then is there.
const SCRIPT: &str = r#"
set -u
mount -t tmpfs -o "size=${SIZE}k" tmpfs disk || exit 90
cp -r before disk/index || exit 91
"$SEARCH" --index disk/index index notes >update.out 2>&1; echo "$?" >update.status
rm -rf left && cp -r disk/index left
mount -o remount,size=64m disk || exit 92
"$SEARCH" --index disk/index index notes >again.out 2>&1; echo "$?" >again.status
rm -rf again && cp -r disk/index again
"#;

/// Runs a script with mounts that nobody else sees.
fn apart(dir: &Path, script: &str, size: u64) -> Result<Output, String> {
    let root = is_root();
    let mut command = Command::new("unshare");
    command.arg(if root { "-m" } else { "-Urm" }).args(["sh", "-c", script]);
    command.current_dir(dir).env("SIZE", size.to_string());
    command.env("SEARCH", env!("CARGO_BIN_EXE_search"));
    ran(&mut command)
}

fn is_root() -> bool {
    let told = Command::new("id").arg("-u").output();
    told.is_ok_and(|it| it.stdout.starts_with(b"0\n"))
}

/// Kilobytes that a folder takes, in pages of four.
fn kilobytes(dir: &Path) -> u64 {
    let mut sum = 0;
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let metadata = path.metadata().unwrap();
        sum += if metadata.is_dir() { kilobytes(&path) } else { metadata.len().div_ceil(4096) * 4 };
    }
    sum
}

/// Copies made of an index with a `README.md` more stay an index.
pub(crate) fn run(trial: &Trial) -> Tried {
    let desk = Desk::with_notes();
    if !cfg!(target_os = "linux") {
        return Tried::skipped("needs the mounts of Linux");
    }
    std::fs::create_dir(desk.path().join("disk")).unwrap();
    match apart(desk.path(), "mount -t tmpfs -o size=64k tmpfs disk", 0) {
        Ok(it) if it.status.success() => {}
        _ => return Tried::skipped("no right to mount a small disk here"),
    }
    desk.build().unwrap();
    let old = answers(&desk.index()).unwrap().text;
    let before = desk.path().join("before");
    copy(&desk.index(), &before);
    desk.change();
    desk.build().unwrap();
    let new = answers(&desk.index()).unwrap().text;
    let (least, most) = (kilobytes(&before) + 8, kilobytes(&desk.index()) + 200);
    let count = trial.times(4, 72, 1_000);
    let mut full = 0;
    let tried = trial.each(count, |case, _| {
        let size = least + (most - least) * case / (count - 1);
        let done = apart(desk.path(), SCRIPT, size)?;
        if !done.status.success() {
            return Err(format!("{size} kB: the script: {}", told(&done)));
        }
        let read = |name: &str| std::fs::read_to_string(desk.path().join(name)).unwrap();
        let is_done = read("update.status") == "0\n";
        full += u64::from(!is_done);
        let left = answers(&desk.path().join("left")).map_err(|it| format!("{size} kB: {it:#}"))?;
        let expected = if is_done { &new } else { &old };
        if left.text != *expected || left.remark.is_some() {
            return Err(format!("{size} kB: a wrong answer; {}", read("update.out")));
        }
        if !is_done && !read("update.out").contains("error: ") {
            return Err(format!("{size} kB: no clear error; {}", read("update.out")));
        }
        let again = answers(&desk.path().join("again")).map_err(|it| format!("{it:#}"))?;
        let is_right = again.text == new && again.remark.is_none();
        if read("again.status") != "0\n" || !is_right {
            return Err(format!("{size} kB: not right with room; {}", read("again.out")));
        }
        Ok(())
    });
    tried.with_note(format!("full at {full}, {least} to {most} kB"))
}
