//! Photos of a complaint: chosen, taken out, handed in, sent after the words, seen by the company; and kept while the
//! line is cut, until a later page view.

use std::path::PathBuf;
use std::time::Duration;

use all_ears_e2e::fault::Fault;
use all_ears_e2e::http::{self, Message};
use all_ears_e2e::receiver::Receiver;
use all_ears_e2e::world::World;
use all_ears_e2e::{Failure, Outcome, breathe, ensure};

use crate::acts;

/// How long the receiver is away for a file, so that its way can be watched.
const SLOW: Duration = Duration::from_millis(1_500);

/// A file on the customer's disk; it goes with the journey.
pub struct OnDisk(pub PathBuf);

impl OnDisk {
    pub fn write(world: &World<'_>, name: &str, bytes: &[u8]) -> Outcome<Self> {
        let port = world.receiver.as_ref().map_or(0, |receiver| receiver.port);
        let folder = std::env::temp_dir().join(format!("all-ears-e2e-photos-{port}"));
        std::fs::create_dir_all(&folder)?;
        let path = folder.join(name);
        std::fs::write(&path, bytes)?;
        Ok(Self(path))
    }
}

impl Drop for OnDisk {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// As a camera writes it, as far as anybody here looks; no two bytes next to each other are the same for long.
pub fn photo(seed: u8, length: usize) -> Vec<u8> {
    let mut bytes = b"\xff\xd8\xff\xe0\0\x10JFIF\0".to_vec();
    let mut state = u32::from(seed) + 1;
    while bytes.len() < length {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        bytes.extend(state.to_be_bytes());
    }
    bytes.truncate(length);
    bytes
}

fn told(world: &World<'_>) -> Outcome {
    world.fill("complaint.words", acts::STORY)?;
    world.await_control("button", "complaint.files.add")
}

/// From the words to the promise.
fn hand_in(world: &World<'_>) -> Outcome {
    world.click("button", "complaint.listen.next")?;
    world.see("left sole.jpg")?;
    world.click("button", "complaint.recap.yes")?;
    world.click("button", "complaint.apologise.next")?;
    world.click("button", "complaint.send")
}

fn receiver<'a>(world: &'a World<'_>) -> Outcome<&'a Receiver> {
    world.receiver.as_ref().ok_or_else(|| Failure("this journey has no receiver".to_owned()))
}

/// Awaits that the receiver has exactly these files.
fn stored(world: &World<'_>, expected: &[(&str, &[u8])]) -> Outcome {
    let receiver = receiver(world)?;
    world.until("the files in the receiver's database", || {
        let files = receiver.files()?;
        let same = files.len() == expected.len()
            && files.iter().zip(expected).all(|(is, (name, bytes))| is.0 == *name && is.1 == *bytes);
        Ok(same.then_some(()))
    })
}

pub fn from_choice_to_register(world: &mut World<'_>) -> Outcome {
    let (sole, heel) = (photo(1, 700_000), photo(2, 40_000));
    let sole_file = OnDisk::write(world, "left sole.jpg", &sole)?;
    let heel_file = OnDisk::write(world, "heel of the other boot.jpg", &heel)?;
    let wrong = OnDisk::write(world, "notes.jpg", b"only words, whatever the name says")?;
    world.visit("files")?;
    acts::open_menu(world)?;
    world.click("button", "menu.complaint")?;
    told(world)?;
    world.attach("files", &[&sole_file.0, &heel_file.0])?;
    world.see("left sole.jpg")?;
    world.see("heel of the other boot.jpg")?;
    world.attach("files", &[&wrong.0])?;
    world.see("complaint.files.type")?;
    world.await_focus("button", "complaint.files.add")?;
    let hidden = "const of = (name) => [...everything(document)].find((it) => it.matches(name)).getBoundingClientRect();\
        return Math.round(of('#files-error').bottom - of('.foot').top);";
    let hidden = world.look(hidden, &[])?;
    ensure(hidden.as_i64() <= Some(0), || format!("the sentence is below the body by {hidden}"))?;
    world.axe("photos that were chosen")?;
    world.picture("files-chosen")?;
    world.click("button", "Remove heel of the other boot.jpg")?;
    world.await_gone("button", "Remove heel of the other boot.jpg")?;
    world.await_focus("button", "complaint.files.add")?;
    ensure(world.has("button", "Remove left sole.jpg")?, || "the other photo went as well".to_owned())?;

    world.site.slow("/attachments/", SLOW);
    hand_in(world)?;
    world.see("complaint.promise.sent")?;
    world.see("left sole.jpg is on its way.")?;
    let shown = "return [...everything(document)].filter((one) => one.tagName === 'PROGRESS' && visible(one)).length;";
    world.until("the progress of the photo", || Ok((world.look(shown, &[])? == 1).then_some(())))?;
    world.axe("photos on their way")?;
    world.picture("files-sending")?;
    world.see("left sole.jpg has arrived.")?;
    world.picture("files-sent")?;
    stored(world, &[("left sole.jpg", &sole)])?;
    let row = world.rows("complaint", 1)?.remove(0);
    let named = &row.body["complaint"]["attachments"];
    ensure(named.as_array().is_some_and(|all| all.len() == 1) && named[0]["bytes"] == 700_000, || {
        format!("the complaint names {named}")
    })?;
    acts::events_are_discreet(world, &["left sole.jpg"])?;
    let reference = row.reference.unwrap_or_default();
    company_opens(world, &reference, &sole)
}

/// The company's side: the file is named on the page of its case, and comes as it was.
fn company_opens(world: &World<'_>, reference: &str, expected: &[u8]) -> Outcome {
    let receiver = receiver(world)?;
    let said = receiver.said();
    let token = said.lines().find_map(|line| line.strip_prefix("Register token, shown this once: "));
    let token = token.ok_or_else(|| Failure(format!("the receiver printed no token: {said}")))?.to_owned();
    world.open_url(&format!("http://127.0.0.1:{}/register", receiver.port))?;
    world.fill("Token", &token)?;
    world.click("button", "Sign in")?;
    world.click("link", reference)?;
    world.see("left sole.jpg")?;
    world.picture("register-files")?;
    let find = "return [...document.querySelectorAll('a')].find((one) => one.textContent === 'left sole.jpg').getAttribute('href');";
    let path = world.script(find, &[])?.as_str().unwrap_or_default().to_owned();
    let cookie = world.browser.session.get("cookie/all_ears_register")?;
    let cookie = format!("all_ears_register={}", cookie["value"].as_str().unwrap_or_default());
    let ask = |cookie: &str| {
        let headers = [("Host", "127.0.0.1"), ("Cookie", cookie)]
            .map(|(key, value)| (key.to_owned(), value.to_owned()));
        let message =
            Message { start: format!("GET {path} HTTP/1.1"), headers: headers.into(), body: Vec::new() };
        http::request(receiver.port, &message, Duration::from_secs(10))
    };
    let file = ask(&cookie)?;
    ensure(file.status() == 200 && file.body == expected, || {
        format!("{path}: {}, {} bytes", file.status(), file.body.len())
    })?;
    ensure(file.header("content-disposition").is_some_and(|value| value.starts_with("attachment")), || {
        format!("it would open as a page: {:?}", file.headers)
    })?;
    let stranger = ask("all_ears_register=guess")?.status();
    ensure(stranger == 303, || format!("a stranger gets {stranger}"))
}

pub fn kept_offline(world: &mut World<'_>) -> Outcome {
    for part in ["net::ERR", "Failed to load resource"] {
        world.allow(part);
    }
    let sole = photo(3, 300_000);
    world.browser.phone()?;
    world.browser.scheme(true)?;
    let file = OnDisk::write(world, "left sole.jpg", &sole)?;
    world.visit("files")?;
    acts::open_menu(world)?;
    world.click("button", "menu.complaint")?;
    told(world)?;
    world.attach("files", &[&file.0])?;
    world.see("left sole.jpg")?;
    world.picture("files-phone-chosen")?;
    world.site.offline(true);
    hand_in(world)?;
    world.see("complaint.promise.saved")?;
    world.see("left sole.jpg is saved in this browser. We will send it.")?;
    world.picture("files-saved")?;
    drop(file);
    ensure(receiver(world)?.files()?.is_empty(), || "a photo without its words".to_owned())?;

    // Another page view, with the line back and nobody near the launcher.
    world.site.offline(false);
    world.visit("files")?;
    world.rows("complaint", 1)?;
    stored(world, &[("left sole.jpg", &sole)])?;
    let put = |path: &str| path.contains("/attachments/");
    let paths: Vec<String> = world.site.arrivals().into_iter().map(|arrival| arrival.path).collect();
    let words = paths.iter().position(|path| path == "/v1/submissions");
    let first = paths.iter().position(|path| put(path));
    ensure(words < first && paths.iter().filter(|path| put(path)).count() == 1, || format!("{paths:?}"))?;
    let empty = "const done = arguments[arguments.length - 1]; const request = indexedDB.open('all-ears');\
        request.onsuccess = () => { const db = request.result; const names = ['items', 'files', 'blobs'];\
          const all = names.map((name) => db.transaction(name).objectStore(name).count());\
          const look = () => all.every((one) => one.readyState === 'done')\
            ? (db.close(), done(all.map((one) => one.result).join())) : setTimeout(look, 20); look(); };";
    world.until("nothing left on the device", || {
        Ok((world.browser.session.script_async(empty, &[])? == "0,0,0").then_some(()))
    })
}

/// A company whose endpoint reads forms, and says nothing of files: a photo follows its words as a form with a file.
pub fn to_a_form(world: &mut World<'_>) -> Outcome {
    let sole = photo(4, 300_000);
    let file = OnDisk::write(world, "left sole.jpg", &sole)?;
    world.site.fault(Some(Fault::Answers(200, Vec::new(), "<p>Thank you</p>")));
    world.visit("files-form")?;
    acts::open_menu(world)?;
    world.click("button", "menu.complaint")?;
    told(world)?;
    world.attach("files", &[&file.0])?;
    world.see("left sole.jpg")?;
    hand_in(world)?;
    world.see("left sole.jpg has arrived.")?;
    let came = world.site.arrivals();
    let [words, photo] = came.as_slice() else { return Err(Failure(format!("{} requests", came.len()))) };
    ensure(words.path == "/v1/form.php" && photo.path == words.path, || photo.path.clone())?;
    let has = |part: &[u8]| photo.body.windows(part.len()).any(|there| there == part);
    let field = "name=\"complaint[text]\"\r\n\r\n".to_owned() + acts::STORY;
    ensure(has(&sole) && has(b"filename=\"left sole.jpg\"\r\ncontent-type: image/jpeg"), || {
        "the photo is not in the form".to_owned()
    })?;
    ensure(has(field.as_bytes()), || format!("no {field:?} in the form"))
}

/// What shows the way to add photos did not arrive at first: it joins the screen that is being read.
pub fn way_comes_late(world: &mut World<'_>) -> Outcome {
    for part in ["404", ".wasm", "Fetch API cannot load"] {
        world.allow(part);
    }
    world.site.broken("widget-files");
    world.visit("files")?;
    acts::open_menu(world)?;
    world.site.requests();
    world.click("button", "menu.complaint")?;
    world.fill("complaint.words", acts::STORY)?;
    let mut asked = 0;
    world.until("its file asked for in vain", || {
        let requests = world.site.requests();
        asked += requests.iter().filter(|request| request.path.contains("widget-files")).count();
        Ok((asked > 0).then_some(()))
    })?;
    ensure(!world.has("button", "complaint.files.add")?, || "the way is there without its file".to_owned())?;
    world.site.whole();
    world.until("the way to add photos", || {
        world.type_words(".")?;
        breathe();
        Ok(world.has("button", "complaint.files.add")?.then_some(()))
    })
}
