//! Files become articles, and articles passages: formats, encodings, furniture, dates, copies.

mod article;
mod date;
pub(crate) mod dump;
mod duplicate;
mod extraction;
mod html;
mod html_posts;
mod passage;
mod rule;
mod shared_corpus;
mod site;
mod source_encodings;
pub(crate) mod source_folder;
mod source_formats;
mod source_mess;
mod source_pdf;
mod source_walk;
