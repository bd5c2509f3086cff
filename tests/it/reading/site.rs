//! A folder of pages of one site, as people save them: made by a template, as bare text. What stands
//! on all of them is known by its repetition, what is other on each by its place and shape.

use std::fs;
use std::path::Path;

use passages::article::{LineCounts, RepeatedLines, read};
use passages::source::{Content, Format, RawText};

/// A line and whether it is furniture.
type Line = (String, bool);

#[derive(serde::Deserialize)]
struct Sites {
    site: Vec<Site>,
}

/// A site's template and what its ten pages fill it with; see the table for the placeholders.
#[derive(serde::Deserialize)]
struct Site {
    name: String,
    above: Vec<String>,
    below: Vec<String>,
    towns: Vec<String>,
    matters: Vec<String>,
    headline: String,
    author: String,
    authors: Vec<String>,
    story: Vec<String>,
    lead: String,
}

#[test]
fn the_furniture_of_a_folder_of_pages_of_one_site_goes() {
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/furniture_site.toml");
    let sites: Sites = toml::from_str(&fs::read_to_string(table).unwrap()).unwrap();
    assert_eq!(sites.site.len(), 2);
    for site in &sites.site {
        let pages: Vec<Vec<Line>> = (0..site.towns.len()).map(|it| site.page(it)).collect();
        let raws: Vec<RawText> = pages.iter().enumerate().map(|(at, it)| raw(at, it)).collect();
        let mut counts = LineCounts::default();
        for raw in &raws {
            counts.add(&LineCounts::candidates(&read(raw, 1, &RepeatedLines::none())));
        }
        let verdict = counts.verdict();
        let (alone, folder) =
            (tally(&pages, &raws, &RepeatedLines::none()), tally(&pages, &raws, &verdict));
        let (name, count) = (&site.name, pages.len());
        println!("{name} site: each of {count} pages alone {alone:?}, as a folder {folder:?}");
        assert_eq!((alone.lost, folder.lost), (0, 0), "{name}");
        assert!(folder.recall() >= 0.95, "{name}: {folder:?}");
        for (at, raw) in raws.iter().enumerate() {
            // The other pages name the story too, and still it is this one's headline.
            let title = read(raw, 1, &verdict).into_iter().find_map(|it| it.title);
            assert_eq!(title, Some(site.fill(&site.headline, at)), "{name}");
        }
    }
}

#[derive(Debug, Default)]
struct Tally {
    gone: usize,
    left: usize,
    lost: usize,
}

impl Tally {
    fn recall(&self) -> f64 {
        self.gone as f64 / (self.gone + self.left) as f64
    }
}

fn tally(pages: &[Vec<Line>], raws: &[RawText], repeated: &RepeatedLines) -> Tally {
    let mut tally = Tally::default();
    for (page, raw) in pages.iter().zip(raws) {
        let articles = read(raw, 1, repeated);
        for ((line, is_furniture), number) in page.iter().zip(1_u32..) {
            let is_gone = articles.iter().any(|it| it.dropped.iter().any(|it| it.line == number));
            match (is_furniture, is_gone) {
                (true, true) => tally.gone += 1,
                (true, false) => tally.left += 1,
                (false, true) => {
                    println!("lost: {line}");
                    tally.lost += 1;
                }
                (false, false) => {}
            }
        }
    }
    tally
}

fn raw(at: usize, page: &[Line]) -> RawText {
    let lines: Vec<&str> = page.iter().map(|it| it.0.as_str()).collect();
    let content = Content::Text(lines.join("\n"));
    RawText { path: format!("site/{at}.txt"), format: Format::Text, line: 1, content }
}

impl Site {
    /// The lines of page `at`: the template around its own story, with the headlines of the next.
    fn page(&self, at: usize) -> Vec<Line> {
        let mut next = at;
        let mut frame = |lines: &[String]| -> Vec<Line> {
            let filled = lines.iter().map(|it| {
                next += usize::from(it == "{}");
                let line = match it.as_str() {
                    "{}" => &self.headline,
                    "{lead}" => &self.lead,
                    other => other,
                };
                (self.fill(line, next), true)
            });
            filled.collect()
        };
        let (above, below) = (frame(&self.above), frame(&self.below));
        let own = [&self.headline, &self.author].into_iter().chain(&self.story);
        let own = own.map(|it| (self.fill(it, at), false));
        above.into_iter().chain(own).chain(below).collect()
    }

    /// Fills in what belongs to page `at`, counted on from the first after the last.
    fn fill(&self, line: &str, at: usize) -> String {
        let of = |all: &[String]| all[at % all.len()].clone();
        let number = at % self.towns.len() + 2;
        line.replace("{town}", &of(&self.towns))
            .replace("{matter}", &of(&self.matters))
            .replace("{author}", &of(&self.authors))
            .replace("{n}", &number.to_string())
    }
}
