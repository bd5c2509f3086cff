//! A small index to ask.

use passages::index::{Generation, Request, Root, build};

const NOTES: [(&str, &str); 4] = [
    (
        "a.txt",
        "Report\n\nOctober 24, 2015\n\nFreight trains run from Wuhan to Moscow twice a week.\n",
    ),
    ("b.txt", "中俄关系发展迅速，武汉到莫斯科的列车每周两班。\n\nOBOR, the Belt and Road.\n"),
    ("c.md", "# Sanctions\n\nSanctions hit the banks; \u{1b}[2J \u{202e} US$1.28 billion.\n"),
    (
        "d.jsonl",
        "{\"id\":\"d 1\",\"title\":\"*x*\",\"text\":\"The KBHA met.\",\"date\":\"2015\"}\n",
    ),
];

/// Builds it into a folder of its own.
pub fn build_index() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("notes")).unwrap();
    for (name, text) in NOTES {
        std::fs::write(dir.path().join("notes").join(name), text).unwrap();
    }
    let request = Request {
        dir: dir.path().join("index"),
        roots: vec![Root {
            path: "notes".to_owned(),
            base: dir.path().to_str().unwrap().to_owned(),
        }],
        keeps_roots: false,
        rebuilds: false,
        now_s: 5,
    };
    build(&request, &|_| ()).unwrap();
    Generation::open(&request.dir).unwrap();
    dir
}
