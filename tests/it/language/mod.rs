//! Words: how text becomes tokens, and which names mean the same.

mod analysis;
mod analysis_laws;
mod dictionary;
mod lexicon;
mod lexicon_data;
mod lexicon_import;
mod lexicon_own;
mod mine;
mod spell;
mod substrings;
mod variants;
mod written_forms;
