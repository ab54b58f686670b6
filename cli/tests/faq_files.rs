//! `all-ears faq build` and `faq jsonld`: answers from files of all kinds, and back.
#![allow(clippy::unwrap_used, reason = "a test stops at what is wrong")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn run(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_all-ears")).current_dir(folder).arg("faq").args(words).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn files_of_all_kinds_become_one() {
    let folder = folder("faq-build");
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    write("a.md", "# Orders\n## Where is my order?\nFollow the [link](/track).\n\nTags: parcel\n");
    write("b.csv", "question,answer,category\nWhere is my order?,Here.,Orders\nno answer,,\n");
    write(
        "c.html",
        "<script type=\"application/ld+json\">{\"@type\":\"FAQPage\",\"mainEntity\":{\"@type\":\"Question\",\"name\":\"Why?\",\"acceptedAnswer\":{\"text\":\"<p>So.</p>\"}}}</script>",
    );
    write("d.json", "{\"entries\":[{\"id\":\"own\",\"question\":\"Q\",\"answer\":\"A\",\"popular\":true}]}");
    let built = run(
        &folder,
        &["build", "a.md", "b.csv", "c.html", "d.json", "--language", "en", "--out", "faq.json"],
    );
    assert!(built.status.success(), "{}", text(&built.stderr));
    assert_eq!(text(&built.stderr), "b.csv: row 3 has no question or no answer\n4 answers in faq.json\n");
    let file = std::fs::read_to_string(folder.join("faq.json")).unwrap();
    let value: serde_json::Value = serde_json::from_str(&file).unwrap();
    let ids: Vec<&str> =
        value["entries"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["where-is-my-order", "where-is-my-order-2", "why", "own"]);
    assert_eq!((&value["entries"][0]["category"], &value["language"]), (&"Orders".into(), &"en".into()));

    // There and back: what search engines read is read again.
    let published = run(&folder, &["jsonld", "faq.json", "--out", "page.jsonld"]);
    assert!(published.status.success());
    let again = text(&run(&folder, &["build", "page.jsonld"]).stdout);
    let again: serde_json::Value = serde_json::from_str(&again).unwrap();
    assert_eq!(again["entries"][0]["answer"], value["entries"][0]["answer"]);
    assert_eq!(again["entries"].as_array().unwrap().len(), 4);
}

#[test]
fn what_cannot_be_read_is_named() {
    let folder = folder("faq-build-wrong");
    std::fs::write(folder.join("a.txt"), "x").unwrap();
    std::fs::write(folder.join("empty.md"), "").unwrap();
    for (words, expected) in [
        (&["build", "a.txt"][..], "a file of answers ends in .json"),
        (&["build", "nowhere.md"], "nowhere.md is out of reach"),
        (&["build", "empty.md"], "no question with an answer was found"),
        (&["build"], "faq needs: search --faq FILE"),
        (&["publish", "empty.md"], "faq needs: search --faq FILE"),
        (&["search"], "faq needs: search --faq FILE"),
        (&["jsonld", "empty.md", "--language", "en"], "--language"),
    ] {
        let output = run(&folder, words);
        assert!(!output.status.success(), "{words:?}");
        assert!(text(&output.stderr).contains(expected), "{words:?}: {}", text(&output.stderr));
    }
}
