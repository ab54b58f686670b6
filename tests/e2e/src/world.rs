//! One journey's world: a browser, a website of its own origin, a receiver with an empty database, the texts.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::engine::{Engine, Running};
use crate::receiver::{Receiver, Row};
use crate::site::Site;
use crate::texts::Texts;
use crate::{Failure, Outcome, breathe, ensure, workspace};

/// How long anything may take until it shows, on a slow shared machine.
pub const PATIENCE: Duration = Duration::from_secs(12);

/// What a journey has at hand.
pub struct World<'a> {
    /// The browser.
    pub browser: &'a Running,
    /// The host's website.
    pub site: Rc<Site>,
    /// The company's receiver; none where a journey needs none.
    pub receiver: Option<Receiver>,
    /// The texts that the page is expected in.
    pub texts: Texts,
    /// Keys pressed since the last reset.
    pub presses: Cell<u32>,
    noise: RefCell<Vec<String>>,
    allowed: RefCell<Vec<&'static str>>,
}

impl<'a> World<'a> {
    /// Prepares a world; the receiver only if its binary is to be had.
    pub fn new(browser: &'a Running, with_receiver: bool) -> Outcome<Self> {
        let site = Rc::new(Site::open()?);
        let receiver = with_receiver.then(|| Receiver::start(&site.origin())).transpose()?;
        if let Some(receiver) = &receiver {
            site.hand_on_to(receiver.port);
        }
        Self::around(browser, site, receiver)
    }

    /// A world around a site that is there already.
    pub fn around(browser: &'a Running, site: Rc<Site>, receiver: Option<Receiver>) -> Outcome<Self> {
        browser.desktop()?;
        browser.scheme(false)?;
        Ok(Self {
            browser,
            site,
            receiver,
            texts: Texts::read("en")?,
            presses: Cell::new(0),
            noise: RefCell::default(),
            allowed: RefCell::default(),
        })
    }

    /// Which engine this is.
    pub fn engine(&self) -> Engine {
        self.browser.engine
    }

    /// Reads texts of another locale from now on.
    pub fn speak(&mut self, tag: &str) -> Outcome {
        self.texts = Texts::read(tag)?;
        Ok(())
    }

    /// Opens a page of the host's site.
    pub fn visit(&self, page: &str) -> Outcome {
        self.open_url(&format!("{}/{page}", self.site.origin()))
    }

    /// Opens an address.
    pub fn open_url(&self, url: &str) -> Outcome {
        self.gather()?;
        self.browser.session.post("url", &json!({ "url": url })).map(drop)
    }

    /// Records the console of a page that does not do so itself, from now on.
    pub fn record(&self) -> Outcome {
        self.script(include_str!("../pages/record.js"), &[]).map(drop)
    }

    /// Goes back in the history.
    pub fn back(&self) -> Outcome {
        self.gather()?;
        self.browser.session.post("back", &json!({})).map(drop)
    }

    /// Runs a function body in the page.
    pub fn script(&self, body: &str, arguments: &[Value]) -> Outcome<Value> {
        self.browser.session.script(body, arguments)
    }

    /// Looks again and again until `look` gives something; says `what` was awaited if it never does.
    pub fn until<T>(&self, what: &str, look: impl FnMut() -> Outcome<Option<T>>) -> Outcome<T> {
        self.within(PATIENCE, what, look)
    }

    /// As `until`, with its own patience.
    pub fn within<T>(
        &self,
        patience: Duration,
        what: &str,
        mut look: impl FnMut() -> Outcome<Option<T>>,
    ) -> Outcome<T> {
        let deadline = Instant::now() + patience;
        loop {
            if let Some(found) = look()? {
                return Ok(found);
            }
            if Instant::now() > deadline {
                return Err(Failure(format!("awaited in vain: {what}; the screen has {}", self.overview())));
            }
            breathe();
        }
    }

    /// Awaits that a JavaScript expression is true.
    pub fn until_true(&self, what: &str, expression: &str) -> Outcome {
        let body = format!("return !!({expression});");
        self.until(what, || Ok((self.script(&body, &[])? == Value::Bool(true)).then_some(())))
    }

    /// Awaits exactly so many rows of a kind in the receiver's database, and gives them.
    pub fn rows(&self, kind: &str, count: usize) -> Outcome<Vec<Row>> {
        let receiver =
            self.receiver.as_ref().ok_or_else(|| Failure("this journey has no receiver".to_owned()))?;
        let rows = self.until(&format!("{count} row(s) of kind {kind}"), || {
            Ok(Some(receiver.rows(kind)?).filter(|rows| rows.len() >= count))
        })?;
        ensure(rows.len() == count, || {
            format!("{} rows of kind {kind}, expected {count}: {rows:?}", rows.len())
        })?;
        Ok(rows)
    }

    /// The widget's events so far, their names in order.
    pub fn events(&self) -> Outcome<Vec<Value>> {
        let events = self.script("return JSON.stringify(window.__events || [])", &[])?;
        Ok(serde_json::from_str(events.as_str().unwrap_or("[]"))?)
    }

    /// Awaits an event of the widget and gives its detail.
    pub fn event(&self, name: &str) -> Outcome<Value> {
        self.until(&format!("the event all-ears:{name}"), || {
            let mut events = self.events()?;
            Ok(events.iter_mut().find(|event| event["name"] == name).map(|event| event["detail"].take()))
        })
    }

    /// Everything that the console has shown since the last look.
    pub fn console(&self) -> Outcome<Vec<String>> {
        self.gather()?;
        Ok(std::mem::take(&mut *self.noise.borrow_mut()))
    }

    /// A kind of console line that this journey provokes on purpose.
    pub fn allow(&self, part: &'static str) {
        self.allowed.borrow_mut().push(part);
    }

    /// Fails if the console has anything that was neither read nor allowed.
    pub fn quiet(&self) -> Outcome {
        let lines = self.console()?;
        let allowed = self.allowed.borrow();
        let loud: Vec<_> =
            lines.iter().filter(|line| !allowed.iter().any(|part| line.contains(part))).collect();
        ensure(loud.is_empty(), || format!("the console is not empty: {loud:?}"))
    }

    fn gather(&self) -> Outcome {
        let kept = self.script("return window.__console ? window.__console.splice(0) : []", &[]);
        let mut noise = self.noise.borrow_mut();
        noise.extend(
            kept.iter().filter_map(Value::as_array).flatten().filter_map(|it| it.as_str().map(str::to_owned)),
        );
        if self.engine() == Engine::Chromium {
            let entries = self.browser.session.post("se/log", &json!({ "type": "browser" }))?;
            for entry in entries.as_array().into_iter().flatten() {
                let line = format!(
                    "{}: {}",
                    entry["level"].as_str().unwrap_or("?"),
                    entry["message"].as_str().unwrap_or("")
                );
                // What the page's own recorder saw is there already.
                if entry["source"] != "console-api" && !line.starts_with("INFO") && !line.starts_with("DEBUG")
                {
                    noise.push(line);
                }
            }
        }
        Ok(())
    }

    /// Awaits the end of every animation, so that a picture shows a state and not a movement.
    pub fn settle(&self) -> Outcome {
        let moving = "return [document, ...widgets().map((one) => one.shadowRoot)].some((root) => root.getAnimations()\
            .some((one) => one.playState === 'running' && one.effect.getComputedTiming().endTime !== Infinity));";
        self.until("the end of all movement", || {
            // What has just been put there moves from its first frame on, and not before.
            self.frames()?;
            Ok((self.look(moving, &[])? == false).then_some(()))
        })
    }

    /// Two frames on, what the page is now has been painted.
    fn frames(&self) -> Outcome {
        let frames = "const done = arguments[arguments.length - 1];\
                      requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(true), 0)));";
        self.browser.session.script_async(frames, &[]).map(drop)
    }

    /// A picture of the page, at rest, in `target/screenshots/<engine>/`.
    pub fn picture(&self, name: &str) -> Outcome {
        self.settle()?;
        let folder = workspace().join("target/screenshots").join(self.engine().name());
        std::fs::create_dir_all(&folder)?;
        let encoded = self.browser.session.get("screenshot")?;
        let bytes = base64(encoded.as_str().unwrap_or_default());
        std::fs::write(folder.join(format!("{name}.png")), bytes)?;
        Ok(())
    }
}

/// Decodes base64, ignoring what is no letter of it.
fn base64(text: &str) -> Vec<u8> {
    let (mut bytes, mut bits, mut count) = (Vec::with_capacity(text.len() * 3 / 4), 0_u32, 0);
    for letter in text.bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from((bits >> count) & 0xff).unwrap_or(0));
        }
    }
    bytes
}
