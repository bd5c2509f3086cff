//! A folder made for one test, and what reading it gives, a line for each raw and each skip.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use passages::source::{Content, Limits, RawText, Skip, read, walk};

/// A folder that goes when the test ends.
pub(crate) struct Folder {
    dir: tempfile::TempDir,
    pub(crate) limits: Limits,
}

impl Folder {
    /// A folder of files, each with its bytes.
    pub(crate) fn of<B: AsRef<[u8]>>(files: &[(&str, B)]) -> Self {
        let folder = Self { dir: tempfile::tempdir().unwrap(), limits: Limits::default() };
        for (path, bytes) in files {
            folder.put(path, bytes.as_ref());
        }
        folder
    }

    pub(crate) fn empty() -> Self {
        Self::of::<&str>(&[])
    }

    pub(crate) fn base(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn put(&self, path: &str, bytes: &[u8]) -> PathBuf {
        let path = self.base().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    /// Walks `root` and reads all that it finds.
    pub(crate) fn read(&self, root: &str) -> Vec<Result<RawText, Skip>> {
        let found = walk(self.base(), root).unwrap();
        let mut all: Vec<_> = found.skips.into_iter().map(Err).collect();
        for file in &found.files {
            match read(self.base(), file, &self.limits) {
                Ok(raws) => all.extend(raws),
                Err(skip) => all.push(Err(skip)),
            }
        }
        all
    }

    /// What reading `.` gives, a line each.
    pub(crate) fn shown(&self) -> String {
        self.shown_below(".")
    }

    pub(crate) fn shown_below(&self, root: &str) -> String {
        let lines = self.read(root).into_iter().map(|it| match it {
            Ok(raw) => show(&raw),
            Err(skip) => show_skip(&skip),
        });
        lines.map(|it| it + "\n").collect()
    }
}

fn show(raw: &RawText) -> String {
    let format = serde_json::to_string(&raw.format).unwrap();
    let place = format!("{}:{} {}", raw.path, raw.line, format.trim_matches('"'));
    match &raw.content {
        Content::Text(text) => format!("{place} {text:?}"),
        Content::Record(it) => {
            let parts = [
                ("id", &it.id),
                ("title", &it.title),
                ("date", &it.date),
                ("url", &it.url),
                ("author", &it.author),
                ("lang", &it.lang),
            ];
            let parts = parts.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?)));
            let parts: String = parts.map(|(name, value)| format!(" {name}={value:?}")).collect();
            format!("{place} {:?}{parts}", it.text)
        }
        Content::Pdf(it) => {
            let parts = [("title", &it.title), ("author", &it.author), ("created", &it.created)];
            let parts = parts.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?)));
            let parts: String = parts.map(|(name, value)| format!(" {name}={value:?}")).collect();
            format!("{place} {:?}{parts}", it.text)
        }
        Content::Chapter(it) => {
            let parts = [
                ("name", &it.name),
                ("book", &it.book),
                ("author", &it.author),
                ("date", &it.date),
            ];
            let parts = parts.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?)));
            let parts: String = parts.map(|(name, value)| format!(" {name}={value:?}")).collect();
            format!("{place} {:?}{parts}", it.html)
        }
    }
}

/// Reason and detail of a skip, without what only the operating system says.
fn show_skip(skip: &Skip) -> String {
    let reason = serde_json::to_string(&skip.reason).unwrap();
    let line = skip.line.map_or(String::new(), |it| format!(":{it}"));
    format!("{}{line} {} ({})", skip.path, reason.trim_matches('"'), skip.detail)
}

/// A zip archive with these members, packed by deflate.
pub(crate) fn zip(members: &[(&[u8], &[u8])]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in members {
        let offset = u32::try_from(bytes.len()).unwrap();
        let mut crc = flate2::Crc::new();
        crc.update(content);
        let packed = deflated(content);
        let mut header = Vec::new();
        // Version, flags, method, time, date; checksum, sizes, lengths of name and extra data.
        for it in [20_u16, 0, 8, 0, 0x21] {
            header.extend(it.to_le_bytes());
        }
        for it in [crc.sum(), length(&packed), length(content)] {
            header.extend(it.to_le_bytes());
        }
        header.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
        header.extend(0_u16.to_le_bytes());
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&header);
        bytes.extend(*name);
        bytes.extend(packed);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(header);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(*name);
    }
    let count = u16::try_from(members.len()).unwrap();
    let start = length(&bytes);
    let size = length(&directory);
    bytes.extend(directory);
    bytes.extend(b"PK\x05\x06\x00\x00\x00\x00");
    bytes.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    bytes.extend([size.to_le_bytes(), start.to_le_bytes()].concat());
    bytes.extend([0, 0]);
    bytes
}

fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap()
}

fn deflated(content: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(content).unwrap();
    packer.finish().unwrap()
}

/// Bytes packed as gzip does.
pub(crate) fn gzip(content: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(content).unwrap();
    packer.finish().unwrap()
}
