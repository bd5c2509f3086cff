//! A raw text becomes articles: furniture dropped, threads split into posts, quoted posts recorded,
//! title, author and date found. It opens no file.

mod types;

pub use types::{Article, DateSource, Dropped, Lang, LineMark};
