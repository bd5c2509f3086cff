//! The files of a generation that are ours, one kind in each file here, reader and writer side by
//! side; and tantivy's files as a `Directory` of tantivy.

mod article_table;
mod frequent_pairs;
mod imports;
mod passage_table;
mod segment_directory;
mod source_tables;
mod text_table;
mod topic_table;

pub(crate) use article_table::{ArticleTable, ArticleWriter, IdTable, RECORD_BYTES, write_ids};
pub use frequent_pairs::frequent_pair;
pub(crate) use frequent_pairs::{
    FREQUENT_WORDS, exact_tokens_of, pair_number, pair_numbers, pair_term,
};
pub use imports::ImportChange;
pub(crate) use imports::{import_records, latest_imports, read_imports, write_imports};
pub(crate) use passage_table::{
    PASSAGE_BYTES, PassageRow, PassageTable, write_copy_bits, write_passages,
};
pub(crate) use segment_directory::{SegmentDirectory, family_ranges};
pub(crate) use source_tables::write_rows;
pub use source_tables::{DroppedLine, Source};
pub(crate) use text_table::{StoreTextWriter, TextTable, TextWriter};
pub(crate) use topic_table::TopicTable;
