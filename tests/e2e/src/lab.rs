//! Where faults are done on purpose: a browser that can be killed and comes back with its profile, one receiver for all
//! cases, and for each case a website of its own origin. What a case hands in is marked, so that its rows can be counted.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::engine::{Engine, Running};
use crate::fault::Fault;
use crate::receiver::Receiver;
use crate::site::Site;
use crate::watch::{self, hand_in};
use crate::world::World;
use crate::{Failure, Outcome, breathe, dist, ensure};

/// Helpers in the page for what no customer can do: many submissions at once, and a look into the store.
const TOOLS: &str = include_str!("js/lab.js");

/// One engine under test.
pub struct Lab {
    /// Which one.
    pub engine: Engine,
    /// The company's receiver, with all rows of all cases.
    pub receiver: Receiver,
    /// The site of this case.
    pub site: Rc<Site>,
    /// What was handed in so far, by its words.
    marks: Vec<String>,
    running: Option<Running>,
    profile: PathBuf,
    case: String,
    /// Every wait for a recovery, for the report.
    pub recoveries: Vec<Duration>,
    /// From the load of the page after a kill to the arrival of what was stored and marked, for the report.
    pub next_pages: Vec<Duration>,
    /// Whether each moment of a fault is tried, or one.
    pub thorough: bool,
    /// From the hand-in to the answer that it is durably stored: the middle one and the 95th of a hundred, in ms.
    pub durable: Option<(f64, f64)>,
    /// How often a case ended in which of several ways, for the report.
    pub ends: BTreeMap<&'static str, usize>,
    dice: u64,
}

impl Lab {
    /// Prepares an engine.
    pub fn open(engine: Engine) -> Outcome<Self> {
        let site = Rc::new(Site::open()?);
        let receiver = Receiver::start(&site.origin())?;
        let name = format!("all-ears-faults-{}-{}", engine.name(), receiver.port);
        Ok(Self {
            engine,
            receiver,
            site,
            marks: Vec::new(),
            running: None,
            profile: std::env::temp_dir().join(name),
            case: String::new(),
            recoveries: Vec::new(),
            next_pages: Vec::new(),
            thorough: false,
            durable: None,
            ends: BTreeMap::new(),
            dice: seed(),
        })
    }

    /// A number below `bound`, the same ones in each run of a seed.
    pub fn draw(&mut self, bound: u64) -> u64 {
        // Marsaglia's xorshift64.
        self.dice ^= self.dice << 13;
        self.dice ^= self.dice >> 7;
        self.dice ^= self.dice << 17;
        self.dice % bound.max(1)
    }

    /// A fresh site for the next case; the browser stays if it is well. What the screens said until now is judged first.
    pub fn begin(&mut self, case: &str) -> Outcome {
        self.truthful()?;
        self.site = Rc::new(Site::open()?);
        self.site.hand_on_to(self.receiver.port);
        self.marks.clear();
        self.case = case.to_owned();
        self.browser().map(drop)
    }

    /// The browser, started if need be.
    pub fn browser(&mut self) -> Outcome<&Running> {
        if self.running.is_none() {
            self.running = Some(self.engine.start_with(self.profile.clone(), true, &[])?);
        }
        self.running.as_ref().ok_or_else(|| Failure("no browser".to_owned()))
    }

    /// A world in the browser that runs.
    pub fn world(&mut self) -> Outcome<World<'_>> {
        let site = Rc::clone(&self.site);
        let world = World::around(self.browser()?, site, None)?;
        Ok(world)
    }

    /// Ends the browser at once. WebKit keeps nothing across starts, so there only its pages' processes end.
    pub fn kill(&mut self) {
        if self.engine == Engine::WebKit {
            if let Some(running) = &self.running {
                running.kill_pages();
            }
            return;
        }
        if let Some(running) = self.running.take() {
            running.kill();
        }
    }

    /// Forgets the site and ends the browser after a failure, so that the next case starts clean.
    pub fn give_up(&mut self) -> Outcome {
        self.site = Rc::new(Site::open()?);
        self.stop();
        Ok(())
    }

    /// Ends the browser and forgets its profile.
    pub fn stop(&mut self) {
        self.running = None;
        let _ = std::fs::remove_dir_all(&self.profile);
    }

    /// Words that nobody else writes.
    pub fn mark(&mut self) -> String {
        let mark = format!("{} {} {}", self.case, self.site.origin(), self.marks.len());
        self.marks.push(mark.clone());
        mark
    }

    /// Opens the fault page and hands in feedback as a customer does, up to the press of the button. Gives its words.
    pub fn say(&mut self, query: &str) -> Outcome<String> {
        let mark = self.mark();
        let world = self.world()?;
        world.visit(&format!("fault?{query}"))?;
        fill_in(&world, &mark)?;
        hand_in(&world, &mark)?;
        Ok(mark)
    }

    /// Hands in many at once, past the screens, through the page's own sender. Gives what it said of each.
    pub fn bulk(&mut self, count: usize, endpoint: &Value) -> Outcome<Vec<String>> {
        let marks: Vec<Value> = (0..count).map(|_| Value::from(self.mark())).collect();
        let states = self.tool("submit", &[Value::from(marks), endpoint.clone()])?;
        Ok(states.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect())
    }

    /// Runs one of the page's tools and gives its answer.
    pub fn tool(&mut self, name: &str, arguments: &[Value]) -> Outcome<Value> {
        let sender = format!("/all-ears/{}", built("sender")?);
        let shelf = format!("/all-ears/{}", built("shelf")?);
        let body = format!(
            "{TOOLS}\nconst done = arguments[arguments.length - 1];\
             tools(arguments[0], arguments[1]).{name}(...arguments[2]).then(done, (error) => done('failed: ' + error));"
        );
        let answer = self
            .browser()?
            .session
            .script_async(&body, &[Value::from(sender), Value::from(shelf), json!(arguments)])?;
        match answer.as_str() {
            Some(text) if text.starts_with("failed: ") => Err(Failure(format!("{name} {text}"))),
            _ => Ok(answer),
        }
    }

    /// What the store holds: `[{id, state, words}]`.
    pub fn waiting(&mut self) -> Outcome<Vec<Value>> {
        let found = self.tool("items", &[])?;
        Ok(found.as_array().cloned().unwrap_or_default())
    }

    /// How many rows the receiver has of each of this case's words.
    pub fn rows(&self) -> Outcome<Vec<(String, usize)>> {
        let rows = self.receiver.rows("feedback")?;
        let words: Vec<String> =
            rows.iter().filter_map(|row| row.body["feedback"]["text"].as_str().map(str::to_owned)).collect();
        Ok(self
            .marks
            .iter()
            .map(|mark| (mark.clone(), words.iter().filter(|text| *text == mark).count()))
            .collect())
    }

    /// Fails on a sentence of this case that was not true when it stood on the screen.
    pub fn truthful(&self) -> Outcome {
        watch::judge(&self.site.shown(), &self.site.stored())
    }

    /// Awaits every word of this case at the receiver, once each; gives how long that took. Nothing false was said.
    pub fn delivered(&mut self, patience: Duration) -> Outcome<Duration> {
        let start = Instant::now();
        loop {
            let rows = self.rows()?;
            let twice: Vec<_> = rows.iter().filter(|(_, count)| *count > 1).collect();
            ensure(twice.is_empty(), || format!("stored more than once: {twice:?}"))?;
            let missing: Vec<_> = rows.iter().filter(|(_, count)| *count == 0).collect();
            if missing.is_empty() {
                self.truthful()?;
                self.recoveries.push(start.elapsed());
                return Ok(start.elapsed());
            }
            if start.elapsed() > patience {
                let (lost, all) = (missing.len(), rows.len());
                let left = self.waiting().unwrap_or_default();
                let first = &missing[0].0;
                return Err(Failure(format!(
                    "{lost} of {all} not delivered in {patience:?}, {first:?} for one; waiting: {left:?}"
                )));
            }
            breathe();
        }
    }

    /// Each word of this case is received or lies in the store, and nothing false was said.
    pub fn kept(&mut self) -> Outcome {
        let held = self.waiting()?;
        let rows = self.rows()?;
        for (mark, count) in rows {
            let here = held.iter().any(|item| item["words"].as_str() == Some(mark.as_str()));
            ensure(count > 0 || here, || format!("{mark:?} is neither received nor in the store: {held:?}"))?;
        }
        self.truthful()
    }

    /// Counts these words as well.
    pub fn expect(&mut self, words: String) {
        self.marks.push(words);
    }

    /// Counts none of the words so far.
    pub fn forget_marks(&mut self) {
        self.marks.clear();
    }

    /// The tab that commands go to.
    pub fn current_tab(&mut self) -> Outcome<String> {
        Ok(self.browser()?.session.get("window")?.as_str().unwrap_or_default().to_owned())
    }

    /// Opens another tab and goes there; gives the one that was left.
    pub fn tab(&mut self) -> Outcome<String> {
        let before = self.current_tab()?;
        let fresh = self.browser()?.session.post("window/new", &json!({ "type": "tab" }))?;
        self.switch_to(fresh["handle"].as_str().unwrap_or_default())?;
        Ok(before)
    }

    /// Goes to another tab.
    pub fn switch_to(&mut self, handle: &str) -> Outcome {
        self.browser()?.session.post("window", &json!({ "handle": handle })).map(drop)
    }

    /// The tabs but one.
    fn others(&mut self, own: &str) -> Outcome<Vec<String>> {
        let all = self.browser()?.session.get("window/handles")?;
        let names = all.as_array().into_iter().flatten().filter_map(Value::as_str);
        Ok(names.filter(|name| *name != own).map(str::to_owned).collect())
    }

    /// The other of two tabs.
    pub fn other_tab(&mut self, own: &str) -> Outcome<String> {
        self.others(own)?.pop().ok_or_else(|| Failure("there is one tab".to_owned()))
    }

    /// Closes the tab that commands go to, and goes to another.
    pub fn close_tab(&mut self, next: &str) -> Outcome {
        self.browser()?.session.delete("window")?;
        self.switch_to(next)
    }

    /// Closes every tab but one.
    pub fn close_others(&mut self, own: &str) -> Outcome {
        for other in self.others(own)? {
            if self.switch_to(&other).is_ok() {
                let _gone = self.browser()?.session.delete("window");
            }
        }
        self.switch_to(own)
    }

    /// Starts the browser anew with more arguments and an empty profile, for one case.
    pub fn restart(&mut self, more: &[&str]) -> Outcome {
        self.stop();
        self.running = Some(self.engine.start_with(self.profile.clone(), true, more)?);
        Ok(())
    }

    /// Ends the browser at once and starts it again with other arguments, and with all that it kept.
    pub fn come_back(&mut self, more: &[&str]) -> Outcome {
        self.kill();
        self.running = Some(self.engine.start_with(self.profile.clone(), true, more)?);
        Ok(())
    }

    /// Commands go to the first frame of the page from now on, or to the page again.
    pub fn frame(&mut self, inside: bool) -> Outcome {
        let which = if inside { json!(0) } else { Value::Null };
        self.browser()?.session.post("frame", &json!({ "id": which })).map(drop)
    }

    /// Sets or ends a fault.
    pub fn fault(&self, fault: Option<Fault>) {
        self.site.fault(fault);
    }
}

/// What the moments are drawn from: `FAULT_SEED`, or one.
pub fn seed() -> u64 {
    std::env::var("FAULT_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(1).max(1)
}

impl Drop for Lab {
    fn drop(&mut self) {
        self.stop();
    }
}

/// From the fault page to the filled-in feedback.
pub fn fill_in(world: &World<'_>, words: &str) -> Outcome {
    world.click("button", "launcher.label")?;
    world.click("button", "menu.feedback")?;
    world.click("radio", "feedback.topic.idea")?;
    world.await_control("textbox", "feedback.text.idea")?;
    world.fill("feedback.text.idea", words)
}

/// The name of a built file by the beginning of its name.
pub fn built(role: &str) -> Outcome<String> {
    std::fs::read_dir(dist())?
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .find(|name| name.starts_with(&format!("{role}.")) && name.ends_with(".js"))
        .ok_or_else(|| Failure(format!("{} holds no {role}", dist().display())))
}
