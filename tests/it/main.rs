//! The integration tests: one binary, one folder a subject, one module a claim.
#![allow(clippy::unwrap_used, reason = "a test may panic")]
#![allow(clippy::print_stdout, reason = "tests tell how much was tried")]
mod answers;
mod language;
mod layers;
mod licences;
mod program;
mod reading;
mod shared;
mod trust;
