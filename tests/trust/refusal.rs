//! Every file call of a build and of an update fails once, and once with all that follow.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use passages::index::{Disk, Error, ErrorKind, FileCall};

use crate::desk::{Desk, answers, copy};
use crate::dice::Dice;
use crate::table::{Trial, Tried};

/// What an index may answer while it is built.
pub(crate) struct Expected {
    /// Before; nothing where there was no index.
    pub(crate) old: Option<String>,
    pub(crate) new: String,
}

/// A desk before an update, and the same notes after it.
pub(crate) struct Scene {
    pub(crate) desk: Desk,
    /// The index before: empty where there was none.
    pub(crate) before: tempfile::TempDir,
    pub(crate) expected: Expected,
}

impl Scene {
    /// Before a first build.
    pub(crate) fn of_build() -> Self {
        let desk = Desk::with_notes();
        let before = tempfile::tempdir().unwrap();
        desk.build().unwrap();
        let new = answers(&desk.index()).unwrap().text;
        Self { desk, before, expected: Expected { old: None, new } }
    }

    /// Before an update.
    pub(crate) fn of_update() -> Self {
        let desk = Desk::with_notes();
        desk.build().unwrap();
        desk.change();
        desk.build().unwrap();
        desk.write("3.txt", "Another text altogether, of ports and 港口.\n");
        let old = Some(answers(&desk.index()).unwrap().text);
        let before = tempfile::tempdir().unwrap();
        copy(&desk.index(), before.path());
        desk.build().unwrap();
        let new = answers(&desk.index()).unwrap().text;
        Self { desk, before, expected: Expected { old, new } }
    }

    /// The index before, in a folder of its own.
    pub(crate) fn start(&self) -> tempfile::TempDir {
        let dir = tempfile::tempdir_in(self.desk.path()).unwrap();
        copy(self.before.path(), dir.path());
        dir
    }

    /// Whether the index answers as before or as after, and becomes right by one plain build.
    pub(crate) fn check(&self, index: &Path, must_be_new: bool) -> Result<(), String> {
        self.check_answers(index, must_be_new)?;
        self.desk.build_into(index, Disk::default()).map_err(|it| format!("built again: {it}"))?;
        self.check_answers(index, true).map_err(|it| format!("built again: {it}"))
    }

    /// Whether the index answers as before or as after.
    pub(crate) fn check_answers(&self, index: &Path, must_be_new: bool) -> Result<(), String> {
        let Expected { old, new } = &self.expected;
        match answers(index) {
            Ok(it) if it.lacks_current() && it.text == *new && old.is_none() && !must_be_new => {
                Ok(())
            }
            Ok(it) if it.remark.is_some() => Err(format!("remark: {:?}", it.remark)),
            Ok(it) if it.text == *new => Ok(()),
            Ok(it) if Some(&it.text) == old.as_ref() && !must_be_new => Ok(()),
            Ok(_) if must_be_new => Err("it does not answer as built".to_owned()),
            Ok(_) => Err("a wrong answer".to_owned()),
            Err(error) => match error.downcast_ref::<Error>() {
                Some(it) if it.kind == ErrorKind::NoIndex && old.is_none() && !must_be_new => {
                    Ok(())
                }
                _ => Err(format!("no answer: {error:#}")),
            },
        }
    }
}

/// Counts the calls and fails the one of a number, or all from it on.
struct Refusing {
    calls: AtomicU64,
    refused: u64,
    lasts: bool,
    error: io::ErrorKind,
}

impl Refusing {
    fn disk(refused: u64, lasts: bool, dice: &mut Dice) -> (Arc<Self>, Disk) {
        let kinds = [
            io::ErrorKind::StorageFull,
            io::ErrorKind::PermissionDenied,
            io::ErrorKind::NotFound,
            io::ErrorKind::Other,
        ];
        let error = *dice.one_of(&kinds);
        let refusing = Arc::new(Self { calls: AtomicU64::new(0), refused, lasts, error });
        let witness = Arc::clone(&refusing);
        (refusing, Disk::watched(Arc::new(move |call| witness.hear(call))))
    }

    fn hear(&self, _: FileCall<'_>) -> io::Result<()> {
        let number = self.calls.fetch_add(1, Ordering::Relaxed);
        if number == self.refused || (self.lasts && number > self.refused) {
            return Err(io::Error::from(self.error));
        }
        Ok(())
    }
}

pub(crate) fn run(trial: &Trial) -> Tried {
    let mut all = Tried::default();
    let mut notes = Vec::new();
    for (name, scene) in [("build", Scene::of_build()), ("update", Scene::of_update())] {
        let (counting, disk) = Refusing::disk(u64::MAX, false, &mut trial.dice(0));
        scene.desk.build_into(scene.start().path(), disk).unwrap();
        let calls = counting.calls.load(Ordering::Relaxed);
        notes.push(format!("{calls} calls of {name}"));
        let step = trial.times(19, 1, 1);
        let rounds = trial.times(1, 1, 100);
        let tried = trial.each(calls * 2 * rounds / step, |case, dice| {
            let case = case * step;
            let (call, lasts) = (case / 2 % calls, case % 2 == 1);
            let start = scene.start();
            let (_, disk) = Refusing::disk(call, lasts, dice);
            let built = scene.desk.build_into(start.path(), disk);
            scene
                .check(start.path(), built.is_ok())
                .map_err(|it| format!("call {call} of {name}, lasting {lasts}: {it}"))
        });
        all.count += tried.count;
        all.failures.extend(tried.failures);
    }
    all.with_note(notes.join(", "))
}
