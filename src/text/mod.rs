//! Characters and byte spans: which script a character belongs to, how it folds, and where text
//! stands in a passage. Everything above speaks in these terms; nothing here knows of articles.

mod fold;
mod grapheme;
mod han;
mod span;
mod visible;

pub use fold::{Folded, fold, fold_char};
pub(crate) use fold::{one_line, plain_char};
pub use grapheme::{Graphemes, begins_grapheme, columns, graphemes, width};
pub use han::{is_han, simplified, simplified_code};
pub use span::Span;
pub(crate) use visible::is_visible;
pub use visible::{visible, visible_json};
