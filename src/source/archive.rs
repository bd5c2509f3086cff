//! Reads the files in a zip archive, each as if it stood in a folder with the archive's name.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;

use zip::CompressionMethod;
use zip::read::{Config, ZipFileEntry};
use zip::unstable::read::ZipIterable;

use super::encoding;
use super::format::Packing;
use super::input::{Input, Opened, Raws};
use super::raw::{Skip, SkipReason};
use super::store::Store;

/// A file in an archive.
#[derive(Clone, Debug)]
pub(super) struct Member {
    /// Its name in the archive, decoded.
    pub(super) name: String,
    /// Its bytes, or why they cannot be read.
    pub(super) store: Result<Store, (SkipReason, String)>,
}

/// The raw texts of all files of an archive, in the order of their names.
pub(super) fn members(input: Input, opened: Opened) -> Result<Raws, Skip> {
    if input.depth >= input.limits.archive_depth {
        let detail = format!("archives nest deeper than {}", input.limits.archive_depth);
        return Err(input.skip(SkipReason::TooLarge, detail));
    }
    let mut members = list(&input, opened)?;
    members.retain(|it| !is_furniture(&it.name));
    members.sort_by(|a, b| a.name.cmp(&b.name));
    members.dedup_by(|a, b| a.name == b.name);
    if members.is_empty() {
        return Err(input.skip(SkipReason::Empty, "an archive without files"));
    }
    Ok(raws_of_all(input, members))
}

/// Whether the operating system put the file into the archive, and not a person.
fn is_furniture(name: &str) -> bool {
    name.ends_with('/') || name.split('/').any(|it| it.starts_with('.') || it == "__MACOSX")
}

/// The raw texts of members of the archive `input`. They end where the members unpack to too many
/// bytes.
pub(super) fn raws_of_all(input: Input, members: Vec<Member>) -> Raws {
    let mut is_over = false;
    let raws = members.into_iter().map_while(move |it| {
        if is_over {
            return None;
        }
        is_over = input.bound.is_spent();
        if is_over {
            let detail = "it unpacks to far more than it is; the rest of it is left out";
            let skip: Raws =
                Box::new(std::iter::once(Err(input.skip(SkipReason::TooLarge, detail))));
            return Some(skip);
        }
        Some(raws_of(&input, it))
    });
    Box::new(raws.flatten())
}

fn raws_of(input: &Input, member: Member) -> Raws {
    let shown = format!("{}/{}", input.shown, member.name);
    let raws = match member.store {
        Err((reason, detail)) => Err(Skip::of(&shown, reason, detail)),
        Ok(store) => {
            let member = Input { shown, store, depth: input.depth + 1, ..input.clone() };
            (input.read_any)(member)
        }
    };
    raws.unwrap_or_else(|skip| Box::new(std::iter::once(Err(skip))))
}

/// The files of an archive, in the order of its directory.
pub(super) fn list(input: &Input, opened: Opened) -> Result<Vec<Member>, Skip> {
    let broken = |it: zip::result::ZipError| {
        let detail = match it {
            // The library's own message speaks in terms of the format.
            zip::result::ZipError::InvalidArchive(_) => {
                "no zip archive, or one cut off before its end".to_owned()
            }
            other => other.to_string(),
        };
        input.skip(SkipReason::Malformed, detail)
    };
    // The directory stands at the end of a zip, so an archive that is packed itself is unpacked
    // into memory.
    let is_direct = !opened.is_unpacked && !matches!(input.store, Store::Member { .. });
    let store = if is_direct {
        input.store.clone()
    } else {
        let bytes = opened.all(input.limits.text_bytes).map_err(|it| input.failed(&it))?;
        Store::Memory(bytes.into())
    };
    let archive = Arc::new(store);
    let bytes = archive.seekable().map_err(|it| input.failed(&it))?;
    let mut directory = ZipIterable::try_new(bytes, Config::default()).map_err(broken)?;
    if directory.len() > input.limits.archive_files as usize {
        let detail = format!("over {} files", input.limits.archive_files);
        return Err(input.skip(SkipReason::TooLarge, detail));
    }
    let entries: Result<Vec<_>, _> = directory.files().map_err(broken)?.collect();
    let mut bytes = archive.seekable().map_err(|it| input.failed(&it))?;
    let member = |entry: ZipFileEntry<'static>| Member {
        name: encoding::decode_name(entry.name_raw()).replace('\\', "/"),
        store: store_of(&archive, &mut bytes, &entry),
    };
    Ok(entries.map_err(broken)?.into_iter().map(member).collect())
}

fn store_of(
    archive: &Arc<Store>,
    bytes: &mut (impl Read + Seek),
    entry: &ZipFileEntry<'static>,
) -> Result<Store, (SkipReason, String)> {
    if entry.encrypted() {
        return Err((SkipReason::Unreadable, "encrypted".to_owned()));
    }
    if entry.is_symlink() {
        return Err((SkipReason::Link, "a link in an archive".to_owned()));
    }
    let packing = match entry.compression() {
        CompressionMethod::STORE => Packing::Stored,
        CompressionMethod::DEFLATE => Packing::Deflate,
        CompressionMethod::ZSTD => Packing::Zstd,
        other => return Err((SkipReason::UnknownFormat, format!("packed by {other}"))),
    };
    let start = data_start(bytes, entry.header_start());
    let start = start.map_err(|it| (SkipReason::Malformed, it.to_string()))?;
    let (archive, packed_bytes) = (Arc::clone(archive), entry.compressed_size());
    Ok(Store::Member { archive, start, packed_bytes, packing })
}

/// The offset of a member's bytes. They follow its header, whose last two fields are the lengths of
/// the name and of the extra data (APPNOTE.TXT 4.3.7).
fn data_start(bytes: &mut (impl Read + Seek), header_start: u64) -> io::Result<u64> {
    let mut header = [0; 30];
    bytes.seek(SeekFrom::Start(header_start))?;
    bytes.read_exact(&mut header)?;
    if !header.starts_with(b"PK\x03\x04") {
        return Err(io::Error::other("a member without its header"));
    }
    let [.., a, b, c, d] = header;
    let lengths = u64::from(u16::from_le_bytes([a, b])) + u64::from(u16::from_le_bytes([c, d]));
    Ok(header_start + header.len() as u64 + lengths)
}
