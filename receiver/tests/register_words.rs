//! What the service team reads in the register: what is urgent first, what is due in words, and no code of ours.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use axum::http::StatusCode;
use domain::calendar::Timestamp;
use receiver::Options;
use support::team::sign_in;
use support::{Receiver, complaint, golden, receiver, with};

/// Tuesday, 10:00.
fn tuesday() -> Receiver {
    with(Options::default(), || Timestamp::parse_rfc3339("2026-11-24T10:00:00Z").unwrap())
}

fn urgent(number: u32) -> String {
    complaint(number).replace("\"text\"", "\"urgent\":true,\"text\"")
}

fn promise(receiver: &Receiver, reference: &str, reply_by: &str) {
    let at = Timestamp::parse_rfc3339(reply_by).unwrap().0;
    let sql = format!("UPDATE complaints SET reply_by_ms = {at} WHERE reference = '{reference}'");
    receiver.place.run(&sql).unwrap();
}

#[track_caller]
fn in_order(page: &str, marks: &[&str]) {
    let place = |mark: &&str| page.find(*mark).unwrap_or_else(|| panic!("{mark} is missing in {page}"));
    let places: Vec<_> = marks.iter().map(place).collect();
    assert!(places.is_sorted(), "{marks:?} {places:?}");
}

#[tokio::test]
async fn what_is_urgent_stands_first_whenever_it_is_due() {
    let receiver = tuesday();
    let team = sign_in(&receiver).await;
    receiver.post(complaint(1)).await;
    receiver.post(urgent(2)).await;
    receiver.post(complaint(3)).await;
    receiver.post(urgent(4)).await;
    promise(&receiver, "AE-0000-0001", "2026-11-19T17:00:00Z");
    promise(&receiver, "AE-0000-0002", "2026-12-01T17:00:00Z");
    promise(&receiver, "AE-0000-0003", "2026-11-24T17:00:00Z");
    promise(&receiver, "AE-0000-0004", "2026-11-23T10:00:00Z");
    let page = team.see("/register").await;
    in_order(
        &page,
        &[">Urgent ", "AE-0000-0004", "AE-0000-0002", ">Overdue ", "AE-0000-0001", ">Today ", "AE-0000-0003"],
    );
    assert!(!page.contains(">Later "), "{page}");
    for due in ["1 day late", "Please look now", "4 days late", ">In 7 hours<"] {
        assert!(page.contains(due), "{due} is missing in {page}");
    }
}

#[tokio::test]
async fn a_date_is_said_once() {
    let receiver = tuesday();
    receiver.post(complaint(1)).await;
    promise(&receiver, "AE-0000-0001", "2026-11-27T17:30:00Z");
    let team = sign_in(&receiver).await;
    for path in ["/register", "/register/complaints/AE-0000-0001"] {
        let page = team.see(path).await;
        in_order(&page, &[">In 3 days<", "Answer by ", ">Fri 27 Nov 2026, 17:30<"]);
        assert_eq!((page.matches("17:30<").count(), page.contains("Friday")), (1, false), "{path}: {page}");
    }
}

#[tokio::test]
async fn of_an_erased_complaint_the_register_says_what_is_true() {
    let receiver = tuesday();
    let id = receiver.post(golden("complaint")).await.json()["id"].as_str().unwrap().to_owned();
    let erased_at = Timestamp::parse_rfc3339("2026-11-25T08:00:00Z").unwrap();
    let team = sign_in(&receiver).await;
    team.advance("AE-9NF6-YW43", "state=assigned&note=Ada+looks+after+it").await;
    assert!(receiver.store.erase(id, erased_at).await.unwrap());
    let page = team.see("/register/complaints/AE-9NF6-YW43").await;
    in_order(
        &page,
        &[">Erased</span>", "Erased <time", "Wed 25 Nov 2026", "is gone, here and in the export"],
    );
    in_order(&page, &["The complaint arrived", "Assigned", "Erased: what was said is gone"]);
    for untrue in
        ["the export holds all", "told us more", "What happens next", "Answer by", "<textarea", "Ada"]
    {
        assert!(!page.contains(untrue), "{untrue} in {page}");
    }
    let answer = team.advance("AE-9NF6-YW43", "state=closed&note=Too+late").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND, "nobody would read the note");
    assert_eq!(receiver.place.count("SELECT count(*) FROM events WHERE note <> ''"), 0);
}

#[tokio::test]
async fn what_a_newer_version_noted_is_not_guessed() {
    let receiver = receiver();
    receiver.post(golden("complaint")).await;
    let sql = "INSERT INTO events (submission_seq, at_ms, actor, type, note, note_sha256, prev_hash, hash) \
               SELECT submission_seq, at_ms, 'company', 'escalated', '', note_sha256, hash, hash FROM events";
    receiver.place.run(sql).unwrap();
    let page = sign_in(&receiver).await.see("/register/complaints/AE-9NF6-YW43").await;
    assert!(page.contains("Noted by a newer version") && !page.contains("told us more"), "{page}");
}

#[tokio::test]
async fn an_urgent_one_is_seen_behind_a_crowd() {
    let receiver = tuesday();
    let team = sign_in(&receiver).await;
    for number in 1..=503 {
        // Of different words, as customers write.
        receiver.post(complaint(number).replace("late", &format!("late, {number}"))).await;
    }
    receiver.post(urgent(900)).await;
    promise(&receiver, "AE-0000-0900", "2026-12-24T17:00:00Z");
    let page = team.see("/register").await;
    in_order(&page, &[">Urgent ", ">Later ", "3 complaints are due after these"]);
    assert_eq!(page.matches("class=\"badge urgent\"").count(), 1);
    assert_eq!(page.matches("class=\"card\"").count(), 501);
}

#[tokio::test]
async fn no_code_of_ours_is_shown() {
    let receiver = receiver();
    let team = sign_in(&receiver).await;
    for name in ["rating", "complaint", "follow_up"] {
        receiver.post(golden(name)).await;
    }
    receiver
        .post(complaint(1).replace("My parcel is late.", "[url=http://x.example]Cheap boots[/url]"))
        .await;
    let page = team.see("/register/complaints/AE-9NF6-YW43").await;
    for words in
        ["A replacement, Their money back", "Sat 14 Nov 2026", "1 time", "English", "mailto:ada@mail.example"]
    {
        assert!(page.contains(words), "{words} is missing in {page}");
    }
    assert!(page.contains("tel:+441174960142"), "{page}");
    let page = team.see("/register/ratings").await;
    assert!(page.contains("After a purchase") && page.contains("1 answer<"), "{page}");
    for code in [">post-purchase<", "1 answers"] {
        assert!(!page.contains(code), "{code} in {page}");
    }
    let page = team.see("/register/quarantine").await;
    assert!(page.contains("Links as forums write them") && page.contains(">Complaint<"), "{page}");
}

#[tokio::test]
async fn the_team_reads_what_to_do_next_and_that_it_is_saved() {
    let receiver = receiver();
    receiver.post(golden("complaint")).await;
    let team = sign_in(&receiver).await;
    let path = "/register/complaints/AE-9NF6-YW43";
    let page = team.see(path).await;
    assert!(page.contains("Say who looks after it") && !page.contains("Saved."), "{page}");
    let answer = team.advance("AE-9NF6-YW43", "state=assigned&note=Ada+looks+after+it").await;
    let page = team.see(answer.header("location")).await;
    in_order(&page, &["role=\"status\">Saved.", "Look into it"]);
}

#[tokio::test]
async fn an_address_reaches_its_customer_and_nobody_else() {
    let receiver = receiver();
    let team = sign_in(&receiver).await;
    receiver
        .post(golden("complaint").replace("ada@mail.example", "a?bcc=b@x.example&body=hi@mail.example"))
        .await;
    let page = team.see("/register/complaints/AE-9NF6-YW43").await;
    assert!(page.contains("mailto:a%3Fbcc%3Db@x.example%26body%3Dhi@mail.example\""), "{page}");
}

#[tokio::test]
async fn words_are_said_to_be_in_their_own_language() {
    let receiver = receiver();
    let team = sign_in(&receiver).await;
    receiver.post(golden("complaint").replace("\"locale\":\"en\"", "\"locale\":\"zh-Hans\"")).await;
    let page = team.see("/register/complaints/AE-9NF6-YW43").await;
    assert!(
        page.contains("<blockquote lang=\"zh-Hans\">") && page.contains("Chinese (simplified)"),
        "{page}"
    );
    assert!(team.see("/register").await.contains("<span class=\"said\" lang=\"zh-Hans\">"));
}
