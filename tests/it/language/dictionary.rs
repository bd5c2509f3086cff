//! The dictionary of words: how its file is made, and that its cuts are jieba's.
//!
//! An index's texts are cut by jieba-rs, a query by [`segment_han`] from the frequencies that the
//! index holds: both must find the same words.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Command;

use jieba_rs::Jieba;
use passages::analysis::{Analyzer, Family, Tokens, segment_han};
use passages::text::{fold, is_han};

/// The characters that words are made of: all of them fit in two bytes.
const FIRST: u32 = 0x3400;
const COUNT: usize = 0x6c00;

/// Compares the file with what is made from jieba's dictionary; with UPDATE_EXPECT also writes it.
#[test]
fn the_file_is_made_from_jiebas_dictionary() {
    let bytes = compile(&folded_words(&dict_txt()));
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/analysis/chinese/words.bin");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&file, &bytes).unwrap();
    }
    assert!(fs::read(&file).unwrap() == bytes, "{} is out of date", file.display());
}

/// The dictionary in the source of the crate from which this test is built.
fn dict_txt() -> PathBuf {
    let cargo = |args: &[&str]| {
        let root = env!("CARGO_MANIFEST_DIR");
        let told = Command::new(env!("CARGO")).args(args).current_dir(root).output().unwrap();
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
        String::from_utf8(told.stdout).unwrap()
    };
    // Packages of other platforms need not be there.
    let version = cargo(&["-vV"]);
    let host = version.lines().find_map(|it| it.strip_prefix("host: ")).unwrap();
    let args =
        ["metadata", "--format-version=1", "--locked", "--offline", "--filter-platform", host];
    let metadata: serde_json::Value = serde_json::from_str(&cargo(&args)).unwrap();
    let mut packages = metadata["packages"].as_array().unwrap().iter();
    let jieba = packages.find(|it| it["name"] == "jieba-rs").unwrap();
    let manifest = Path::new(jieba["manifest_path"].as_str().unwrap());
    manifest.parent().unwrap().join("src/data/dict.txt")
}

/// jieba-rs with its own dictionary, which the package does not link.
fn jieba() -> Jieba {
    Jieba::with_dict(&mut BufReader::new(fs::File::open(dict_txt()).unwrap())).unwrap()
}

/// Folded words with their frequencies. Where two words fold to one (乾燥, 干燥) it has the higher.
fn folded_words(path: &Path) -> BTreeMap<Vec<u16>, u32> {
    let mut words = BTreeMap::new();
    for line in fs::read(path).unwrap().lines() {
        let line = line.unwrap();
        let mut fields = line.split(' ');
        let (Some(word), Some(frequency)) = (fields.next(), fields.next()) else { continue };
        let folded = fold(word).text;
        let in_range = |c: char| (c as u32).checked_sub(FIRST).is_some_and(|it| it < COUNT as u32);
        if folded.is_empty() || !folded.chars().all(|it| is_han(it) && in_range(it)) {
            continue;
        }
        let key = folded.chars().map(|it| it as u16).collect();
        let slot = words.entry(key).or_insert(0);
        *slot = frequency.parse::<u32>().unwrap().max(*slot);
    }
    words
}

/// The file's bytes; the layout is told in src/analysis/chinese/dictionary.rs.
fn compile(words: &BTreeMap<Vec<u16>, u32>) -> Vec<u8> {
    let mut frequencies: Vec<u32> = words.values().copied().collect();
    frequencies.push(0);
    frequencies.sort_unstable();
    frequencies.dedup();
    let rank = |it: u32| u16::try_from(frequencies.binary_search(&it).unwrap()).unwrap();
    // Level by level: the nodes of a level are its prefixes, sorted, so those below one node
    // stand side by side.
    let deepest = words.keys().map(Vec::len).max().unwrap();
    let mut levels: Vec<Vec<&[u16]>> = Vec::new();
    for depth in 1..=deepest {
        let mut level: Vec<_> = words.keys().filter_map(|it| it.get(..depth)).collect();
        level.dedup();
        levels.push(level);
    }
    let nodes = 1 + levels.iter().map(Vec::len).sum::<usize>();
    let (mut roots, mut labels, mut ranks) = (vec![0_u16; COUNT], vec![0_u16], vec![0_u16]);
    let mut below = vec![1 + levels[0].len() as u32];
    for (depth, level) in levels.iter().enumerate() {
        let after: usize = 1 + levels[..=depth].iter().map(Vec::len).sum::<usize>();
        let next: &[&[u16]] = levels.get(depth + 1).map_or(&[], |it| it);
        for (at, prefix) in level.iter().enumerate() {
            if depth == 0 {
                roots[usize::from(prefix[0]) - FIRST as usize] = (1 + at) as u16;
            }
            labels.push(*prefix.last().unwrap());
            ranks.push(words.get(*prefix).map_or(0, |it| rank(*it)));
            below.push((after + next.partition_point(|it| it[..=depth] < **prefix)) as u32);
        }
    }
    below.push(nodes as u32);
    let total: u64 = words.values().map(|it| u64::from(*it)).sum();
    let mut bytes = Vec::new();
    bytes.extend((nodes as u32).to_le_bytes());
    bytes.extend((frequencies.len() as u32).to_le_bytes());
    bytes.extend(total.to_le_bytes());
    for array in [roots, labels, ranks] {
        bytes.extend(array.into_iter().flat_map(u16::to_le_bytes));
    }
    bytes.extend(below.into_iter().flat_map(|it| it.to_le_bytes().into_iter().take(3)));
    bytes.extend(frequencies.into_iter().flat_map(u32::to_le_bytes));
    bytes
}

#[test]
fn words_of_real_text_are_those_that_jieba_cuts() {
    let (jieba, analyzer) = (jieba(), Analyzer::for_index(&[]));
    analyzer.load();
    let runs = written_runs(&real_texts());
    let (mut chars, mut other) = (0_usize, 0_usize);
    let mut examples = Vec::new();
    let lengths = |words: Vec<&str>| words.iter().map(|it| it.chars().count()).collect::<Vec<_>>();
    let of_jieba = |run: &str| lengths(jieba.cut(run, false).iter().map(|it| it.word).collect());
    for written in &runs {
        let run = fold(written).text;
        let ours = lengths(words(&analyzer, &run).iter().map(String::as_str).collect());
        let long = |it: Vec<usize>| it.into_iter().filter(|it| *it > 1).collect::<Vec<_>>();
        chars += run.chars().count();
        if ours != long(of_jieba(&run)) && ours != long(of_jieba(written)) {
            other += run.chars().count();
            examples.push(run);
        }
    }
    // What differs are words that jieba knows only in a Traditional or mixed spelling, or that
    // became one by folding.
    let share = other as f64 / chars as f64;
    println!("{} runs, {chars} characters, {other} in runs cut otherwise", runs.len());
    examples.truncate(20);
    assert!(share < 0.001, "{share}\n{}", examples.join("\n"));
}

#[test]
fn a_cut_by_frequencies_is_the_cut_of_the_index() {
    let analyzer = Analyzer::for_index(&curated_names());
    analyzer.load();
    let mut texts = all_texts();
    texts.extend(scale_corpus());
    let runs: Vec<String> = han_runs(&texts).into_iter().collect();
    println!("{} runs", runs.len());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let other: Vec<&String> = std::thread::scope(|scope| {
        let is_other = |run: &&String| !is_cut_alike(&analyzer, run);
        let some = runs.chunks(runs.len().div_ceil(threads));
        let threads = some.map(|it| scope.spawn(move || it.iter().filter(is_other).collect()));
        let threads: Vec<_> = threads.collect();
        threads.into_iter().flat_map(|it| -> Vec<_> { it.join().unwrap() }).collect()
    });
    assert!(other.is_empty(), "{other:#?}");
}

/// Before jieba is loaded, the words are the same.
#[test]
fn a_cut_before_jieba_is_loaded_is_the_same() {
    // Names that no other test has, so that nothing is loaded yet.
    let mut names = curated_names();
    names.push("武汉莫斯科班列".to_owned());
    let analyzer = Analyzer::for_index(&names);
    let mut texts = all_texts();
    // jieba cuts what stands on both sides of a mark by itself.
    texts.push("二〇〇八年佐々木希在武汉莫斯科班列上 〇 々 々中国〇".to_owned());
    let runs = han_runs(&texts);
    let before: Vec<_> = runs.iter().map(|it| words(&analyzer, it)).collect();
    analyzer.load();
    for (run, before) in runs.iter().zip(before) {
        assert_eq!(before, words(&analyzer, run), "{run}");
    }
}

/// Whether a cut by the frequencies that an index holds gives the words of the index.
fn is_cut_alike(analyzer: &Analyzer, run: &str) -> bool {
    let found = segment_han(run, &|it| analyzer.word_frequency(it), analyzer.word_total());
    let found = found.iter().map(|it| it.of(run)).filter(|it| it.chars().count() > 1);
    found.eq(words(analyzer, run))
}

/// The Chinese names that an index is built with.
fn curated_names() -> Vec<String> {
    let lexicon = passages::lexicon::curated().unwrap();
    let names = lexicon.entries.into_iter().flat_map(|it| it.names);
    names.filter(|it| it.chars().all(is_han) && it.chars().count() > 1).collect()
}

/// The cut by jieba's own, unfolded frequencies is exactly jieba's.
#[test]
fn a_cut_by_jiebas_frequencies_is_jiebas() {
    let dictionary = fs::read_to_string(dict_txt()).unwrap();
    let fields = dictionary.lines().filter_map(|it| {
        let mut fields = it.split(' ');
        Some((fields.next()?, fields.next()?.parse::<u64>().ok()?))
    });
    let frequencies: HashMap<&str, u64> = fields.collect();
    let total = frequencies.values().sum();
    let jieba = jieba();
    for run in han_runs(&real_texts()) {
        let ours = segment_han(&run, &|it| frequencies.get(it).copied(), total);
        let theirs = jieba.cut(&run, false);
        assert!(ours.iter().map(|it| it.of(&run)).eq(theirs.iter().map(|it| it.word)), "{run}");
    }
}

#[test]
fn names_of_the_lexicon_are_words() {
    let names = ["中欧班列", "亚投行", "一帶一路"].map(str::to_owned);
    let analyzer = Analyzer::for_index(&names);
    assert_eq!(words(&analyzer, "中欧班列和一带一路与亚投行"), ["中欧班列", "一带一路", "亚投行"]);
    assert_eq!(analyzer.word_frequency("一帶一路"), None, "words are asked for folded");
    assert!(analyzer.word_frequency("一带一路").is_some());
}

fn words(analyzer: &Analyzer, text: &str) -> Vec<String> {
    let mut tokens = Tokens::default();
    analyzer.tokens(text, &mut tokens);
    tokens.family(Family::Word).map(|it| tokens.text(it).to_owned()).collect()
}

/// The seeds, sentences of ours, and with PASSAGES_SHARED a collection of Chinese paragraphs.
fn real_texts() -> Vec<String> {
    let mut texts = files_of("seeds");
    texts.push(include_str!("../../cases/chinese.txt").to_owned());
    let shared = crate::shared::folder();
    match fs::read_to_string(shared.join("collections/cmrc2018/corpus.jsonl")) {
        Ok(it) => texts.push(it),
        Err(_) => note_absent(&shared),
    }
    texts
}

/// The real texts and those of the test cases, which hold what is rare.
fn all_texts() -> Vec<String> {
    let mut texts = real_texts();
    texts.extend(files_of("tests/cases"));
    texts
}

fn files_of(folder: &str) -> Vec<String> {
    let files = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
    files.map(|it| fs::read_to_string(it.unwrap().path()).unwrap()).collect()
}

/// With PASSAGES_SHARED the large corpus.
fn scale_corpus() -> Option<String> {
    let shared = crate::shared::folder();
    let Ok(file) = fs::File::open(shared.join("corpora/scale.jsonl.zst")) else {
        note_absent(&shared);
        return None;
    };
    Some(String::from_utf8(zstd::decode_all(file).unwrap()).unwrap())
}

#[expect(clippy::print_stdout, reason = "a skipped check says so")]
fn note_absent(shared: &Path) {
    println!("skipped: no collection in {}", shared.display());
}

/// The runs of Han characters as written, each once.
fn written_runs(texts: &[String]) -> BTreeSet<String> {
    let runs = texts.iter().flat_map(|it| it.split(|it| !is_han(it)));
    runs.filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

/// The runs of Han characters folded, each once.
fn han_runs(texts: &[String]) -> BTreeSet<String> {
    written_runs(texts).iter().map(|it| fold(it).text).collect()
}
