//! What makes an index safe on disk: file calls, checksums, manifests, generations, the write lock.

pub(crate) mod checksummed_files;
mod disk;
mod generation_files;
pub(crate) mod generations;
mod little_endian;
pub(crate) mod manifest;
mod verified_bytes;

pub(crate) use checksummed_files::{FileRecord, Ledger, finished};
pub(crate) use disk::Writing;
pub use disk::{Call, Disk, Witness};
pub(crate) use generation_files::Mapped;
pub(crate) use generations::{Current, WriteLock};
pub(crate) use little_endian::{push_varint, u16_at, u32_at, u64_at, varint_at};
pub use manifest::Manifest;
pub(crate) use manifest::{FORMAT, Fault};
pub use verified_bytes::Verified;
pub(crate) use verified_bytes::{Guard, Seen, Unverified};
