//! Passages to disk and back: generations, manifest, verification, the passage store.

mod build;
mod error;
mod open;

pub use build::{Progress, Report, Request, build};
pub use error::{Kind, Problem};
pub use open::{ArticleRecord, Index, Manifest, PassageRecord, Root, Side, Statistics};
