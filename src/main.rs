//! The program `search`.

fn main() {}
