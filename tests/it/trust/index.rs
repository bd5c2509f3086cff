//! An index as its callers see it: built, opened, brought up to date, refused.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use passages::analysis::{Analyzer, Family, Tokens};
use passages::index::{
    BuildOptions, Error, ErrorKind, Generation, Report, Request, Root, body_offset, build,
    build_with, check, file_names,
};
use passages::source::{Limits, SkipReason};
use proptest::prelude::*;
use tantivy::TERMINATED;

/// A folder of notes and an index of it.
struct Desk {
    dir: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// A desk with two small articles, indexed.
    fn indexed() -> Self {
        let desk = Self::new();
        desk.write("a.txt", "Trains run from Wuhan to Moscow.\n");
        desk.write(
            "b.jsonl",
            "{\"id\":\"b1\",\"title\":\"Bahn\",\"text\":\"武汉到莫斯科的列车\"}\n",
        );
        desk.build();
        desk
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.dir.path().join("notes").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn remove(&self, name: &str) {
        fs::remove_file(self.dir.path().join("notes").join(name)).unwrap();
    }

    fn root(&self, path: &str) -> Root {
        Root { path: path.to_owned(), base: self.dir.path().to_str().unwrap().to_owned() }
    }

    fn request(&self, roots: &[&str]) -> Request {
        let roots = roots.iter().map(|it| self.root(it)).collect();
        Request { dir: self.index(), roots, keeps_roots: false, rebuilds: false, now_s: 5 }
    }

    fn index(&self) -> PathBuf {
        self.dir.path().join("index")
    }

    #[track_caller]
    fn build(&self) -> Report {
        build(&self.request(&["notes"]), &|_| ()).unwrap()
    }

    #[track_caller]
    fn open(&self) -> Generation {
        Generation::open(&self.index()).unwrap()
    }

    /// The folder of the current generation.
    fn generation(&self) -> PathBuf {
        let name = fs::read_to_string(self.index().join("CURRENT")).unwrap();
        self.index().join(name.lines().next().unwrap())
    }
}

/// Changes a byte in the middle of a file.
fn damage(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x10;
    fs::write(path, bytes).unwrap();
}

#[test]
fn what_is_built_is_found_when_opened() {
    let desk = Desk::indexed();
    let index = desk.open();
    assert_eq!(index.manifest().statistics.passages, 2);
    assert_eq!(index.manifest().statistics.han.passages, 1);
    assert_eq!(index.document_frequency(Family::Exact, "wuhan").unwrap(), 1);
    assert_eq!(index.document_frequency(Family::Bigram, "武汉").unwrap(), 1);
    assert_eq!(index.document_frequency(Family::Exact, "paris").unwrap(), 0);
    let number = index.article_number("b1").unwrap();
    let article = index.article(number).unwrap();
    assert_eq!((article.title, article.path), (Some("Bahn"), "notes/b.jsonl"));
    assert_eq!(index.text(article.first_passage).unwrap(), "武汉到莫斯科的列车");
}

#[test]
fn body_follows_the_title_after_one_empty_position() {
    let desk = Desk::new();
    desk.write("b.jsonl", "{\"id\":\"x\",\"title\":\"one two\",\"text\":\"three two\"}\n");
    desk.build();
    let index = desk.open();
    assert_eq!(index.passage(0).unwrap().title_positions, 2);
    let mut list = index.postings_with_positions(Family::Exact, "two").unwrap().unwrap();
    let mut positions = Vec::new();
    list.append_positions(&mut positions);
    assert_eq!(positions, [1, 4]);
}

#[test]
fn nothing_there_is_no_index() {
    let desk = Desk::new();
    let problem = Generation::open(&desk.index()).unwrap_err();
    assert_eq!(problem.kind, ErrorKind::NoIndex);
    assert!(problem.hint.is_some());
    let problem = build(&desk.request(&[]), &|_| ()).unwrap_err();
    assert_eq!(problem.kind, ErrorKind::NoIndex);
}

#[test]
fn nothing_changed_writes_no_generation() {
    let desk = Desk::indexed();
    let before = desk.generation();
    let report = desk.build();
    assert!(!report.has_changed);
    assert_eq!((report.files_unchanged, report.articles, report.passages), (2, 2, 2));
    assert_eq!(desk.generation(), before);
}

#[test]
fn a_touched_file_is_not_a_changed_one() {
    let desk = Desk::indexed();
    desk.write("a.txt", "Trains run from Wuhan to Moscow.\n");
    assert!(!desk.build().has_changed);
}

#[test]
fn a_change_is_seen_and_the_rest_is_kept() {
    let desk = Desk::indexed();
    desk.write("a.txt", "Ships sail from Wuhan to Shanghai.\n");
    desk.write("c.txt", "Planes fly.\n");
    let report = desk.build();
    let files = (report.files_added, report.files_changed, report.files_unchanged);
    assert_eq!(files, (1, 1, 1));
    let index = desk.open();
    assert_eq!(index.document_frequency(Family::Exact, "trains").unwrap(), 0);
    assert_eq!(index.document_frequency(Family::Exact, "ships").unwrap(), 1);
    assert_eq!(index.document_frequency(Family::Bigram, "列车").unwrap(), 1);
    desk.remove("b.jsonl");
    assert_eq!(desk.build().files_removed, 1);
    assert_eq!(desk.open().document_frequency(Family::Bigram, "列车").unwrap(), 0);
}

#[test]
fn without_paths_the_recorded_roots_are_brought_up_to_date() {
    let desk = Desk::indexed();
    desk.write("c.txt", "Planes fly.\n");
    let report = build(&desk.request(&[]), &|_| ()).unwrap();
    assert_eq!((report.files_added, report.files_unchanged), (1, 2));
}

#[test]
fn other_paths_become_the_roots_and_the_removed_are_named() {
    let desk = Desk::indexed();
    fs::create_dir(desk.dir.path().join("more")).unwrap();
    fs::write(desk.dir.path().join("more/c.txt"), "Planes fly.\n").unwrap();
    let kept = Request { keeps_roots: true, ..desk.request(&["more"]) };
    assert_eq!(build(&kept, &|_| ()).unwrap().articles, 3);
    let report = build(&desk.request(&["more"]), &|_| ()).unwrap();
    assert_eq!((report.articles, report.roots_removed), (1, vec!["notes".to_owned()]));
}

#[test]
fn a_root_that_vanished_keeps_its_articles() {
    let desk = Desk::indexed();
    fs::rename(desk.dir.path().join("notes"), desk.dir.path().join("away")).unwrap();
    let problem = build(&desk.request(&[]), &|_| ()).unwrap_err();
    assert_eq!(problem.kind, ErrorKind::NoSource);
    assert_eq!(desk.open().manifest().statistics.articles, 2);
}

#[test]
fn a_root_that_lies_empty_keeps_its_articles_unless_rebuilt() {
    let desk = Desk::indexed();
    desk.remove("a.txt");
    desk.remove("b.jsonl");
    let problem = build(&desk.request(&[]), &|_| ()).unwrap_err();
    assert_eq!(problem.kind, ErrorKind::NoSource);
    assert_eq!(desk.open().manifest().statistics.articles, 2);
    let request = Request { rebuilds: true, ..desk.request(&[]) };
    assert_eq!(build(&request, &|_| ()).unwrap().articles, 0);
    assert_eq!(desk.open().manifest().statistics.articles, 0);
}

#[test]
fn other_limits_read_the_files_again() {
    let desk = Desk::indexed();
    let limits = Limits { text_bytes: 10, ..Limits::default() };
    let means = BuildOptions { limits, ..BuildOptions::default() };
    let report = build_with(&desk.request(&["notes"]), &means, &|_| ()).unwrap();
    assert_eq!((report.articles, report.skips[0].reason), (1, SkipReason::TooLarge));
    assert_eq!(desk.build().articles, 2);
}

#[test]
fn an_index_answers_where_it_was_moved_and_beside_a_writer() {
    let desk = Desk::indexed();
    let moved = desk.dir.path().join("moved");
    fs::rename(desk.index(), &moved).unwrap();
    let index = Generation::open(&moved).unwrap();
    let request = |now_s| Request { dir: moved.clone(), now_s, ..desk.request(&[]) };
    for text in ["Ships.\n", "Ships sail.\n", "Ships sail far.\n"] {
        desk.write("a.txt", text);
        assert!(build(&request(9), &|_| ()).unwrap().has_changed);
    }
    // Opened before three builds, it is the same index still.
    assert_eq!(index.document_frequency(Family::Exact, "trains").unwrap(), 1);
    assert!(index.text(0).unwrap().starts_with("Trains"));
    assert_eq!(
        Generation::open(&moved).unwrap().document_frequency(Family::Exact, "far").unwrap(),
        1
    );
}

#[test]
fn the_last_record_of_an_id_wins_and_the_first_comes_back_when_it_goes() {
    let desk = Desk::new();
    desk.write("a.jsonl", "{\"id\":\"x\",\"text\":\"old\"}\n{\"id\":\"y\",\"text\":\"other\"}\n");
    desk.write("b.jsonl", "{\"id\":\"x\",\"text\":\"new\"}\n");
    let report = desk.build();
    assert_eq!((report.articles, report.repeated_ids), (2, 1));
    let index = desk.open();
    let article = index.article(index.article_number("x").unwrap()).unwrap();
    assert_eq!(index.text(article.first_passage).unwrap(), "new");
    desk.remove("b.jsonl");
    desk.build();
    let index = desk.open();
    let article = index.article(index.article_number("x").unwrap()).unwrap();
    assert_eq!(index.text(article.first_passage).unwrap(), "old");
}

#[test]
fn a_bad_record_is_a_skip_and_stays_one_when_its_file_is_kept() {
    let desk = Desk::indexed();
    desk.write("c.jsonl", "{\"id\":\"c1\",\"text\":\"good\"}\n{broken\n");
    let skips = desk.build().skips;
    assert_eq!(skips.len(), 1);
    assert_eq!((skips[0].reason, skips[0].line), (SkipReason::Malformed, Some(2)));
    desk.write("d.txt", "One more.\n");
    assert_eq!(desk.build().skips, skips);
    assert_eq!(passages::index::skips(&desk.index()).unwrap(), skips);
}

#[test]
fn a_folder_of_somebody_else_is_not_written_to() {
    let desk = Desk::new();
    desk.write("a.txt", "Some text.\n");
    for name in ["thesis.doc", "CURRENT"] {
        let dir = desk.dir.path().join(format!("theirs-{name}"));
        fs::create_dir(&dir).unwrap();
        fs::write(dir.join(name), "MANIFEST-000001\n").unwrap();
        let request = Request { dir: dir.clone(), ..desk.request(&["notes"]) };
        assert_eq!(build(&request, &|_| ()).unwrap_err().kind, ErrorKind::NotOurs, "{name}");
        assert_eq!(fs::read_dir(dir).unwrap().count(), 1, "{name}");
    }
}

#[test]
fn a_folder_with_a_readme_is_written_to() {
    let desk = Desk::new();
    desk.write("a.txt", "Some text.\n");
    fs::create_dir(desk.index()).unwrap();
    fs::write(desk.index().join("README.md"), "What is here.\n").unwrap();
    fs::write(desk.index().join(".gitignore"), "*\n").unwrap();
    assert_eq!(desk.build().articles, 1);
}

#[test]
fn a_second_writer_is_told_who_writes_since_when() {
    let desk = Desk::indexed();
    let lock = fs::File::options().write(true).open(desk.index().join("lock")).unwrap();
    lock.try_lock().unwrap();
    let request = Request { now_s: 65, ..desk.request(&["notes"]) };
    let problem = build(&request, &|_| ()).unwrap_err();
    assert_eq!(problem.kind, ErrorKind::Locked);
    let who = format!("process {}, for 60 s", std::process::id());
    assert!(problem.message.contains(&who), "{problem}");
}

#[test]
fn unfinished_and_old_generations_are_swept_and_nothing_else() {
    let desk = Desk::indexed();
    fs::create_dir(desk.index().join("gen-7")).unwrap();
    fs::write(desk.index().join("gen-7/spool"), "half").unwrap();
    fs::create_dir(desk.index().join("gen-07")).unwrap();
    fs::write(desk.index().join("gen-9"), "a file").unwrap();
    for text in ["One.\n", "One. Two.\n", "One. Two. Three.\n"] {
        desk.write("c.txt", text);
        desk.build();
    }
    let mut names: Vec<_> = fs::read_dir(desk.index())
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["CURRENT", "gen-07", "gen-2", "gen-3", "gen-4", "gen-9", "lock"]);
}

#[test]
fn a_damaged_file_is_named_by_check() {
    let desk = Desk::indexed();
    assert!(check(&desk.index(), &|_, _| ()).unwrap().problems.is_empty());
    let files: Vec<_> =
        fs::read_dir(desk.generation()).unwrap().map(|it| it.unwrap().path()).collect();
    assert!(files.len() > 10);
    for path in files {
        let bytes = fs::read(&path).unwrap();
        if bytes.is_empty() {
            continue;
        }
        damage(&path);
        let checked = check(&desk.index(), &|_, _| ()).unwrap();
        let name = path.display().to_string();
        assert!(checked.problems.iter().any(|it| it.message.contains(&name)), "{name}");
        fs::write(&path, bytes).unwrap();
    }
    fs::write(desk.generation().join("stranger"), "").unwrap();
    assert_eq!(check(&desk.index(), &|_, _| ()).unwrap().problems.len(), 1);
}

#[test]
fn a_damaged_text_is_an_error_and_check_names_its_passage() {
    let desk = Desk::indexed();
    let path = desk.generation().join(file_names::STORE);
    let mut bytes = fs::read(&path).unwrap();
    let text = bytes.windows(6).position(|it| it == b"Trains").unwrap();
    bytes[text] ^= 0x10;
    fs::write(&path, bytes).unwrap();
    let index = desk.open();
    assert!((0..2).any(|it| index.text(it).is_err()));
    let checked = check(&desk.index(), &|_, _| ()).unwrap();
    assert_eq!(checked.passages.len(), 1);
    assert!(checked.passages[0].ends_with("@1"), "{:?}", checked.passages);
}

#[test]
fn a_damaged_index_is_answered_from_the_one_before_with_a_remark() {
    let desk = Desk::indexed();
    desk.write("c.txt", "Planes fly.\n");
    desk.build();
    damage(&desk.generation().join("manifest.json"));
    let index = desk.open();
    assert_eq!(index.manifest().statistics.articles, 2);
    assert!(index.warning().unwrap().contains("manifest.json"), "{:?}", index.warning());
}

#[test]
fn a_damaged_index_without_another_is_an_error_with_a_hint() {
    let desk = Desk::indexed();
    let path = desk.generation().join(file_names::POSTINGS);
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[1..]).unwrap();
    let problem = Generation::open(&desk.index()).unwrap_err();
    assert_eq!(problem.kind, ErrorKind::Damaged);
    assert!(problem.message.contains(file_names::POSTINGS), "{problem}");
    assert!(problem.hint.unwrap().contains("search index --rebuild"));
    assert_eq!(build(&desk.request(&[]), &|_| ()).unwrap().articles, 2);
    assert_eq!(desk.open().warning(), None);
}

#[test]
fn a_change_after_silent_damage_builds_from_the_sources() {
    let desk = Desk::indexed();
    damage(&desk.generation().join(file_names::POSTINGS));
    desk.write("c.txt", "Planes fly.\n");
    let report = desk.build();
    assert_eq!((report.files_added, report.articles), (3, 3));
    assert!(check(&desk.index(), &|_, _| ()).unwrap().problems.is_empty());
}

#[test]
fn an_index_of_another_version_is_refused_and_built_anew() {
    let desk = Desk::indexed();
    let path = desk.generation().join("manifest.json");
    let text = fs::read_to_string(&path).unwrap();
    let inner = &text[text.find("\"manifest\":").unwrap() + 11..text.len() - 2];
    let inner = inner.replace("\"format\":", "\"format\":9");
    let sum = xxhash_rust::xxh3::xxh3_128(inner.as_bytes());
    fs::write(&path, format!("{{\"xxh3\":\"{sum:032x}\",\"manifest\":{inner}}}\n")).unwrap();
    let problem = Generation::open(&desk.index()).unwrap_err();
    assert_eq!(problem.kind, ErrorKind::OtherVersion);
    assert!(problem.hint.unwrap().contains("search index --rebuild"));
    assert_eq!(build(&desk.request(&[]), &|_| ()).unwrap().articles, 2);
}

#[test]
fn an_index_opens_where_nothing_may_be_written() {
    let desk = Desk::indexed();
    let mut folders = [desk.generation(), desk.index()];
    let read_only = |it: &PathBuf, value| {
        let mut permissions = fs::metadata(it).unwrap().permissions();
        permissions.set_readonly(value);
        fs::set_permissions(it, permissions).unwrap();
    };
    folders.iter().for_each(|it| read_only(it, true));
    let opened = Generation::open(&desk.index()).map(|it| it.text(0).map(str::to_owned).unwrap());
    folders.reverse();
    folders.iter().for_each(|it| {
        let mut permissions = fs::metadata(it).unwrap().permissions();
        std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o755);
        fs::set_permissions(it, permissions).unwrap();
    });
    assert!(opened.unwrap().starts_with("Trains"));
}

/// A step of a history: a file gets a text, or goes.
#[derive(Clone, Debug)]
enum Step {
    Text(u8, Vec<u8>),
    Records(u8, Vec<(u8, u8)>),
    Remove(u8),
}

/// Sentences that make passages share terms, positions and families.
const SENTENCES: [&str; 10] = [
    "Freight trains run from Wuhan to Moscow twice a week.",
    "The e-commerce parcels of AliExpress take ten days.",
    "中俄关系发展迅速，武汉到莫斯科的列车每周两班。",
    "Sanctions hit the banks; sanctions hit the trains.",
    "“一带一路”是重要的倡议。",
    "US$1.28 billion was lent to U.S. firms.",
    "Nothing else happened on 24 October 2015.",
    "俄罗斯总统普京会见了习近平主席。",
    // Words that share their stems with others, so that these get and lose lists of their own.
    "A bank lent the firm a train on which a parcel was sent.",
    // Pairs of frequent words.
    "It is said that the train that is in the station of the town IS the last of the day.",
];

fn steps() -> impl Strategy<Value = Vec<Vec<Step>>> {
    let sentences = prop::collection::vec(0..10_u8, 1..6);
    let records = prop::collection::vec((0..4_u8, 0..10_u8), 0..4);
    let step = prop_oneof![
        3 => (0..6_u8, sentences).prop_map(|(file, it)| Step::Text(file, it)),
        1 => (0..3_u8, records).prop_map(|(file, it)| Step::Records(file, it)),
        1 => (0..6_u8).prop_map(Step::Remove),
    ];
    prop::collection::vec(prop::collection::vec(step, 1..6), 1..5)
}

fn sentence(number: u8) -> &'static str {
    SENTENCES[usize::from(number) % SENTENCES.len()]
}

impl Desk {
    /// Writes a file whose time follows from its text: one that is written again as it was has not
    /// changed, and the table of sources of a rebuild tells no other time.
    fn write_dated(&self, name: &str, text: &str) {
        self.write(name, text);
        let seconds =
            text.bytes().fold(0_u64, |sum, it| (sum * 31 + u64::from(it)) % 1_000_000_007);
        let file = fs::File::options().write(true).open(self.dir.path().join("notes").join(name));
        file.unwrap().set_modified(UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
    }

    fn take(&self, step: &Step) {
        match step {
            Step::Text(file, sentences) => {
                let text: Vec<_> = sentences.iter().map(|it| sentence(*it)).collect();
                // A line that is furniture once it stands in five files.
                let text = text.join("\n\n") + "\n\nKestrel Bay harbour notes\n";
                self.write_dated(&format!("t{file}.txt"), &text);
            }
            Step::Records(file, records) => {
                let record = |(id, text): &(u8, u8)| {
                    let title = sentence(text + id);
                    format!(r#"{{"id":"r{id}","title":"{title}","text":"{}"}}"#, sentence(*text))
                };
                let lines: Vec<_> = records.iter().map(record).collect();
                self.write_dated(&format!("r{file}.jsonl"), &(lines.join("\n") + "\n"));
            }
            Step::Remove(file) => {
                for name in [format!("t{file}.txt"), format!("r{file}.jsonl")] {
                    fs::remove_file(self.dir.path().join("notes").join(name)).ok();
                }
            }
        }
    }
}

/// The files of a generation but for its manifest, which tells the time.
fn stores(generation: &Path) -> Vec<(String, Vec<u8>)> {
    let mut stores: Vec<_> = fs::read_dir(generation)
        .unwrap()
        .map(|it| it.unwrap().path())
        .map(|it| (it.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(it).unwrap()))
        .filter(|(name, _)| name != "manifest.json")
        .collect();
    stores.sort();
    stores
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn an_updated_index_is_the_rebuilt_one_byte_for_byte(history in steps()) {
        let desk = Desk::new();
        desk.write("start.txt", sentence(0));
        for steps in history {
            desk.build();
            steps.iter().for_each(|it| desk.take(it));
        }
        desk.build();
        let updated = stores(&desk.generation());
        let dir = desk.dir.path().join("anew");
        let request = Request { dir: dir.clone(), ..desk.request(&["notes"]) };
        build_with(&request, &BuildOptions { threads: 3, ..BuildOptions::default() }, &|_| ()).unwrap();
        let rebuilt = stores(&dir.join("gen-1"));
        for (updated, rebuilt) in updated.iter().zip(&rebuilt) {
            prop_assert_eq!(updated, rebuilt);
        }
        prop_assert_eq!(updated.len(), rebuilt.len());
        let anew = Generation::open(&dir).unwrap();
        prop_assert_eq!(anew.manifest().statistics, desk.open().manifest().statistics);
    }
}

#[test]
fn a_line_is_furniture_while_it_stands_in_many_files() {
    let desk = Desk::new();
    let page = |it: u8| {
        let (first, second) = (sentence(it), sentence(it + 1));
        format!("A report\n\n{first} {second}\n\nKestrel Bay harbour notes\n\n{second}\n")
    };
    (0..5).for_each(|it| desk.write(&format!("{it}.txt"), &page(it)));
    desk.build();
    let holding = || desk.open().document_frequency(Family::Exact, "kestrel").unwrap();
    assert_eq!(holding(), 0);
    let dropped = passages::index::dropped(&desk.index()).unwrap();
    assert_eq!(dropped.iter().filter(|it| it.dropped.rule.name() == "repeated").count(), 5);
    desk.remove("4.txt");
    desk.build();
    assert_eq!(holding(), 4);
    desk.write("5.txt", &page(5));
    desk.build();
    assert_eq!(holding(), 0);
}

#[test]
fn an_acronym_that_the_texts_define_leads_to_its_long_form() {
    let desk = Desk::new();
    let text = "The Kestrel Bay Harbour Authority (KBHA) met. The KBHA met again.\n";
    desk.write("a.txt", text);
    desk.write("b.txt", &format!("Once more. {text}"));
    desk.build();
    let senses = desk.open().lexicon().senses("kbha");
    assert!(senses.iter().any(|it| it.kind == passages::lexicon::Kind::Acronym), "{senses:?}");
    desk.remove("b.txt");
    desk.write("a.txt", "Nothing is explained.\n");
    desk.build();
    assert!(desk.open().lexicon().senses("kbha").is_empty());
}

#[test]
fn a_problem_is_an_error_of_one_sentence() {
    let problem: Error = Generation::open(Path::new("no/such/folder")).unwrap_err();
    assert_eq!(problem.to_string(), "no/such/folder: no index here");
}

/// For each term its passages, each with the positions in it.
type Inverted = BTreeMap<(Family, String), Vec<(u32, Vec<u32>)>>;

/// What the analysis gives of every passage: for each family and term the passages, with the
/// positions in title and body.
fn inverted(index: &Generation) -> Inverted {
    let analyzer = Analyzer::for_index(&[]);
    let mut all: BTreeMap<_, BTreeMap<u32, Vec<u32>>> = BTreeMap::new();
    let mut tokens = Tokens::default();
    for passage in 0..index.manifest().statistics.passages {
        let record = index.passage(passage).unwrap();
        let article = index.article(record.article).unwrap();
        let title = article.title.filter(|_| record.title_positions > 0).unwrap_or_default();
        let texts =
            [(0, title), (body_offset(record.title_positions), index.text(passage).unwrap())];
        for (start, text) in texts {
            analyzer.tokens(text, &mut tokens);
            for token in tokens.all().iter().filter(|it| it.family != Family::Word) {
                let term = (token.family, tokens.text(token).to_owned());
                let places = all.entry(term).or_default().entry(passage).or_default();
                places.push(start + token.position);
            }
        }
    }
    let sorted = |(passage, mut places): (u32, Vec<u32>)| {
        places.sort_unstable();
        (passage, places)
    };
    all.into_iter().map(|(term, own)| (term, own.into_iter().map(sorted).collect())).collect()
}

fn check_lists(index: &Generation) -> usize {
    let inverted = inverted(index);
    // What is a word and no stem has no list of stems.
    for (_, word) in inverted.keys().filter(|it| it.0 == Family::Exact) {
        let is_stem = inverted.contains_key(&(Family::Stem, word.clone()));
        assert_eq!(index.postings(Family::Stem, word).unwrap().is_some(), is_stem, "{word}");
    }
    for ((family, term), passages) in &inverted {
        let count = passages.len();
        assert_eq!(index.document_frequency(*family, term).unwrap() as usize, count, "{term}");
        let mut list = index.postings_with_positions(*family, term).unwrap().unwrap();
        let mut walked = Vec::new();
        list.clone().walk(TERMINATED, |passage, frequency| walked.push((passage, frequency)));
        let own = passages.iter().map(|(passage, places)| (*passage, places.len() as u32));
        assert_eq!(walked, own.collect::<Vec<_>>(), "{term}");
        // In leaps, as a search goes.
        let mut leaping = list.clone();
        for (at, (passage, places)) in passages.iter().enumerate() {
            let mut found = Vec::new();
            assert_eq!((list.passage(), list.frequency()), (*passage, places.len() as u32));
            if *family == Family::Exact {
                list.append_positions(&mut found);
                assert_eq!(&found, places, "{term} in {passage}");
            }
            list.advance();
            if at % 7 == 6 {
                assert_eq!(leaping.seek(passages[at - 1].0 + 1), *passage, "{term}");
                found.clear();
                leaping.append_positions(&mut found);
                assert!(*family != Family::Exact || found == *places, "{term} in {passage}");
            }
        }
        assert_eq!((list.passage(), list.frequency()), (TERMINATED, 0), "{term}");
        assert_eq!(leaping.seek(TERMINATED), TERMINATED);
        assert_eq!(index.document_frequency(*family, &format!("{term}\u{1}")).unwrap(), 0);
    }
    inverted.len()
}

#[test]
fn lists_hold_what_the_analysis_gives() {
    assert!(check_lists(crate::program::library::Library::of_seeds().searcher.index()) > 2_000);
    // Enough passages for full blocks of passages and of positions.
    let text = |it: usize| {
        let words = (0..it % 9).map(|word| SENTENCES[(it * 7 + word * word) % SENTENCES.len()]);
        words.collect::<Vec<_>>().join(" ") + " the end of it"
    };
    let texts: Vec<(String, String)> = (0..700).map(|it| (format!("r{it}"), text(it))).collect();
    let records: Vec<_> =
        texts.iter().map(|(id, text)| (id.as_str(), "About the train", text.as_str())).collect();
    assert!(
        check_lists(crate::program::library::Library::of_records(&records).searcher.index()) > 80
    );
}
