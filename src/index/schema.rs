//! The token families as tantivy's fields.

use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

use crate::analysis::Family;

/// All families, in the order of their fields.
pub(super) const FAMILIES: [Family; 5] =
    [Family::Exact, Family::Stem, Family::Form, Family::Bigram, Family::Word];

/// One field for each of [`FAMILIES`], without norms: passages' lengths are in our own table.
pub(super) fn schema() -> Schema {
    let mut schema = Schema::builder();
    for family in FAMILIES {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_index_option(stored(family))
            .set_fieldnorms(false);
        schema.add_text_field(name(family), TextOptions::default().set_indexing_options(indexing));
    }
    schema.build()
}

/// The field of a family.
pub(super) fn field(family: Family) -> Field {
    Field::from_field_id(family as u32)
}

/// What the postings of a family hold.
pub(super) fn stored(family: Family) -> IndexRecordOption {
    match family {
        Family::Exact => IndexRecordOption::WithFreqsAndPositions,
        _ => IndexRecordOption::WithFreqs,
    }
}

/// Where the body's first token stands, after a title of so many positions.
///
/// A title is followed by one empty position, so that no phrase runs from it into the body.
#[must_use]
pub fn body_start(title_positions: u16) -> u32 {
    if title_positions == 0 { 0 } else { u32::from(title_positions) + 1 }
}

fn name(family: Family) -> &'static str {
    match family {
        Family::Exact => "exact",
        Family::Stem => "stem",
        Family::Form => "form",
        Family::Bigram => "bigram",
        Family::Word => "word",
    }
}
