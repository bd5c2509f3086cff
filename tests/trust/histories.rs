//! Random histories of files: an updated index is the rebuilt one, byte for byte, on any number of
//! threads.

use std::fs;
use std::path::Path;

use passages::index::{BuildOptions, build_with};

use crate::desk::{Desk, SENTENCES, text};
use crate::dice::Dice;
use crate::table::{Trial, Tried};

/// One change of one file.
fn change(desk: &Desk, dice: &mut Dice) {
    let name = |dice: &mut Dice| format!("{}.txt", dice.below(8));
    let notes = desk.notes();
    match dice.below(8) {
        0..=2 => {
            let number = dice.below(40);
            desk.write(&name(dice), &(text(number) + "\n\nKestrel Bay harbour notes\n"));
        }
        3 => {
            let mut grown = fs::read_to_string(notes.join("0.txt")).unwrap_or_default();
            grown.push_str(dice.word(&SENTENCES));
            desk.write("0.txt", &grown);
        }
        4 => {
            let record = |it: usize, dice: &mut Dice| {
                let (id, text) = (dice.below(5), SENTENCES[(it + dice.below(5)) % 10]);
                format!("{}\n", serde_json::json!({"id": format!("r{id}"), "text": text}))
            };
            let lines: String = (0..dice.below(5)).map(|it| record(it, dice)).collect();
            desk.write(&format!("r{}.jsonl", dice.below(3)), &lines);
        }
        5 => drop(fs::remove_file(notes.join(name(dice)))),
        6 => drop(fs::rename(notes.join(name(dice)), notes.join(name(dice)))),
        _ => drop(fs::rename(
            notes.join(name(dice)),
            notes.join(format!("moved{}.md", dice.below(3))),
        )),
    }
}

/// The files of the current generation but for its manifest, which tells the time.
fn files(index: &Path) -> Vec<(String, Vec<u8>)> {
    let current = fs::read_to_string(index.join("CURRENT")).unwrap();
    let folder = index.join(current.lines().next().unwrap());
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap())
        .map(|it| (it.file_name().into_string().unwrap(), fs::read(it.path()).unwrap()))
        .filter(|it| it.0 != "manifest.json")
        .collect();
    files.sort();
    files
}

pub(crate) fn run(trial: &Trial) -> Tried {
    let mut builds = 0;
    let tried = trial.each(trial.times(5, 200, 20_000), |_, dice| {
        let desk = Desk::new();
        desk.write("start.txt", SENTENCES[0]);
        let mut build = |index: &Path, threads| {
            builds += 1;
            let means = BuildOptions { threads, ..BuildOptions::default() };
            build_with(&desk.request(index), &means, &|_| ()).map_err(|it| it.to_string())
        };
        let mut steps = Vec::new();
        for _ in 0..1 + dice.below(4) {
            build(&desk.index(), 1 + dice.below(4))?;
            let changes = 1 + dice.below(6);
            (0..changes).for_each(|_| change(&desk, dice));
            steps.push(changes);
        }
        build(&desk.index(), 1 + dice.below(4))?;
        let anew = desk.path().join("anew");
        build(&anew, 1 + dice.below(4))?;
        let (updated, rebuilt) = (files(&desk.index()), files(&anew));
        let differs = updated.iter().zip(&rebuilt).find(|it| it.0 != it.1);
        match differs {
            Some(((name, _), _)) => Err(format!("`{name}` differs after {steps:?} changes")),
            None if updated.len() != rebuilt.len() => Err("other files".to_owned()),
            None => Ok(()),
        }
    });
    tried.with_note(format!("{builds} builds"))
}
