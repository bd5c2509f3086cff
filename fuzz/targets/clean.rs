//! A text becomes articles and passages: furniture, threads, headings, dates.
#![no_main]

use libfuzzer_sys::fuzz_target;
use passages::source::Format;

#[path = "../reading.rs"]
mod reading;

fuzz_target!(|data: &[u8]| reading::check(data, &[Format::Text, Format::Markdown]));
