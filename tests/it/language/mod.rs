//! Words: how text becomes tokens, and which names mean the same.

mod analysis;
mod analysis_laws;
mod dictionary;
mod folding;
mod lexicon;
mod lexicon_data;
mod lexicon_import;
mod lexicon_own;
mod mine;
mod spell;
mod stems;
mod substrings;
mod variants;
mod written_forms;
