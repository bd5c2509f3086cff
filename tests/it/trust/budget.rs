//! A text that would take too much work or too much time is left out with a reason, and no other.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use passages::article::{RepeatedLines, read, read_within};
use passages::budget::{Budget, Overrun, Watch};
use passages::index::{
    BuildOptions, Generation, Report, Request, Root, build_with, check, freshness,
};
use passages::source::{Content, Format, Limits, RawText, SkipReason};
use tempfile::TempDir;

/// A folder of notes, and an index of it.
struct Desk {
    dir: TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { dir: TempDir::new().unwrap() };
        fs::create_dir(desk.dir.path().join("notes")).unwrap();
        desk
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.dir.path().join("notes").join(name), text).unwrap();
    }

    fn build(&self, name: &str, means: &BuildOptions) -> Report {
        let base = self.dir.path().to_str().unwrap().to_owned();
        let request = Request {
            dir: self.dir.path().join(name),
            roots: vec![Root { path: "notes".to_owned(), base }],
            keeps_roots: false,
            rebuilds: false,
            now_s: 4_000_000_000,
        };
        build_with(&request, means, &|_| ()).unwrap()
    }

    /// Ids of all articles, and the texts of all passages.
    fn holds(&self, name: &str) -> (Vec<String>, Vec<String>) {
        let index = Generation::open(&self.dir.path().join(name)).unwrap();
        let counts = index.manifest().statistics;
        let id = |it| index.article(it).unwrap().id.to_owned();
        let text = |it| index.text(it).unwrap().to_owned();
        ((0..counts.articles).map(id).collect(), (0..counts.passages).map(text).collect())
    }
}

/// The reasons and details of what was left out.
fn skips(report: &Report) -> Vec<String> {
    let told = report.skips.iter().map(|it| format!("{} {:?}: {}", it.path, it.reason, it.detail));
    told.collect()
}

fn with_steps(steps: u64) -> BuildOptions {
    BuildOptions {
        limits: Limits { steps, ..Limits::default() },
        threads: 1,
        ..BuildOptions::default()
    }
}

const SENTENCE: &str = "Freight trains run from Wuhan to Moscow twice a week. ";

#[test]
fn a_text_that_takes_too_many_steps_is_left_out_and_the_others_are_not() {
    let desk = Desk::new();
    desk.write("a.txt", SENTENCE);
    desk.write("long.txt", &SENTENCE.repeat(100));
    desk.write("z.txt", SENTENCE);
    let means = with_steps(20_000);
    let report = desk.build("index", &means);
    assert_eq!(skips(&report), ["notes/long.txt TookTooLong: took more than 20000 steps of work"]);
    assert_eq!(desk.holds("index").0, ["notes/a.txt#1", "notes/z.txt#1"]);
    // With more steps it is read: other limits are another index.
    assert!(desk.build("index", &BuildOptions::default()).skips.is_empty());
    assert_eq!(desk.holds("index").0.len(), 3);
}

#[test]
fn what_the_steps_leave_out_is_left_out_by_an_update_as_by_a_rebuild() {
    let desk = Desk::new();
    let means = with_steps(60_000);
    let page = |number: usize| {
        let story = SENTENCE.repeat(10 + number * 6);
        format!("<html><body><nav>Home of news</nav><p>{story}</p><p>Menu of day</p></body></html>")
    };
    for number in 0..6 {
        desk.write(&format!("{number}.html"), &page(number));
        desk.write(&format!("{number}.txt"), &format!("Menu of day\n{}", page(number * 4)));
        desk.build("updated", &means);
    }
    fs::remove_file(desk.dir.path().join("notes/0.txt")).unwrap();
    let updated = desk.build("updated", &means);
    let rebuilt = desk.build("rebuilt", &BuildOptions { threads: 3, ..means });
    assert_eq!(skips(&updated), skips(&rebuilt));
    assert!((2..10).contains(&updated.skips.len()), "{:?}", updated.skips);
    assert!(updated.skips.iter().all(|it| it.reason == SkipReason::TookTooLong));
    assert_eq!(desk.holds("updated"), desk.holds("rebuilt"));
}

#[test]
fn a_text_that_takes_too_long_by_the_clock_is_left_out() {
    let desk = Desk::new();
    desk.write("a.txt", SENTENCE);
    desk.write("long.txt", &SENTENCE.repeat(20_000));
    // A clock on which every look takes a second.
    let looks = Arc::new(AtomicU64::new(0));
    let clock = move || Duration::from_secs(looks.fetch_add(1, Ordering::Relaxed));
    let watch = Watch { clock: Arc::new(clock), most: Duration::from_secs(60) };
    let means = BuildOptions { watch: Some(watch), threads: 1, ..BuildOptions::default() };
    let report = desk.build("index", &means);
    assert_eq!(skips(&report), ["notes/long.txt TookTooLong: took longer than 60 s"]);
    assert_eq!(desk.holds("index").0, ["notes/a.txt#1"]);
    let dir = desk.dir.path().join("index");
    assert!(check(&dir, &|_, _| ()).unwrap().problems.is_empty());
    // What time left out is no difference between the index and its files.
    let fresh = freshness(&dir, &Limits::default(), 100).unwrap();
    assert!(fresh.differing.is_empty(), "{fresh:?}");
}

#[track_caller]
fn overrun(format: Format, text: String, steps: u64) -> Option<Overrun> {
    let content = Content::Text(text);
    let raw = RawText { path: "a".to_owned(), format, line: 1, content };
    read_within(&raw, 1, &RepeatedLines::none(), &Budget::new(steps, None)).err()
}

/// What forty times the bytes may cost: some three times forty times the steps.
#[track_caller]
fn check_linear(format: Format, text: &dyn Fn(usize) -> String) {
    let few = text(100);
    let steps =
        (0..40).map(|it| 1_000 << it).find(|it| overrun(format, few.clone(), *it).is_none());
    let steps = steps.unwrap();
    let many = text(4_000);
    assert_eq!(overrun(format, many, steps * 120), None, "over {steps} * 120 steps");
}

#[test]
fn steps_grow_with_the_length_of_a_page_and_not_by_its_square() {
    let story = |it: usize| format!("{SENTENCE}Train {it} is late. ");
    let each = |made: &dyn Fn(usize) -> String, count| (0..count).map(made).collect::<String>();
    check_linear(Format::Text, &|count| each(&|it| story(it) + "\n", count));
    check_linear(Format::Html, &|count| each(&|it| format!("<p>{}</p>", story(it)), count));
    check_linear(Format::Markdown, &|count| {
        each(&|it| format!("[{it}](x) {}\n", story(it)), count)
    });
    // Brackets without an end, and words that are not there as they read.
    check_linear(Format::Markdown, &|count| "[".repeat(count * 10));
    check_linear(Format::Markdown, &|count| "[](x ".repeat(count * 10));
    check_linear(Format::Html, &|count| {
        each(&|it| format!("<p>a{it}<script>x</script>b</p>"), count)
    });
}

#[test]
fn what_takes_the_square_of_a_text_is_refused() {
    let links = format!("{})", "[a]b](c ".repeat(60_000));
    assert!(matches!(overrun(Format::Markdown, links, 100_000_000), Some(Overrun::Steps(_))));
    let nested: String = (0..190).map(|it| format!("<div class=post><p>{it}")).collect();
    let page = nested + &"word ".repeat(400_000);
    assert!(matches!(overrun(Format::Html, page, 500_000_000), Some(Overrun::Steps(_))));
}

#[test]
fn what_is_opened_anew_in_every_paragraph_is_read_without_its_tags() {
    // No tag is left open by the look of it, and yet the page stands 18,000 deep: to walk it by
    // recursion ends the program.
    let font = |it: usize| format!("<font n={it}></x>");
    let paragraph = |it: usize| (it * 60..it * 60 + 60).map(font).collect::<String>();
    let page: String = (0..300).map(|it| format!("<p>{}{SENTENCE}</p>\n", paragraph(it))).collect();
    let content = Content::Text(page);
    let raw = RawText { path: "a.html".to_owned(), format: Format::Html, line: 1, content };
    let [article] = <[_; 1]>::try_from(read(&raw, 1, &RepeatedLines::none())).unwrap();
    assert_eq!(article.body.matches("Wuhan to Moscow").count(), 300);
}
