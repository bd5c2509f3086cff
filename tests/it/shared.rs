//! Where the collections lie that the opt-in checks read.

use std::path::{Path, PathBuf};

/// The folder that PASSAGES_SHARED names, else the one beside the package; it need not be there.
pub(crate) fn folder() -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    std::env::var_os("PASSAGES_SHARED").map_or(beside, PathBuf::from)
}
