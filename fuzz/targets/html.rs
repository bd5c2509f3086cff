//! A page becomes articles and passages.
#![no_main]

use libfuzzer_sys::fuzz_target;
use passages::source::Format;

#[path = "../reading.rs"]
mod reading;

fuzz_target!(|data: &[u8]| reading::check(data, &[Format::Html, Format::Epub]));
