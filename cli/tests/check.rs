//! `all-ears check` reads the files of answers that a config names, whichever editor wrote them.
#![allow(clippy::unwrap_used, reason = "a test stops at what is wrong")]

use std::path::PathBuf;
use std::process::Command;

/// A folder with these files, gone again at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let path = std::env::temp_dir().join(format!("all-ears-check-{}-{name}", std::process::id()));
        std::fs::create_dir_all(path.join("site")).unwrap();
        for (file, text) in files {
            std::fs::write(path.join(file), text).unwrap();
        }
        Self(path)
    }

    /// Whether all is well, and what is said.
    fn run(&self, command: &str, file: &str) -> (bool, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_all-ears"))
            .arg(command)
            .arg(self.0.join(file))
            .output()
            .unwrap();
        let all = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(all).unwrap())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn config(faq: &str) -> String {
    format!(r#"{{"version": 1, "endpoint": "/x", "faq": "{faq}"}}"#)
}

const GOOD: &str =
    r#"{"entries": [{"id": "a", "question": "Where is my parcel?", "answer": "On its way."}]}"#;
const BAD: &str = r#"{"entries": [{"id": "a", "question": "Where is my parcel?"}]}"#;

#[test]
fn answers_beside_the_config_are_checked() {
    for address in ["faq.json", "faq.json?v=2", "/site/faq.json"] {
        let file = if address.starts_with('/') { "site/faq.json" } else { "faq.json" };
        let good = Folder::new("good", &[("all-ears.json", &config(address)), (file, GOOD)]);
        let (well, said) = good.run("check", "all-ears.json");
        assert!(well, "{address}: {said}");
        drop(good);
        let bad = Folder::new("bad", &[("all-ears.json", &config(address)), (file, BAD)]);
        let (well, said) = bad.run("check", "all-ears.json");
        assert!(!well && said.contains("faq.json: entries[0].answer"), "{address}: {said}");
    }
}

#[test]
fn a_form_that_the_widget_does_not_read_is_named() {
    let folder = Folder::new("form", &[("all-ears.json", &config("/help.md"))]);
    let (well, said) = folder.run("check", "all-ears.json");
    assert!(!well && said.contains("\"/help.md\"") && said.contains("faq build"), "{said}");
}

#[test]
fn addresses_elsewhere_are_left_alone() {
    for address in ["https://example.com/faq.json", "/api/answers"] {
        let folder = Folder::new("elsewhere", &[("all-ears.json", &config(address))]);
        let (well, said) = folder.run("check", "all-ears.json");
        assert!(well, "{said}");
    }
}

#[test]
fn a_mark_of_the_editor_is_no_mistake() {
    let mark = |text: &str| format!("\u{feff}{text}");
    let config = mark(&config("faq.json"));
    let folder = Folder::new("mark", &[("all-ears.json", &config), ("faq.json", &mark(GOOD))]);
    for (command, file) in [("check", "all-ears.json"), ("lint", "faq.json")] {
        let (well, said) = folder.run(command, file);
        assert!(well, "{command}: {said}");
    }
}
