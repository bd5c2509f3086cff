//! What else goes wrong on a desk: two writers at once, sources that change under the reader, a
//! copy taken in the midst of a build, hardly any file descriptors, and an index folder in which
//! links and pipes stand where files should.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use passages::index::{Generation, check};

use crate::desk::{Desk, answers, copy, text};
use crate::dice::Dice;
use crate::program::{program, ran, told};
use crate::table::{Trial, Tried};

/// Two programs build at once: one is told who writes, or both have their turn.
pub(crate) fn writers(trial: &Trial) -> Tried {
    let (mut locked, mut both) = (0, 0);
    let tried = trial.each(trial.times(4, 60, 5_000), |case, dice| {
        let desk = Desk::with_notes();
        let waits: &[&str] = if case % 3 == 0 { &["--wait"] } else { &[] };
        let start = |_| {
            let mut command = program(desk.path());
            command.args(["index", "notes"]).args(waits);
            command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
        };
        let first = start(0);
        thread::sleep(Duration::from_micros(dice.below(30_000) as u64));
        let second = start(1);
        let ended = [first, second].map(|it| it.wait_with_output().unwrap());
        let done = ended.iter().filter(|it| it.status.success()).count();
        let is_told = |it: &&std::process::Output| {
            String::from_utf8_lossy(&it.stderr).contains("being written by")
        };
        let refused = ended.iter().filter(|it| !it.status.success()).filter(is_told).count();
        both += u64::from(done == 2);
        locked += refused;
        if done == 0 || done + refused != 2 || (!waits.is_empty() && done != 2) {
            return Err(format!("{} and {}", told(&ended[0]), told(&ended[1])));
        }
        answers(&desk.index()).map_err(|it| format!("{it:#}"))?;
        let checked = check(&desk.index(), &|_, _| ()).map_err(|it| it.to_string())?;
        if checked.problems.is_empty() { Ok(()) } else { Err(format!("{:?}", checked.problems)) }
    });
    tried.with_note(format!("{locked} were told who writes, {both} times both built"))
}

/// Files grow, shrink, go and come while they are indexed; the next build has what then stands.
pub(crate) fn sources(trial: &Trial) -> Tried {
    trial.each(trial.times(3, 60, 5_000), |_, dice| {
        let desk = Desk::with_notes();
        let stop = AtomicBool::new(false);
        let mut own = dice.clone();
        let built = thread::scope(|scope| {
            let (desk, stop) = (&desk, &stop);
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let path = desk.notes().join(format!("{}.txt", own.below(8)));
                    match own.below(4) {
                        0 => drop(fs::remove_file(&path)),
                        1 => drop(
                            fs::File::options().write(true).open(&path).map(|it| it.set_len(9)),
                        ),
                        _ => desk.write(
                            path.file_name().unwrap().to_str().unwrap(),
                            &text(own.below(50)),
                        ),
                    }
                    thread::sleep(Duration::from_micros(own.below(500) as u64));
                }
            });
            let built = (0..2).map(|_| desk.build().map(drop)).collect::<Vec<_>>();
            stop.store(true, Ordering::Relaxed);
            built
        });
        built.into_iter().collect::<Result<Vec<()>, _>>().map_err(|it| it.to_string())?;
        answers(&desk.index()).map_err(|it| format!("in between: {it:#}"))?;
        desk.build().map_err(|it| it.to_string())?;
        let updated = answers(&desk.index()).map_err(|it| format!("{it:#}"))?;
        let anew = desk.path().join("anew");
        desk.build_into(&anew, passages::index::Disk::default()).map_err(|it| it.to_string())?;
        let rebuilt = answers(&anew).map_err(|it| format!("{it:#}"))?;
        if updated == rebuilt { Ok(()) } else { Err("updated is not rebuilt".to_owned()) }
    })
}

/// A copy made file by file in the midst of an update, as a backup makes it.
pub(crate) fn copies(trial: &Trial) -> Tried {
    let desk = Desk::with_notes();
    desk.build().unwrap();
    let mut outcomes = [("whole", 0), ("with a remark", 0), ("refused", 0)];
    let tried = trial.each(trial.times(5, 100, 10_000), |case, dice| {
        let before = answers(&desk.index()).map_err(|it| format!("{it:#}"))?.text;
        desk.write("3.txt", &text(100 + case as usize));
        let taken = desk.path().join("taken");
        fs::remove_dir_all(&taken).ok();
        let delay = Duration::from_micros(dice.below(60_000) as u64);
        thread::scope(|scope| {
            let building = scope.spawn(|| desk.build().map(drop));
            thread::sleep(delay);
            slowly(&desk.index(), &taken, dice);
            building.join().unwrap()
        })
        .map_err(|it| it.to_string())?;
        let after = answers(&desk.index()).map_err(|it| format!("{it:#}"))?.text;
        let outcome = match answers(&taken) {
            Ok(it) if it.text == before || it.text == after => usize::from(it.remark.is_some()),
            Ok(_) => return Err("the copy answers wrongly".to_owned()),
            Err(_) => 2,
        };
        outcomes[outcome].1 += 1;
        let built = desk.build_into(&taken, passages::index::Disk::default());
        built.map_err(|it| format!("the copy cannot be built upon: {it}"))?;
        let built = answers(&taken).map_err(|it| format!("{it:#}"))?;
        if built.text == after { Ok(()) } else { Err("built upon, the copy is wrong".to_owned()) }
    });
    let note: Vec<_> = outcomes.iter().map(|(what, count)| format!("{count} {what}")).collect();
    tried.with_note(note.join(", "))
}

/// Copies a folder that changes: what goes meanwhile is left out.
fn slowly(from: &Path, to: &Path, dice: &mut Dice) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).into_iter().flatten().flatten() {
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            slowly(&entry.path(), &place, dice);
        } else {
            fs::copy(entry.path(), place).ok();
        }
        thread::sleep(Duration::from_micros(dice.below(1_500) as u64));
    }
}

/// So few file descriptors that something cannot be opened: the answer is right or an error.
pub(crate) fn descriptors(trial: &Trial) -> Tried {
    let desk = Desk::with_notes();
    desk.build().unwrap();
    let ask = |limit: u64, arguments: &str| {
        let script = format!("ulimit -n {limit}; exec \"$0\" {arguments}");
        let mut command = Command::new("sh");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_search")]).current_dir(desk.path());
        ran(command.env("SEARCH_INDEX", "index"))
    };
    let mut refused = 0;
    let tried = trial.each(trial.times(6, 24, 24), |case, _| {
        let limit = 3 + case;
        let whole = ask(200, "--format paths Wuhan")?.stdout;
        let answered = ask(limit, "--format paths Wuhan")?;
        match answered.status.code() {
            Some(0) if answered.stdout == whole => {}
            // Below four not even the loader of programs can open what it needs.
            Some(2) if String::from_utf8_lossy(&answered.stderr).contains("error: ") => {
                refused += 1;
            }
            Some(127) if limit < 5 => refused += 1,
            _ => return Err(format!("{limit} descriptors: {}", told(&answered))),
        }
        desk.write("3.txt", &text(200 + case as usize));
        let built = ask(limit, "index notes")?;
        let is_clear = built.status.success()
            || (built.status.code() == Some(2)
                && String::from_utf8_lossy(&built.stderr).contains("error: "))
            || (built.status.code() == Some(127) && limit < 5);
        if !is_clear {
            return Err(format!("{limit} descriptors, a build: {}", told(&built)));
        }
        desk.build().map_err(|it| it.to_string())?;
        let checked = check(&desk.index(), &|_, _| ()).map_err(|it| it.to_string())?;
        if checked.problems.is_empty() { Ok(()) } else { Err(format!("{:?}", checked.problems)) }
    });
    tried.with_note(format!("{refused} answers refused"))
}

/// Links, pipes and folders stand where an index has files: nothing outside is read in their
/// stead, written or removed, nothing waits for ever, and a build makes it right.
pub(crate) fn folders(trial: &Trial) -> Tried {
    let desk = Desk::with_notes();
    desk.build().unwrap();
    desk.change();
    desk.build().unwrap();
    let names: Vec<String> = {
        let mut names: Vec<_> = fs::read_dir(desk.index().join("gen-2"))
            .unwrap()
            .map(|it| format!("gen-2/{}", it.unwrap().file_name().to_str().unwrap()))
            .collect();
        names.sort();
        let own = ["CURRENT", "CURRENT.new", "lock", "gen-1", "gen-2", "gen-3", "gen-4"];
        own.into_iter().map(str::to_owned).chain(names).collect()
    };
    let whole = desk.path().join("whole");
    copy(&desk.index(), &whole);
    let expected = answers(&whole).unwrap().text;
    let outside = desk.path().join("outside");
    let ways = ["link", "dangling", "pipe", "folder", "device"];
    let count = (names.len() * ways.len()) as u64;
    let step = trial.times(9, 1, 1);
    trial.each(count / step, |case, _| {
        let case = (case * step) as usize;
        let (name, way) = (&names[case / ways.len()], ways[case % ways.len()]);
        let index = desk.index();
        fs::remove_dir_all(&index).unwrap();
        copy(&whole, &index);
        fs::remove_dir_all(&outside).ok();
        copy(&whole.join("gen-1"), &outside);
        fs::write(outside.join("precious"), "kept").unwrap();
        let before = listing(&outside);
        let place = index.join(name);
        fs::remove_file(&place).or_else(|_| fs::remove_dir_all(&place)).ok();
        let is_folder = name.starts_with("gen-") && !name.contains('/');
        match way {
            "link" if is_folder => symlink(&outside, &place).unwrap(),
            "link" => symlink(outside.join("precious"), &place).unwrap(),
            "dangling" => symlink(outside.join("nothing"), &place).unwrap(),
            "pipe" => assert!(Command::new("mkfifo").arg(&place).status().unwrap().success()),
            "folder" => fs::create_dir(&place).unwrap(),
            _ => symlink("/dev/zero", &place).unwrap(),
        }
        let wrong = |what: &str| Err(format!("{name} a {way}: {what}"));
        // In a process of its own: a pipe that is waited for would stop all else.
        let asked = ran(program(desk.path()).args(["--json", "Wuhan"]))
            .map_err(|it| format!("{name} a {way}: {it}"))?;
        if !matches!(asked.status.code(), Some(0 | 2)) {
            return wrong(&told(&asked));
        }
        let built = ran(program(desk.path()).args(["index", "notes"]))
            .map_err(|it| format!("{name} a {way}: {it}"))?;
        if listing(&outside) != before {
            return wrong("what is outside was changed");
        }
        match built.status.code() {
            Some(0) if Generation::open(&index).is_ok() => match answers(&index) {
                Ok(it) if it.text == expected => Ok(()),
                _ => wrong("a wrong answer after a build"),
            },
            Some(2) if String::from_utf8_lossy(&built.stderr).contains("error: ") => Ok(()),
            _ => wrong(&told(&built)),
        }
    })
}

/// Names and bytes of the files of a folder.
fn listing(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<_> = fs::read_dir(dir)
        .unwrap()
        .map(|it| it.unwrap())
        .map(|it| (it.file_name().into_string().unwrap(), fs::read(it.path()).unwrap_or_default()))
        .collect();
    all.sort();
    all
}
