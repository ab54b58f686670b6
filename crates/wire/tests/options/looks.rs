//! Company, texts, looks, menu, news, privacy: what is read, and the exact message for each mistake.

use domain::config::{Config, Scheme};
use domain::view::View;
use serde_json::{Value, json};
use wire::options::ConfigInput;

use crate::{bad, good, remark, with};

#[test]
fn an_empty_config_is_the_default_one() {
    let mut expected = Config::default();
    expected.endpoint.default =
        Some(domain::config::Endpoint { url: "/feedback".to_owned(), ..Default::default() });
    assert_eq!(with(&json!({})), (expected, Vec::new()));
}

#[test]
fn version_and_schema() {
    good(json!({"version": 1, "$schema": "https://x.example/schema.json"}), |_| true);
    bad(json!({"version": 2}), "version: expected 1, found 2; read as 1");
    bad(json!({"version": "1"}), "version: expected 1, found \"1\"; read as 1");
    bad(json!({"version": [1]}), "version: expected 1, found a list; read as 1");
    bad(json!({"colour": "red"}), "colour: unknown key");
    bad(json!({"suveys": []}), "suveys: unknown key; did you mean \"surveys\"?");
    bad(json!({"Company": {}}), "Company: unknown key; did you mean \"company\"?");
    good(json!({"company": null, "menu": null, "faq": null, "theme": {"radius": null}}), |_| true);
}

#[test]
fn company() {
    let whole = json!({"company": {"name": " Fernway ", "contact": {"email": "a@b.example",
        "phone": "+44 117 496 0142", "url": "/contact", "hours": "Mon–Fri"},
        "owner": {"name": "Maya", "role": "Head of Care"}}});
    good(whole, |config| {
        let own = &config.company;
        [&own.name, &own.email, &own.phone, &own.contact_url, &own.hours, &own.owner_name, &own.owner_role]
            == ["Fernway", "a@b.example", "+44 117 496 0142", "/contact", "Mon–Fri", "Maya", "Head of Care"]
    });
    bad(json!({"company": "Fernway"}), "company: expected an object, found \"Fernway\"; left out");
    bad(json!({"company": {"nam": "F"}}), "company.nam: unknown key; did you mean \"name\"?");
    bad(
        json!({"company": {"name": 3}}),
        "company.name: expected text of at most 80 characters, found 3; left out",
    );
    bad(
        json!({"company": {"contact": {"email": "nobody"}}}),
        "company.contact.email: expected an e-mail address, found \"nobody\"; left out",
    );
    bad(
        json!({"company": {"contact": {"phone": "call us"}}}),
        "company.contact.phone: expected a phone number, found \"call us\"; left out",
    );
    bad(json!({"company": {"owner": []}}), "company.owner: expected an object, found a list; left out");
    good(json!({"company": {"contact": {"email": "", "phone": " "}}}), |config| {
        config.company.email.is_empty()
    });
}

#[test]
fn locale_and_texts() {
    good(json!({"locale": "zh-Hans"}), |config| config.locale.as_deref() == Some("zh-Hans"));
    bad(
        json!({"locale": "English please"}),
        "locale: expected a language tag such as \"en\" or \"zh-Hans\", found \"English please\"; left out",
    );
    good(json!({"texts": {"*": {"menu.title": "Hi"}, "en": {"menu.rate": "Rate"}}}), |config| {
        config.texts.len() == 2 && config.texts[0].locale == "*" && config.texts[1].text == "Rate"
    });
    bad(json!({"texts": {"en": "x"}}), "texts.en: expected an object, found \"x\"; left out");
    bad(json!({"texts": {"?": {"a": "b"}}}), "texts.?: not a language tag; left out");
    bad(
        json!({"texts": {"en": {"menu.title": 4}}}),
        "texts.en.menu.title: expected text of at most 2000 characters, found 4; left out",
    );
    let told = |texts: Value| {
        let whole = json!({"endpoint": "/x", "texts": {"en": texts}});
        let input = ConfigInput::new((&whole).into(), Vec::new(), "menu.title\npanel.close".to_owned());
        let issues: Vec<String> = input.issues().iter().map(ToString::to_string).collect();
        assert_eq!(input.read().1, !issues.is_empty());
        issues
    };
    let near = "texts.en.menu.titel: unknown text; did you mean \"menu.title\"?";
    assert_eq!(told(json!({"menu.titel": "x", "menu.title": "y"})), [near]);
    assert_eq!(told(json!({"menu.title": "y"})), [""; 0]);
}

#[test]
fn looks() {
    good(
        json!({"theme": {"accent": "#ABC", "scheme": "dark", "radius": 0, "font": "Inter, 'Noto Sans'"}}),
        |config| {
            let own = &config.theme;
            own.accent == "#aabbcc" && own.scheme == Scheme::Dark && own.radius == 0 && !own.font.is_empty()
        },
    );
    good(json!({"theme": {"accent": ""}}), |config| config.theme.accent == "#1f5f5b");
    bad(
        json!({"theme": {"accent": "blue"}}),
        "theme.accent: expected a colour such as \"#1f5f5b\", found \"blue\"; using \"#1f5f5b\"",
    );
    bad(
        json!({"theme": {"scheme": "drak"}}),
        "theme.scheme: expected \"auto\", \"light\" or \"dark\", found \"drak\"; using \"auto\"; did you mean \"dark\"?",
    );
    bad(json!({"theme": {"radius": 33}}), "theme.radius: expected a number from 0 to 32, found 33; using 16");
    bad(
        json!({"theme": {"font": "x; background: url(y)"}}),
        "theme.font: expected a list of fonts such as \"Inter, sans-serif\", found \"x; background: url(y)\"; left out",
    );
    bad(
        json!({"theme": {"position": "bottom-left"}}),
        "theme.position: not read here; set it as an attribute of the tag",
    );
    good(json!({"launcher": {"label": "Help"}}), |config| config.launcher.label == "Help");
    bad(json!({"launcher": {"lable": "Help"}}), "launcher.lable: unknown key; did you mean \"label\"?");
}

#[test]
fn menu() {
    good(json!({"menu": ["complaint", "answers"]}), |config| {
        config.menu.items == [View::Complaint, View::Answers]
    });
    good(json!({"menu": []}), |config| config.menu.items.len() == 5);
    remark(
        json!({"menu": ["rating"]}),
        "menu: the way to complain always stays; added at the end",
        |config| config.menu.items == [View::Rating, View::Complaint],
    );
    remark(json!({"menu": ["complaint", "complaint"]}), "menu[1]: comes twice; left out", |config| {
        config.menu.items == [View::Complaint]
    });
    bad(
        json!({"menu": ["complaints"]}),
        "menu[0]: expected \"rating\", \"feedback\", \"answers\", \"complaint\" or \"status\", found \
         \"complaints\"; left out; did you mean \"complaint\"?",
    );
    bad(json!({"menu": "rating"}), "menu: expected a list, found \"rating\"; left out");
}

#[test]
fn notices() {
    good(
        json!({"notices": [{"text": "New", "url": "/new", "start": "2026-11-20", "end": "2026-11-20"}]}),
        |config| {
            let own = &config.notices[0];
            let text = |at: Option<domain::calendar::Timestamp>| at.map(|at| at.to_rfc3339());
            text(own.starts_at).as_deref() == Some("2026-11-20T00:00:00.000Z")
                && text(own.ends_at).as_deref() == Some("2026-11-21T00:00:00.000Z")
        },
    );
    bad(json!({"notices": [{"url": "/new"}]}), "notices[0].text: missing; left out");
    bad(json!({"notices": {}}), "notices: expected a list, found an object; left out");
    remark(
        json!({"notices": [{"text": "New", "start": "2026-02-30"}]}),
        "notices[0].start: expected a day such as \"2026-12-25\" or a time such as \"2026-12-25T09:00:00Z\", \
         found \"2026-02-30\"; left out",
        |config| config.notices[0].starts_at.is_none(),
    );
    remark(
        json!({"notices": [{"text": "New", "start": "2026-12-02", "end": "2026-12-01"}]}),
        "notices[0]: ends before it starts; never shown",
        |config| config.notices.len() == 1,
    );
}

#[test]
fn privacy() {
    good(
        json!({"privacy": {"drafts": false, "signals": false, "notice_url": "/privacy", "text": "T"}}),
        |config| {
            let own = &config.privacy;
            !own.drafts && !own.signals && own.notice_url == "/privacy" && own.text == "T"
        },
    );
    bad(
        json!({"privacy": {"drafts": "no"}}),
        "privacy.drafts: expected true or false, found \"no\"; using true",
    );
    bad(json!({"privacy": {"signal": true}}), "privacy.signal: unknown key; did you mean \"signals\"?");
}
