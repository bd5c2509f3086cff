//! The program is killed at random times of a build and of an update; the same command finishes.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::desk::{Desk, answers, copy, text};
use crate::program::{program, ran, told};
use crate::table::{Trial, Tried};

/// What was there when the program was killed, from what it left behind.
const STAGES: [&str; 5] = ["before", "reading", "writing", "verifying", "after"];

/// Where the killed program stood.
fn stage(index: &Path, number: u64) -> usize {
    let name = format!("gen-{number}");
    let dir = index.join(&name);
    let current = fs::read_to_string(index.join("CURRENT")).unwrap_or_default();
    if current.lines().next() == Some(&name) {
        4
    } else if dir.join("manifest.json").exists() {
        3
    } else if dir.join("articles").exists() {
        2
    } else {
        usize::from(dir.exists())
    }
}

/// Notes that take a while: enough that reading, writing and verifying each can be hit.
fn notes(desk: &Desk, from: usize) {
    for file in from..from + 12 {
        let texts: String = (0..40).map(|it| text(file * 41 + it)).collect();
        desk.write(&format!("long-{file}.txt"), &texts);
    }
}

/// A desk with its index before, if any, what it answered then and what it shall answer.
struct Scene {
    desk: Desk,
    before: tempfile::TempDir,
    number: u64,
    old: Option<String>,
    new: String,
    /// How long the whole command takes, and how long before it writes.
    took: Duration,
    idle: Duration,
}

impl Scene {
    fn new(is_update: bool) -> Self {
        let desk = Desk::with_notes();
        notes(&desk, 0);
        let before = tempfile::tempdir().unwrap();
        let mut old = None;
        if is_update {
            desk.build().unwrap();
            old = Some(answers(&desk.index()).unwrap().text);
            copy(&desk.index(), before.path());
            desk.change();
            notes(&desk, 6);
        }
        let number = if is_update { 2 } else { 1 };
        let (mut took, mut idle) = (Duration::MAX, Duration::MAX);
        for _ in 0..3 {
            fs::remove_dir_all(desk.index()).ok();
            copy(before.path(), &desk.index());
            let start = Instant::now();
            let mut child = program(desk.path())
                .args(["index", "notes"])
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            while stage(&desk.index(), number) == 0 {
                std::thread::sleep(Duration::from_micros(200));
            }
            idle = idle.min(start.elapsed());
            assert!(child.wait().unwrap().success());
            took = took.min(start.elapsed());
        }
        let new = answers(&desk.index()).unwrap().text;
        Self { desk, before, number, old, new, took, idle }
    }

    /// Kills one run and checks what it left; gives the stage.
    fn kill(&self, dice: &mut crate::dice::Dice) -> Result<usize, String> {
        let index = self.desk.index();
        fs::remove_dir_all(&index).map_err(|it| it.to_string())?;
        copy(self.before.path(), &index);
        let mut child = program(self.desk.path())
            .args(["index", "notes"])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // One in six at any time; the others once it writes, which is where it can hurt.
        let (wait, within) = if dice.once_in(6) {
            (false, self.took)
        } else {
            (true, self.took.saturating_sub(self.idle))
        };
        while wait && stage(&index, self.number) == 0 && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_micros(100));
        }
        let delay = dice.below(within.as_micros() as usize + 1);
        std::thread::sleep(Duration::from_micros(delay as u64));
        child.kill().map_err(|it| it.to_string())?;
        child.wait().map_err(|it| it.to_string())?;
        let stage = stage(&index, self.number);
        self.check(&index, stage).map_err(|it| format!("killed while {}: {it}", STAGES[stage]))?;
        Ok(stage)
    }

    fn check(&self, index: &Path, stage: usize) -> Result<(), String> {
        match (answers(index), &self.old) {
            (Ok(it), _) if it.text == self.new && stage == 4 && it.remark.is_none() => {}
            (Ok(it), Some(old)) if it.text == *old && stage < 4 && it.remark.is_none() => {}
            (Ok(it), None) if it.text == self.new && stage < 4 && it.lacks_current() => {}
            (Err(_), None) if stage < 4 => {}
            (Ok(_), _) => return Err("a wrong answer".to_owned()),
            (Err(error), _) => return Err(format!("{error:#}")),
        }
        let again = ran(program(self.desk.path()).args(["index", "notes"]))?;
        if !again.status.success() {
            return Err(format!("the same command: {}", told(&again)));
        }
        match answers(index) {
            Ok(it) if it.text == self.new && it.remark.is_none() => Ok(()),
            Ok(_) => Err("a wrong answer after the same command".to_owned()),
            Err(error) => Err(format!("after the same command: {error:#}")),
        }
    }
}

pub(crate) fn run(trial: &Trial) -> Tried {
    let scenes = [Scene::new(false), Scene::new(true)];
    let mut hit = [0_u64; STAGES.len()];
    let mut tried = trial.each(trial.times(8, 300, 10_000), |case, dice| {
        let stage = scenes[(case % 2) as usize].kill(dice)?;
        hit[stage] += 1;
        Ok(())
    });
    let inside = hit[1] + hit[2] + hit[3];
    let shares: Vec<String> =
        STAGES.iter().zip(hit).map(|(name, hit)| format!("{hit} {name}")).collect();
    if tried.count >= 100 && inside * 10 < tried.count * 6 {
        tried.failures.push(format!("only {inside} of {} hit inside writes", tried.count));
    }
    tried.with_note(shares.join(", "))
}
