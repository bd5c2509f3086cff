//! Damage to an index: the answer is right, or it comes from the index before with a remark, or it
//! is a clear error.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use passages::index::{Error, ErrorKind, file_names};

use crate::desk::{Answers, Desk, answers, copy, text};
use crate::dice::Dice;
use crate::program::{program, ran, told};
use crate::table::{Trial, Tried};

/// Longer than this is a hang.
const MOST: Duration = Duration::from_secs(20);

/// An index with the one before it, and another of other notes.
struct Victim {
    desk: Desk,
    whole: PathBuf,
    foreign: PathBuf,
    new: String,
    old: String,
}

impl Victim {
    fn new() -> Self {
        let desk = Desk::with_notes();
        for file in 0..8 {
            let texts: String = (0..30).map(|it| text(file * 31 + it)).collect();
            desk.write(&format!("long-{file}.txt"), &texts);
        }
        desk.build().unwrap();
        let old = answers(&desk.index()).unwrap().text;
        desk.change();
        desk.build().unwrap();
        let new = answers(&desk.index()).unwrap().text;
        let [whole, foreign] = ["whole", "foreign"].map(|it| desk.path().join(it));
        copy(&desk.index(), &whole);
        desk.write("4.txt", &text(77));
        desk.build_into(&foreign, passages::index::Disk::default()).unwrap();
        Self { desk, whole, foreign, new, old }
    }

    /// The files that can be damaged.
    fn files(&self) -> Vec<String> {
        let mut files = vec!["CURRENT".to_owned()];
        for entry in fs::read_dir(self.whole.join("gen-2")).unwrap() {
            files.push(format!("gen-2/{}", entry.unwrap().file_name().to_str().unwrap()));
        }
        files.sort();
        files
    }

    /// Puts back what was damaged, or all; with the generation before or without.
    fn restore(&self, damaged: Option<&[String]>, has_before: bool) -> PathBuf {
        let (index, away) = (self.desk.index(), self.desk.path().join("away"));
        for name in damaged.into_iter().flatten() {
            fs::copy(self.whole.join(name), index.join(name)).unwrap();
        }
        if damaged.is_none() {
            fs::remove_dir_all(&index).ok();
            fs::remove_dir_all(&away).ok();
            copy(&self.whole, &index);
        }
        let before = index.join("gen-1");
        match has_before {
            true if away.exists() => fs::rename(&away, before).unwrap(),
            false if before.exists() => fs::rename(before, &away).unwrap(),
            _ => {}
        }
        index
    }

    /// Whether what is answered now is right, or said to be wrong.
    fn judge(&self, index: &Path) -> Result<&'static str, String> {
        let start = Instant::now();
        let answered = answers(index);
        if start.elapsed() > MOST {
            return Err(format!("took {:?}", start.elapsed()));
        }
        match answered {
            // The latest generation may answer though what names it is damaged.
            Ok(Answers { text, .. }) if text == self.new => Ok("right"),
            Ok(Answers { text, remark: Some(_) }) if text == self.old => Ok("from before"),
            Ok(_) => Err("a wrong answer in silence".to_owned()),
            Err(error) => match error.downcast_ref::<Error>() {
                Some(it) if it.kind == ErrorKind::Io && it.hint.is_none() => {
                    Err(format!("an unclear error: {it}"))
                }
                _ => Ok("told"),
            },
        }
    }
}

/// Damages a file of the index in one of seven ways; says how.
fn harm(victim: &Victim, index: &Path, files: &[String], dice: &mut Dice) -> (Vec<String>, String) {
    let mut damaged = Vec::new();
    let name = dice.one_of(files);
    let path = index.join(name);
    let mut bytes = fs::read(&path).unwrap();
    let at = dice.below(bytes.len());
    let what = match dice.below(10) {
        // As often as all else: what a disk does.
        0..=3 if !bytes.is_empty() => {
            bytes[at] ^= 1 << dice.below(8);
            "bit"
        }
        4 if !bytes.is_empty() => {
            bytes.truncate(at);
            "truncation"
        }
        5 if !bytes.is_empty() => {
            let end = bytes.len().min(at + 4096);
            bytes[at..end].fill(0);
            "zero page"
        }
        6 if !bytes.is_empty() => {
            let end = bytes.len().min(at + 1 + dice.below(2000));
            bytes[at..end].iter_mut().for_each(|it| *it = dice.number() as u8);
            "garbage"
        }
        7 => {
            fs::remove_file(&path).unwrap();
            return (vec![name.clone()], format!("{name} missing"));
        }
        8 => {
            let other = dice.one_of(files);
            damaged.push(other.clone());
            let other = index.join(other);
            let others = fs::read(&other).unwrap();
            fs::write(&other, &bytes).unwrap();
            bytes = others;
            "swapped"
        }
        _ => {
            let foreign = victim.foreign.join(name.replace("gen-2", "gen-1"));
            bytes = fs::read(foreign).unwrap_or_default();
            "foreign"
        }
    };
    fs::write(&path, bytes).unwrap();
    damaged.push(name.clone());
    (damaged, format!("{name} {what} at {at}"))
}

pub(crate) fn run(trial: &Trial) -> Tried {
    let victim = Victim::new();
    let files = victim.files();
    let mut outcomes = [("right", 0), ("from before", 0), ("told", 0)];
    let mut damaged = None;
    let tried = trial.each(trial.times(25, 3_000, 100_000), |case, dice| {
        let index = victim.restore(damaged.as_deref(), dice.once_in(2));
        let (harmed, what) = harm(&victim, &index, &files, dice);
        damaged = Some(harmed);
        let outcome = victim.judge(&index).map_err(|it| format!("{what}: {it}"))?;
        outcomes.iter_mut().filter(|it| it.0 == outcome).for_each(|it| it.1 += 1);
        // The program too, now and then: an answer as before, or status 2 and a sentence.
        if case % 20 == 0 {
            let ran = ran(program(victim.desk.path()).args(["--json", "Wuhan Moscow train"]))?;
            let is_clear = match ran.status.code() {
                Some(0) => true,
                Some(2) => String::from_utf8_lossy(&ran.stderr).starts_with("error: "),
                _ => false,
            };
            if !is_clear {
                return Err(format!("{what}: the program: {}", told(&ran)));
            }
        }
        // And whatever it was, the next build makes it right.
        if case % 50 == 0 {
            damaged = None;
            victim.desk.write("4.txt", &text(90 + case as usize));
            victim.desk.build().map_err(|it| format!("{what}: the next build: {it}"))?;
            answers(&index).map_err(|it| format!("{what}: after the next build: {it:#}"))?;
        }
        Ok(())
    });
    let note: Vec<_> = outcomes.iter().map(|(name, count)| format!("{count} {name}")).collect();
    tried.with_note(note.join(", "))
}

/// Each byte of each checksum is turned: what it guards is then refused, though it is right.
pub(crate) fn checksums(trial: &Trial) -> Tried {
    let victim = Victim::new();
    let read = |name: &str| fs::read(victim.whole.join("gen-2").join(name)).unwrap();
    let mut places: Vec<(&str, usize)> = Vec::new();
    places.extend((0..read("sums").len()).map(|it| ("sums", it)));
    // The manifest's own sum, in hexadecimal, and those of the files that it names.
    let manifest = String::from_utf8(read("manifest.json")).unwrap();
    for (at, _) in manifest.match_indices("\"xxh3\":\"") {
        places.extend((at + 8..at + 40).map(|it| ("manifest.json", it)));
    }
    // The sum of each text, behind its end, eight bytes before each 64 of them; that of each article,
    // last in its record.
    let ends = (0..read(file_names::TEXT_STARTS).len()).filter(|it| it % 520 >= 8 && it % 8 >= 4);
    places.extend(ends.map(|it| (file_names::TEXT_STARTS, it)));
    let articles = read("articles").len() / 56;
    places.extend(
        (0..articles).flat_map(|it| (it * 56 + 52..it * 56 + 56).map(|it| ("articles", it))),
    );
    let step = trial.times(80, 1, 1) as usize;
    let count = places.len().div_ceil(step) as u64;
    let index = victim.restore(None, false);
    trial.each(count, |case, dice| {
        let (name, at) = places[case as usize * step];
        let path = index.join("gen-2").join(name);
        let bytes = fs::read(&path).unwrap();
        let mut turned = bytes.clone();
        turned[at] ^= 1 << dice.below(4);
        fs::write(&path, turned).unwrap();
        let judged = match (passages::index::check(&index, &|_, _| ()), victim.judge(&index)) {
            (Ok(it), _) if it.problems.is_empty() => Err("`check` sees nothing".to_owned()),
            (_, judged) => judged,
        };
        fs::write(&path, bytes).unwrap();
        match judged {
            Ok("told") => Ok(()),
            // The sum of a whole file is for `check` and for builds; reading goes by blocks.
            Ok("right") if name == "sums" || name == "manifest.json" => Ok(()),
            Ok(it) => Err(format!("{name} at {at}: {it}")),
            Err(it) => Err(format!("{name} at {at}: {it}")),
        }
    })
}
