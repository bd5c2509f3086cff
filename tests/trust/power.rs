//! A power cut at every call of a build and of an update: what of the calls may have lasted.
//!
//! The model is the weakest that a file system may keep to: bytes of a file last when the file was
//! synced, else they are there, lost, torn, or blank; entries of a folder last when the folder was
//! synced, else any of them from the last backwards may be missing (after the manner of Pillai and
//! others, "All File Systems Are Not Created Equal", 2014).

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use passages::index::{Disk, FileCall};

use crate::dice::Dice;
use crate::refusal::Scene;
use crate::table::{Trial, Tried};

/// What is left of a folder, in order of path: folders, and files with their bytes.
type Left = Vec<(PathBuf, Option<Vec<u8>>)>;

/// A recorded call.
#[derive(Clone, Debug)]
enum Done {
    Folder(PathBuf),
    File(PathBuf),
    Bytes(PathBuf, Vec<u8>),
    Sync(PathBuf),
    Rename(PathBuf, PathBuf),
    SyncFolder(PathBuf),
    Remove(PathBuf),
}

/// A folder or file as the model has it.
#[derive(Clone, Debug)]
enum Node {
    Folder { lasting: BTreeMap<String, usize>, pending: Vec<Entry> },
    File { lasting: Vec<u8>, live: Vec<u8> },
}

/// A change of a folder's entries.
#[derive(Clone, Debug)]
enum Entry {
    Add(String, usize),
    Remove(String),
    Rename(String, String),
}

/// A file system of one folder.
#[derive(Clone, Debug)]
struct Model {
    root: PathBuf,
    nodes: Vec<Node>,
}

fn apply(entries: &mut BTreeMap<String, usize>, entry: &Entry) {
    match entry {
        Entry::Add(name, node) => drop(entries.insert(name.clone(), *node)),
        Entry::Remove(name) => drop(entries.remove(name)),
        Entry::Rename(from, to) => {
            if let Some(node) = entries.remove(from) {
                entries.insert(to.clone(), node);
            }
        }
    }
}

impl Model {
    /// A folder that lasts as it is.
    fn of(root: &Path) -> Self {
        let empty = Node::Folder { lasting: BTreeMap::new(), pending: Vec::new() };
        let mut model = Self { root: root.to_owned(), nodes: vec![empty] };
        model.take(0, root);
        model
    }

    fn take(&mut self, at: usize, dir: &Path) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            let node = self.nodes.len();
            if path.is_dir() {
                let empty = Node::Folder { lasting: BTreeMap::new(), pending: Vec::new() };
                self.nodes.push(empty);
                self.take(node, &path);
            } else {
                let bytes = fs::read(&path).unwrap();
                self.nodes.push(Node::File { lasting: bytes.clone(), live: bytes });
            }
            if let Node::Folder { lasting, .. } = &mut self.nodes[at] {
                lasting.insert(name(&path), node);
            }
        }
    }

    /// What a folder holds while the power is on.
    fn live(&self, folder: usize, pending: usize) -> BTreeMap<String, usize> {
        let Node::Folder { lasting, pending: all } = &self.nodes[folder] else {
            panic!("no folder");
        };
        let mut entries = lasting.clone();
        all.iter().take(pending).for_each(|it| apply(&mut entries, it));
        entries
    }

    fn find(&self, path: &Path) -> Option<usize> {
        let mut node = 0;
        for part in path.strip_prefix(&self.root).unwrap() {
            node = *self.live(node, usize::MAX).get(part.to_str().unwrap())?;
        }
        Some(node)
    }

    fn pend(&mut self, path: &Path, entry: Entry) {
        let folder = self.find(path.parent().unwrap()).unwrap();
        let Node::Folder { pending, .. } = &mut self.nodes[folder] else { panic!("no folder") };
        pending.push(entry);
    }

    fn do_again(&mut self, done: &Done) {
        match done {
            Done::Folder(path) => {
                let node = self.nodes.len();
                let empty = Node::Folder { lasting: BTreeMap::new(), pending: Vec::new() };
                self.nodes.push(empty);
                self.pend(path, Entry::Add(name(path), node));
            }
            Done::File(path) => {
                if let Some(node) = self.find(path) {
                    let Node::File { live, .. } = &mut self.nodes[node] else { panic!("no file") };
                    live.clear();
                    return;
                }
                let node = self.nodes.len();
                self.nodes.push(Node::File { lasting: Vec::new(), live: Vec::new() });
                self.pend(path, Entry::Add(name(path), node));
            }
            Done::Bytes(path, bytes) => {
                let node = self.find(path).unwrap();
                let Node::File { live, .. } = &mut self.nodes[node] else { panic!("no file") };
                live.extend(bytes);
            }
            Done::Sync(path) => {
                let node = self.find(path).unwrap();
                let Node::File { live, lasting } = &mut self.nodes[node] else { panic!("no file") };
                lasting.clone_from(live);
            }
            Done::Rename(from, to) => self.pend(from, Entry::Rename(name(from), name(to))),
            Done::Remove(path) => self.pend(path, Entry::Remove(name(path))),
            Done::SyncFolder(path) => {
                let Some(folder) = self.find(path) else { return };
                let live = self.live(folder, usize::MAX);
                self.nodes[folder] = Node::Folder { lasting: live, pending: Vec::new() };
            }
        }
    }

    /// What lasted, by a choice for each folder and file.
    fn left(&self, luck: &mut dyn Luck) -> Left {
        let mut left = Vec::new();
        let mut open = vec![(0, PathBuf::new())];
        while let Some((folder, place)) = open.pop() {
            let Node::Folder { pending, .. } = &self.nodes[folder] else { continue };
            let entries = self.live(folder, luck.entries(folder == 0, pending.len()));
            for (name, node) in entries {
                let path = place.join(name);
                match &self.nodes[node] {
                    Node::Folder { .. } => {
                        left.push((path.clone(), None));
                        open.push((node, path));
                    }
                    Node::File { lasting, live } if lasting == live => {
                        left.push((path, Some(live.clone())));
                    }
                    Node::File { lasting, live } => {
                        left.push((path, Some(luck.bytes(lasting, live))));
                    }
                }
            }
        }
        left.sort();
        left
    }
}

/// Decides what lasted of what was not synced.
trait Luck {
    /// How many of a folder's pending entries.
    fn entries(&mut self, is_index: bool, pending: usize) -> usize;
    /// The bytes of a file.
    fn bytes(&mut self, lasting: &[u8], live: &[u8]) -> Vec<u8>;
}

/// What can happen to the bytes of a file that was not synced.
#[derive(Clone, Copy, Debug)]
enum Loss {
    None,
    All,
    Torn,
    Blank,
    Garbage,
}

const LOSSES: [Loss; 5] = [Loss::None, Loss::All, Loss::Torn, Loss::Blank, Loss::Garbage];

impl Loss {
    fn of(self, lasting: &[u8], live: &[u8]) -> Vec<u8> {
        let half = live.len() / 2;
        match self {
            Self::None => live.to_vec(),
            Self::All => lasting.to_vec(),
            Self::Torn => live[..half].to_vec(),
            Self::Blank => [&live[..half], &vec![0; live.len() - half]].concat(),
            Self::Garbage => [&live[..half], &vec![0xa5; live.len() - half]].concat(),
        }
    }
}

/// The same fate for all: so many entries of the index folder, a share of those of generations.
struct Fate {
    of_index: usize,
    share: (usize, usize),
    loss: Loss,
}

impl Luck for Fate {
    fn entries(&mut self, is_index: bool, pending: usize) -> usize {
        if is_index { self.of_index } else { pending * self.share.0 / self.share.1 }
    }

    fn bytes(&mut self, lasting: &[u8], live: &[u8]) -> Vec<u8> {
        self.loss.of(lasting, live)
    }
}

/// Each its own.
struct Chance<'a>(&'a mut Dice);

impl Luck for Chance<'_> {
    fn entries(&mut self, _: bool, pending: usize) -> usize {
        self.0.below(pending + 1)
    }

    fn bytes(&mut self, lasting: &[u8], live: &[u8]) -> Vec<u8> {
        self.0.one_of(&LOSSES).of(lasting, live)
    }
}

/// The calls of one build.
fn record(scene: &Scene, index: &Path) -> Vec<Done> {
    let calls = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&calls);
    let disk = Disk::watched(Arc::new(move |call: FileCall<'_>| {
        let done = match call {
            FileCall::CreateFolder(it) => Done::Folder(it.to_owned()),
            FileCall::Create(it) => Done::File(it.to_owned()),
            FileCall::Write(it, bytes) => Done::Bytes(it.to_owned(), bytes.to_vec()),
            FileCall::Sync(it) => Done::Sync(it.to_owned()),
            FileCall::Rename(from, to) => Done::Rename(from.to_owned(), to.to_owned()),
            FileCall::SyncFolder(it) => Done::SyncFolder(it.to_owned()),
            FileCall::RemoveFile(it) | FileCall::RemoveFolder(it) => Done::Remove(it.to_owned()),
            FileCall::Open(_) => return Ok(()),
        };
        heard.lock().unwrap().push(done);
        Ok(())
    }));
    scene.desk.build_into(index, disk).unwrap();
    let calls = calls.lock().unwrap();
    calls.clone()
}

/// All that may be left after each call, each once; with whether the build had said it was done.
fn remains(scene: &Scene, trial: &Trial) -> (usize, Vec<Left>) {
    let start = scene.start();
    let mut model = Model::of(start.path());
    let calls = record(scene, start.path());
    let (mut seen, mut all) = (HashSet::new(), Vec::new());
    let mut add = |left: Left| {
        let mut hasher = DefaultHasher::new();
        left.hash(&mut hasher);
        if seen.insert(hasher.finish()) {
            all.push(left);
        }
    };
    for (number, call) in calls.iter().enumerate() {
        model.do_again(call);
        let Node::Folder { pending, .. } = &model.nodes[0] else { continue };
        for of_index in 0..=pending.len() {
            for share in [(0, 1), (1, 2), (1, 1)] {
                for loss in LOSSES {
                    add(model.left(&mut Fate { of_index, share, loss }));
                }
            }
        }
        let mut dice = trial.dice(number as u64);
        (0..trial.times(1, 5, 100)).for_each(|_| add(model.left(&mut Chance(&mut dice))));
    }
    (calls.len(), all)
}

/// Puts on disk what was left.
fn lay(left: &[(PathBuf, Option<Vec<u8>>)], dir: &Path) {
    for (path, bytes) in left {
        match bytes {
            None => fs::create_dir(dir.join(path)).unwrap(),
            Some(bytes) => fs::write(dir.join(path), bytes).unwrap(),
        }
    }
}

pub(crate) fn run(trial: &Trial) -> Tried {
    let mut all = Tried::default();
    let mut notes = Vec::new();
    for (name, scene) in [("build", Scene::of_build()), ("update", Scene::of_update())] {
        let (calls, remains) = remains(&scene, trial);
        notes.push(format!("{} states after {calls} calls of {name}", remains.len()));
        let step = trial.times(97, 1, 1);
        let last = remains.len() - 1;
        let tried = trial.each(remains.len() as u64 / step, |case, _| {
            let number = (case * step) as usize;
            let dir = tempfile::tempdir_in(scene.desk.path()).unwrap();
            lay(&remains[number], dir.path());
            let checked = scene.check(dir.path(), number == last);
            checked.map_err(|it| format!("{name}, state {number}: {it}"))
        });
        all.count += tried.count;
        all.failures.extend(tried.failures);
    }
    all.with_note(notes.join(", "))
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}
