//! Links the program so that it starts fast, where the linker is known to do so.
//!
//! The dictionaries linked in hold some 37,000 pointers. At an address chosen at each start all of
//! them are corrected before `main`, on pages that are copied for it: .6 ms of a start that is to
//! take 2 ms. At a fixed address there is nothing to correct. Only the program's own image is at a
//! fixed place by it; stack and heap are not.
//!
//! To find, map and bind the C library's three files takes another .2 ms, so they are linked in
//! where their archives are installed.

use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // Cargo sets these for build scripts.
    let given = |name| std::env::var_os(name).unwrap_or_default();
    if given("CARGO_CFG_TARGET_OS") != "linux" || given("CARGO_CFG_TARGET_ENV") != "gnu" {
        return;
    }
    println!("cargo:rustc-link-arg-bins=-no-pie");
    let folder = PathBuf::from(given("OUT_DIR"));
    if given("HOST") == given("TARGET") && stand_ins(&folder).is_some() {
        println!("cargo:rustc-link-arg-bins=-static");
        println!("cargo:rustc-link-arg-bins=-L{}", folder.display());
    }
}

/// The compiler asks for shared libraries by name; what the linker meets first under these names
/// leads to their archives. Nothing where one is not installed.
fn stand_ins(folder: &Path) -> Option<()> {
    for (name, archive) in [("c", "libc.a"), ("m", "libm.a"), ("gcc_s", "libgcc_eh.a")] {
        let script = format!("INPUT({})\n", installed(archive)?.display());
        std::fs::write(folder.join(format!("lib{name}.a")), script).ok()?;
    }
    Some(())
}

/// Where the linker would find an archive.
fn installed(name: &str) -> Option<PathBuf> {
    let found = Command::new("cc").arg(format!("-print-file-name={name}")).output().ok()?;
    let path = PathBuf::from(String::from_utf8(found.stdout).ok()?.trim());
    (path.is_absolute() && path.is_file()).then_some(path)
}
