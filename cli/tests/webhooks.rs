//! Webhooks as the operator meets them: the file with its mistakes, a secret, what is still to be told.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use support::{Client, Running, Scratch, complaint, run, text};

fn secret() -> String {
    let out = run(&["webhooks", "secret"]);
    assert!(out.status.success());
    text(&out.stdout).trim_end().to_owned()
}

#[test]
fn secrets_are_new_each_time() {
    let (one, other) = (secret(), secret());
    assert!(one.starts_with("whsec_") && one.len() > 40, "{one}");
    assert_ne!(one, other);
}

#[test]
fn a_mistake_in_the_file_is_named_and_shows_no_secret() {
    let scratch = Scratch::new();
    let (file, db) = (scratch.file("webhooks.json"), scratch.file("care.db"));
    let secret = secret();
    let one =
        format!(r#"{{"webhooks": [{{"name": "crm", "url": "http://crm.example/", "secret": "{secret}"}}]}}"#);
    std::fs::write(&file, one).unwrap();
    let (file, db_name) = (file.to_str().unwrap(), db.to_str().unwrap());
    let out = run(&["serve", "--port", "0", "--db", db_name, "--webhooks", file]);
    assert!(!out.status.success());
    let told = text(&out.stderr);
    assert!(told.contains("webhooks[0].url: expected https"), "{told}");
    assert!(!told.contains(&secret) && !db.exists());
}

#[test]
fn what_is_still_to_be_told_is_shown() {
    let scratch = Scratch::new();
    let (file, db) = (scratch.file("webhooks.json"), scratch.file("care.db"));
    // Nobody listens at port 9 of this machine, or they discard what they hear.
    let secret = secret();
    let one = format!(
        r#"{{"webhooks": [{{"name": "crm", "url": "http://127.0.0.1:9/", "secret": "{secret}", "internal": true}}]}}"#
    );
    std::fs::write(&file, one).unwrap();
    let running = Running::start(&db, &["--webhooks", file.to_str().unwrap()]);
    let db = db.to_str().unwrap();
    assert_eq!(text(&run(&["webhooks", "--db", db]).stdout), "everything has been told\n");
    assert_eq!(Client::open(&running.address).unwrap().post(&complaint(1)).unwrap().status, 201);
    let told = text(&run(&["webhooks", "--db", db]).stdout);
    assert!(told.starts_with("crm  waiting  complaint 0199f0a1-"), "{told}");
    let told = text(&run(&["webhooks", "--db", db, "--json"]).stdout);
    let line: serde_json::Value = serde_json::from_str(told.trim()).unwrap();
    assert_eq!((&line["webhook"], &line["state"]), (&"crm".into(), &"waiting".into()));
    assert_eq!(text(&run(&["webhooks", "--db", db, "--replay", "all"]).stdout), "0 are tried again\n");
}
