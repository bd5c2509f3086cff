//! The single tantivy segment of a generation: its schema, its `meta.json`, and the files that only
//! tantivy reads.
//!
//! Every generation is a tantivy index: `tantivy::Index::open_in_dir` opens its folder and any
//! reader of tantivy finds passages in it. Whatever tantivy requires for that is in this file.

use tantivy::fieldnorm::FieldNormsSerializer;
use tantivy::index::{IndexMeta, SegmentComponent, SegmentId};
use tantivy::schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::store::Compressor;
use tantivy::{Directory, IndexSettings, Segment, TantivyError};

use super::file_names::SEGMENT_ID;
use crate::analysis::Family;

/// All token families, in the order of their fields.
pub(super) const FAMILIES: [Family; 5] =
    [Family::Exact, Family::Stem, Family::Form, Family::Bigram, Family::Word];

/// A custom segment component that tantivy does not know. Its writer (from 0.27 on) therefore
/// refuses to add to the index, because it could not update our tables beside the segment.
const FOREIGN_TO_TANTIVY: &str = "passages";

/// The schema: a field for each of [`FAMILIES`], then the stored text and the stored article id.
pub(super) fn schema() -> Schema {
    let mut schema = Schema::builder();
    for family in FAMILIES {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(tokenizer(family))
            .set_index_option(stored(family))
            .set_fieldnorms(true);
        schema.add_text_field(name(family), TextOptions::default().set_indexing_options(indexing));
    }
    schema.add_text_field("text", STORED);
    schema.add_text_field("article", STORED);
    schema.build()
}

/// The id of the field of the stored text.
pub(super) const TEXT: u32 = FAMILIES.len() as u32;
/// The id of the field of the stored article id.
pub(super) const ARTICLE: u32 = TEXT + 1;

/// The field of a family.
pub(super) fn field(family: Family) -> Field {
    Field::from_field_id(family as u32)
}

/// What is indexed for a family: frequencies, and for the exact family positions too.
pub(super) fn stored(family: Family) -> IndexRecordOption {
    match family {
        Family::Exact => IndexRecordOption::WithFreqsAndPositions,
        _ => IndexRecordOption::WithFreqs,
    }
}

/// The name of the tokenizer that a query parser of tantivy uses for a family. Every tantivy has
/// one of this name; [`super::register_tokenizers`] replaces it by ours.
pub(super) fn tokenizer(family: Family) -> &'static str {
    match family {
        Family::Exact | Family::Form => "default",
        Family::Stem => "en_stem",
        Family::Bigram => "raw",
        Family::Word => "whitespace",
    }
}

/// The name of a family's field.
pub(super) fn name(family: Family) -> &'static str {
    match family {
        Family::Exact => "exact",
        Family::Stem => "stem",
        Family::Form => "form",
        Family::Bigram => "bigram",
        Family::Word => "word",
    }
}

/// The position of the body's first token, after a title of so many positions.
///
/// One position is left empty after a title, so that no phrase matches across title and body.
#[must_use]
pub fn body_offset(title_positions: u16) -> u32 {
    if title_positions == 0 { 0 } else { u32::from(title_positions) + 1 }
}

/// The segment of `passages` passages, with its files in the directory `files`.
pub(super) fn open(files: impl Directory, passages: u32) -> tantivy::Result<Segment> {
    let index = tantivy::Index::create(files, schema(), settings())?;
    let id = SegmentId::from_uuid_string(SEGMENT_ID);
    let id = id.map_err(|it| TantivyError::InvalidArgument(it.to_string()))?;
    let meta = index.new_segment_meta(id, passages);
    Ok(index.segment(meta))
}

/// The text store is not compressed: a passage is read in place, without unpacking its neighbours.
fn settings() -> IndexSettings {
    IndexSettings { docstore_compression: Compressor::None, ..IndexSettings::default() }
}

/// The bytes of `meta.json`.
pub(super) fn meta(segment: &Segment) -> serde_json::Result<Vec<u8>> {
    let meta = IndexMeta {
        index_settings: settings(),
        persisted_custom_extensions: vec![FOREIGN_TO_TANTIVY.to_owned()],
        segments: vec![segment.meta().clone()],
        ..IndexMeta::with_schema(schema())
    };
    let mut bytes = serde_json::to_vec_pretty(&meta)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Writes the field norms, the same for all families: `codes` are the passages' lengths as tantivy
/// encodes them.
pub(super) fn write_field_norms(segment: &Segment, codes: &[u8]) -> anyhow::Result<()> {
    let out = segment.open_write(SegmentComponent::FieldNorms)?;
    let mut norms = FieldNormsSerializer::from_write(out)?;
    for family in FAMILIES {
        norms.serialize_field(field(family), codes)?;
    }
    Ok(norms.close()?)
}

/// Writes the fast fields, of which there are none.
pub(super) fn write_fast_fields(segment: &Segment, passages: u32) -> anyhow::Result<()> {
    let mut out = segment.open_write(SegmentComponent::FastFields)?;
    tantivy::columnar::ColumnarWriter::default().serialize(passages, None, &mut out)?;
    Ok(tantivy::directory::TerminatingWrite::terminate(out)?)
}
