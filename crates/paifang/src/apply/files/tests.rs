//! What is read of files, and where the complaints about them point.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;

use insta::assert_snapshot;
use proptest::prelude::*;
use tempfile::TempDir;

use super::secret::{Sources, escaped, resolve};
use super::{parse, read};

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// The complaints, with the folder's own path left out.
fn complaints(files: &[(&str, &str)]) -> String {
    let folder = folder(files);
    let error = read(folder.path()).unwrap_err();
    error.to_string().replace(&format!("{}/", folder.path().display()), "")
}

#[test]
fn every_part_knows_its_place() {
    let text = "# first\nkind: channel\n---\nkind: group\nname: shop\nlist:\n  - a\n  - b: {c: 1}\n";
    let folder =
        folder(&[("b/shop.yaml", text), ("a.yml", "kind: app\n"), (".hidden.yaml", "{"), ("notes.txt", "{")]);
    let documents = read(folder.path()).unwrap();
    let kinds: Vec<_> = documents.iter().map(|document| document.kind.name()).collect();
    assert_eq!(kinds, ["app", "channel", "group"]);
    let place = |pointer: &str| {
        let place = documents[2].place(pointer);
        format!("{}:{}", place.line, place.column)
    };
    assert_eq!(place(""), "4:1");
    assert_eq!(place("/name"), "5:1");
    assert_eq!(place("/list/0"), "7:5");
    assert_eq!(place("/list/1/b/c"), "8:9");
    assert_eq!(place("/list/1/b/missing"), "8:5", "what is not there is missing in this");
    assert!(documents[2].place("/name").to_string().ends_with("b/shop.yaml:5:1"));
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let files = [
        ("1.yaml", "kind: pets\nname: ${env:PAIFANG_TEST_NOBODY_SETS_THIS}\n"),
        ("2.yaml", "kind: group\nname: [\n"),
        ("3.yaml", "kind: group\nname: a\nname: b\n"),
        ("4.yaml", "- kind: group\n"),
        ("5.yaml", "name: ${file:../../etc/passwd}\n---\nkind: app\nname: ${nothing}\n"),
    ];
    assert_snapshot!(complaints(&files));
}

#[test]
fn secrets_come_from_files_in_the_folder_alone() {
    let files = folder(&[("shop/secret", "swordfish\r\n"), ("empty", "\n"), ("outside", "no")]);
    let root = files.path().join("shop").canonicalize().unwrap();
    let sources = Sources { root: &root, beside: &root };
    let resolved =
        resolve("a ${file:secret} b $${env:X} $$", &sources).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(resolved.text, "a swordfish b ${env:X} $$");
    assert_eq!(resolved.secrets, ["swordfish"]);
    let told = |text: &str| resolve(text, &sources).err().unwrap_or_default();
    assert!(told("${file:../outside}").contains("lies outside"), "{}", told("${file:../outside}"));
    assert!(told("${file:missing}").contains("`missing` cannot be read"));
    assert!(told("${env:").contains("has no `}`"));
    assert!(told("${ENV}").contains("neither"));
}

#[test]
fn what_would_grow_without_bound_is_refused() {
    let mut laughs = "a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n".to_owned();
    for level in 1..10 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        laughs += &format!("a{level}: &a{level} [{aliases}]\n");
    }
    assert!(parse::parse(&laughs).is_err());
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(parse::parse(&deep).is_err());
    let deep: String = (0..100_000).map(|depth| format!("{}a:\n", " ".repeat(depth % 300))).collect();
    let _ = parse::parse(&deep);
}

proptest! {
    #[test]
    fn nothing_in_a_file_makes_it_panic(text in any::<String>()) {
        let _ = parse::parse(&text);
    }

    #[test]
    fn nothing_that_looks_like_yaml_makes_it_panic(text in "[-:?&*!|>'\"%@`{}\\[\\],# \n\ta-c0-9]{0,80}") {
        let _ = parse::parse(&text);
    }

    #[test]
    fn an_escaped_text_is_read_as_it_was(text in "[$\\{\\}a:]{0,20}") {
        let nowhere = std::path::Path::new("/");
        let resolved = resolve(&escaped(&text), &Sources { root: nowhere, beside: nowhere });
        prop_assert_eq!(resolved.ok().map(|resolved| resolved.text), Some(text));
    }
}
