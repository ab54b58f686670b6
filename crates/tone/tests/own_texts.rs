//! What this project itself says to people passes its own checker: the texts of every locale, the manual, and the
//! questions and answers of the demonstration shop.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test stops hard, and prints its figures"
)]

use std::fs;
use std::path::{Path, PathBuf};

use tone::Checker;
use tone::document::{Kind, passages};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The files of a folder with one of these endings, sorted.
fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(root().join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| endings.iter().any(|ending| path.to_string_lossy().ends_with(ending)))
        .collect();
    found.sort();
    found
}

/// Checks files of one language; panics with every finding.
#[track_caller]
fn pass(locale: &str, files: &[PathBuf]) {
    assert!(!files.is_empty(), "there is nothing to look at");
    let checker = Checker::for_locale(locale).unwrap();
    let mut told = Vec::new();
    for path in files {
        let source = fs::read_to_string(path).unwrap();
        let kind = Kind::of(&path.to_string_lossy()).unwrap();
        let passages = passages(kind, &source).unwrap();
        assert!(!passages.is_empty(), "{} says nothing", path.display());
        for found in checker.check_passages(&passages) {
            let line = source[..found.span.start].matches('\n').count() + 1;
            let words = &source[found.span.clone()];
            let sentence = &source[found.sentence.clone()];
            let name = path.file_name().unwrap().to_string_lossy();
            told.push(format!("{name}:{line} {} {} [{words}] {sentence}", found.path, found.finding.rule));
        }
    }
    assert!(told.is_empty(), "{} findings\n{}", told.len(), told.join("\n"));
}

#[test]
fn every_locale_passes() {
    for folder in fs::read_dir(root().join("locales")).unwrap() {
        let folder = folder.unwrap();
        let locale = folder.file_name().to_string_lossy().into_owned();
        assert!(Checker::for_locale(&locale).is_some(), "there are no rules for {locale} yet");
        pass(&locale, &[folder.path().join("messages.json")]);
    }
}

#[test]
fn the_demonstration_passes() {
    let all = files("demo", &[".json"]);
    let (chinese, english): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|path| path.to_string_lossy().contains(".zh-Hans."));
    pass("en", &english);
    pass("zh-Hans", &chinese);
}

#[test]
fn the_manual_passes() {
    let mut all = files("docs", &[".md"]);
    all.extend(files(".", &["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]));
    pass("en", &all);
}

/// Sentences from real texts in which a rule was once wrong.
#[test]
fn what_was_seen_and_judged_fine_passes() {
    for locale in tone::LOCALES {
        let checker = Checker::for_locale(locale).unwrap();
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/corpus/{locale}.fine.txt"));
        let fine = fs::read_to_string(path).unwrap();
        assert!(fine.lines().count() > 10);
        for sentence in fine.lines() {
            let found = checker.check(sentence, tone::Voice::Service);
            assert!(found.is_empty(), "{sentence}: {}", found[0].rule);
        }
    }
}
