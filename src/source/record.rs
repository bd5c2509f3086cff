//! The parts of a record, by the names that people use for them.

use super::raw::Record;

/// A part of a record. For texts, the rank of the name: a higher one is preferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RecordPart {
    Id,
    Title,
    Text(u8),
    Date,
    Url,
    Author,
    Lang,
}

/// The part that a field or a column holds, by its name in any case.
pub(super) fn part(name: &str) -> Option<RecordPart> {
    Some(match name.trim().to_lowercase().as_str() {
        "id" | "_id" | "docid" | "编号" => RecordPart::Id,
        "title" | "headline" | "标题" | "標題" => RecordPart::Title,
        "text" | "正文" => RecordPart::Text(3),
        "contents" | "内容" | "內容" => RecordPart::Text(2),
        "body" => RecordPart::Text(1),
        "content" => RecordPart::Text(0),
        "date" | "published" | "日期" => RecordPart::Date,
        "url" | "link" | "链接" => RecordPart::Url,
        "author" | "authors" | "作者" => RecordPart::Author,
        "lang" | "language" | "语言" => RecordPart::Lang,
        _ => return None,
    })
}

/// A record that is filled part by part.
#[derive(Debug, Default)]
pub(super) struct RecordBuilder {
    record: Record,
    /// The rank of the name of the present text; `None` without a text.
    preferred: Option<u8>,
}

impl RecordBuilder {
    /// Sets a part. Of several texts the one with the preferred name stays, of other parts the last
    /// one.
    pub(super) fn set(&mut self, part: RecordPart, value: String) {
        let record = &mut self.record;
        match part {
            RecordPart::Text(rank) if self.preferred.is_none_or(|it| it <= rank) => {
                self.preferred = Some(rank);
                record.text = value;
            }
            RecordPart::Text(_) => {}
            RecordPart::Id => record.id = filled(value),
            RecordPart::Title => record.title = filled(value),
            RecordPart::Date => record.date = filled(value),
            RecordPart::Url => record.url = filled(value),
            RecordPart::Author => record.author = filled(value),
            RecordPart::Lang => record.lang = filled(value),
        }
    }

    /// The record; `None` where it has neither text nor title.
    pub(super) fn finish(self) -> Option<Record> {
        let is_blank = self.record.text.trim().is_empty() && self.record.title.is_none();
        (!is_blank).then_some(self.record)
    }
}

fn filled(value: String) -> Option<String> {
    (!value.trim().is_empty()).then_some(value)
}
