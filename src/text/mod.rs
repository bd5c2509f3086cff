//! Characters and byte spans: the script of a character, folding, widths, and ranges of text. All
//! other modules use them; nothing here knows of articles.

mod fold;
mod grapheme;
mod han;
mod span;
mod visible;

#[doc(hidden)]
pub use fold::{Folded, fold, fold_char};
pub(crate) use fold::{one_line, plain_char};
#[doc(hidden)]
pub use grapheme::{Graphemes, begins_grapheme, columns, graphemes, width};
#[doc(hidden)]
pub use han::{is_han, simplified, simplified_code};
pub use span::Span;
pub(crate) use visible::is_visible;
pub use visible::{visible, visible_json};
