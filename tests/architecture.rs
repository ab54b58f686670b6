//! The rules of the house (R1 to R10, see `docs/architecture.md`) as tests. Each checker takes text and returns
//! findings, and its own tests show what it refuses; here it is held against the files of the checkout.

#![allow(clippy::unwrap_used, reason = "a test stops hard where its own files are amiss")]

#[path = "architecture/lexer.rs"]
mod lexer;
#[path = "architecture/packages.rs"]
mod packages;
#[path = "architecture/rooms.rs"]
mod rooms;
#[path = "architecture/rules.rs"]
mod rules;
#[path = "architecture/texts.rs"]
mod texts;
#[path = "architecture/tidy.rs"]
mod tidy;

use std::fs;
use std::path::Path;
use std::process::Command;

/// A checker: path and text of a file to findings.
type Checker = fn(&str, &str) -> Vec<String>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files below `folder` with one of these endings, as paths from the root with their text, sorted.
fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    const BUILT: [&str; 3] = ["target", "dist", "node_modules"];
    let mut found = Vec::new();
    let mut waiting = vec![root().join(folder)];
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && !name.starts_with('.') && !BUILT.contains(&name.as_str()) {
                waiting.push(path);
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                let inner = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
                found.push((inner, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// Holds checkers against files and shows all findings at once.
#[track_caller]
fn hold(files: &[(String, String)], checkers: &[Checker]) {
    assert!(!files.is_empty(), "there is nothing to look at");
    let findings: Vec<String> = files
        .iter()
        .flat_map(|(path, text)| checkers.iter().flat_map(move |checker| checker(path, text)))
        .collect();
    assert!(findings.is_empty(), "{} findings\n{}", findings.len(), findings.join("\n"));
}

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(root()).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {}: {errors}", arguments.join(" "));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn r1_r2_packages_depend_as_the_table_says() {
    let metadata = cargo(&["metadata", "--no-deps", "--offline", "--format-version", "1"]);
    let findings = packages::dependencies(&serde_json::from_str(&metadata).unwrap());
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

#[test]
fn r1_the_domain_is_handed_what_it_needs() {
    hold(&files("crates/domain/src", &[".rs"]), &[packages::pure]);
}

#[test]
fn r3_the_browser_is_named_at_its_edge() {
    hold(&files("src", &[".rs"]), &[rooms::browser]);
    hold(&files("crates", &[".rs"]), &[rooms::browser]);
}

#[test]
fn r4_rooms_know_each_other_as_the_table_says() {
    hold(&files("src", &[".rs"]), &[rooms::edges]);
}

#[test]
fn r5_serde_is_derived_where_bytes_are_read_and_written() {
    let all = files("", &[".rs"]);
    let product: Vec<_> = all.into_iter().filter(|(path, _)| !path.contains("tests/")).collect();
    hold(&product, &[rooms::derives]);
}

#[test]
fn r6_r8_nobody_leaves_the_lint_table() {
    hold(&files("", &["Cargo.toml"]), &[packages::lint_table]);
    let all = files("", &[".rs"]);
    let product: Vec<_> = all.into_iter().filter(|(path, _)| !path.contains("tests/")).collect();
    hold(&product, &[packages::switched_off]);
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    for lint in rules::FIRM_LINTS {
        let held = ["deny", "forbid"].iter().any(|level| manifest.contains(&format!("{lint} = \"{level}\"")));
        assert!(held, "Cargo.toml: `{lint}` is not denied");
    }
}

#[test]
fn r7_texts_come_from_the_locales() {
    hold(&files("src", &[".rs"]), &[texts::literals]);
}

#[test]
fn r9_files_and_functions_are_short() {
    let endings = [".rs", ".ts", ".mjs", ".js", ".css"];
    hold(&files("", &endings), &[tidy::length]);
    hold(&files("", &[".rs"]), &[tidy::functions]);
    let clippy = fs::read_to_string(root().join("clippy.toml")).unwrap();
    assert!(clippy.contains(&format!("too-many-lines-threshold = {}", rules::FUNCTION_LINES_MAX)));
}

/// It rewrites what was out of date, so that it fails once.
#[test]
fn r10_generated_files_are_current() {
    let said = cargo(&["run", "--quiet", "--package", "xtask", "--", "generate"]);
    assert!(said.is_empty(), "these were out of date and are rewritten now, look at them:\n{said}");
}

#[test]
fn sql_stands_in_the_store() {
    let product: Vec<_> = files("", &[".rs"])
        .into_iter()
        .filter(|(path, _)| !path.contains("tests/") && !path.starts_with("receiver/src/store"))
        .collect();
    hold(&product, &[packages::sql]);
}

#[test]
fn files_open_with_what_they_hold_and_keep_no_scraps() {
    hold(&files("", &[".rs"]), &[tidy::opening, tidy::comments, tidy::globs, tidy::honest_tests]);
    hold(&files("loader", &[".ts", ".mjs"]), &[tidy::comments]);
    hold(&files("styles", &[".css"]), &[tidy::comments]);
}

/// The table in the documentation is printed from the same list.
#[test]
fn the_rules_are_numbered_without_a_gap() {
    for (place, rule) in rules::RULES.iter().enumerate() {
        assert_eq!(rule.name, format!("R{}", place + 1));
        assert!(!rule.says.is_empty() && !rule.held_by.is_empty());
    }
}
