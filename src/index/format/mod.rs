//! The files of a generation that are ours, one kind a file, reader and writer side by side.

pub(crate) mod article_table;
pub(crate) mod frequent_pairs;
pub(crate) mod imports;
mod passage_table;
mod segment_directory;
pub(crate) mod source_tables;
mod text_table;
pub(crate) mod topic_table;

pub(crate) use article_table::{ArticleTable, ArticleWriter, IdTable, write_ids};
pub use frequent_pairs::pair;
pub use imports::{Change, ImportRecord};
pub(crate) use passage_table::{PASSAGE_BYTES, PassageTable, Row, write_copy_bits, write_passages};
pub(crate) use segment_directory::{Files, places};
pub(crate) use source_tables::write_rows;
pub use source_tables::{DroppedLine, Source, dropped, skips, sources};
pub(crate) use text_table::{StoreTextWriter, TextTable, TextWriter, checksum};
pub(crate) use topic_table::TopicTable;
