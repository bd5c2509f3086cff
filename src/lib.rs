//! Full-text search over a folder of English articles with embedded Chinese.
//!
//! The modules stand in the order in which text flows through the program.

// Characters, spans and days: what all the others speak in; how much work a text may make.
pub mod text;

pub mod budget;

pub mod date;

// Files become articles, articles become passages.
pub mod source;

pub mod article;

pub mod passage;

pub mod duplicate;

// Text becomes tokens, the same way for the index and for a query.
pub mod lexicon;

pub mod analysis;

// Passages to disk and back.
pub mod index;

// What was typed becomes ranked hits.
pub mod query;

pub mod rank;

pub mod hit;

pub mod searcher;

// Hits become bytes; rankings become figures.
pub mod show;

pub mod measure;
