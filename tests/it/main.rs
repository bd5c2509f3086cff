//! The integration tests: one binary, one module a subject.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod analysis;
mod article;
mod date;
mod duplicate;
mod index;
mod analysis_laws;
mod dictionary;
mod article;
mod date;
mod dictionary;
mod index;
mod layers;
mod lexicon;
mod passage;
mod query;
mod show;
mod source_encodings;
mod source_folder;
mod source_formats;
mod source_hostile;
mod source_walk;
mod lexicon;
mod article;
mod date;
mod dump;
mod extraction;
mod html;
mod layers;
mod lexicon;
mod passage;
mod query;
mod show;
mod variants;
