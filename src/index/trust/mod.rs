//! What makes an index safe on disk: the file calls of a build, checksums, the manifest, the
//! numbered generations, `CURRENT`, and the write lock.

mod checksum;
mod checksummed_files;
mod current;
mod disk;
mod generation_files;
mod generations;
mod little_endian;
mod manifest;
mod verified_bytes;
mod verify;
mod write_lock;

pub(crate) use checksum::checksum;
pub(crate) use checksummed_files::{ChecksummedFiles, finished};
pub(crate) use current::{CurrentGeneration, current_generation, missing_current, set_current};
pub(crate) use disk::ObservedFile;
pub use disk::{Disk, DiskObserver, FileCall};
pub(crate) use generation_files::GenerationFiles;
pub(crate) use generations::{
    claim_folder, generations, good_generations, next_number, remove_old_generations,
    restore_current,
};
pub(crate) use little_endian::{push_varint, u16_at, u32_at, u64_at, varint_at};
pub(crate) use manifest::{FORMAT, manifest_imports, manifest_roots};
pub use manifest::{ImportRecord, Manifest};
pub use verified_bytes::VerifiedBytes;
pub(crate) use verified_bytes::{UnverifiedFile, VerifiedFile, VerifiedFlags};
pub(crate) use verify::{stored_manifest, verify_file, verify_generation};
pub(crate) use write_lock::WriteLock;
