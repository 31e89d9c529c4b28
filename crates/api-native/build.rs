//! The console is embedded as it was built last. Cargo watches what it was built into; building it is `cargo xtask`'s.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=../../console/dist");
}
