//! One page in a context of its own: nothing cached, nothing stored, closed at the end.

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::chrome::Chrome;

/// How slow the customer's machine and line are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// As they are here.
    Full,
    /// The main thread four times slower.
    SlowProcessor,
    /// That, and 150 ms a request at 1.68 Mbit/s.
    Slow,
}

/// Main threads of cheap phones run about four times slower than a desk's.
const SLOWER: u32 = 4;
const LATENCY_MS: u32 = 150;
/// 1.68 and 0.75 Mbit/s.
const DOWN_BYTES_PER_SECOND: u32 = 210_000;
const UP_BYTES_PER_SECOND: u32 = 93_750;

/// A page under remote control.
pub struct Page<'a> {
    /// The browser it lives in.
    pub chrome: &'a mut Chrome,
    context: String,
    session: String,
}

impl Drop for Page<'_> {
    fn drop(&mut self) {
        let context = json!({ "browserContextId": self.context });
        let _ = self.chrome.call("", "Target.disposeBrowserContext", &context);
    }
}

impl<'a> Page<'a> {
    /// Opens an empty page with the probe in it.
    pub fn open(chrome: &'a mut Chrome, pace: Pace) -> Result<Self> {
        let context = text(&chrome.call("", "Target.createBrowserContext", &json!({}))?["browserContextId"])?;
        let wanted =
            json!({ "url": "about:blank", "browserContextId": context, "width": 1200, "height": 860 });
        let target = text(&chrome.call("", "Target.createTarget", &wanted)?["targetId"])?;
        let wanted = json!({ "targetId": target, "flatten": true });
        let session = text(&chrome.call("", "Target.attachToTarget", &wanted)?["sessionId"])?;
        let mut page = Self { chrome, context, session };
        page.call("Page.enable", &json!({}))?;
        page.call("Network.enable", &json!({}))?;
        page.call("Emulation.setFocusEmulationEnabled", &json!({ "enabled": true }))?;
        page.call("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": include_str!("probe.js") }))?;
        if pace != Pace::Full {
            page.call("Emulation.setCPUThrottlingRate", &json!({ "rate": SLOWER }))?;
        }
        if pace == Pace::Slow {
            let line = json!({
                "offline": false, "latency": LATENCY_MS,
                "downloadThroughput": DOWN_BYTES_PER_SECOND, "uploadThroughput": UP_BYTES_PER_SECOND,
            });
            page.call("Network.emulateNetworkConditions", &line)?;
        }
        Ok(page)
    }

    /// One command for this page.
    pub fn call(&mut self, method: &str, parameters: &Value) -> Result<Value> {
        self.chrome.call(&self.session, method, parameters)
    }

    /// Goes to an address; returns when the first bytes are there.
    pub fn go(&mut self, address: &str) -> Result<()> {
        let answer = self.call("Page.navigate", &json!({ "url": address }))?;
        match answer["errorText"].as_str() {
            None => Ok(()),
            Some(error) => bail!("{address}: {error}"),
        }
    }

    /// The value of an expression, awaited.
    pub fn ask(&mut self, expression: &str) -> Result<Value> {
        let wanted = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let mut answer = self.call("Runtime.evaluate", &wanted)?;
        if let Some(error) = answer["exceptionDetails"]["exception"]["description"].as_str() {
            bail!("{expression}: {error}");
        }
        Ok(answer["result"]["value"].take())
    }

    /// The handle of an object, for commands that want one.
    pub fn handle(&mut self, expression: &str) -> Result<String> {
        text(&self.call("Runtime.evaluate", &json!({ "expression": expression }))?["result"]["objectId"])
    }

    /// Lets the page be for a while.
    pub fn rest(&mut self, ms: u32) -> Result<()> {
        self.ask(&format!("bench.wait({ms})")).map(drop)
    }

    /// Waits for the launcher; returns its middle.
    pub fn launcher(&mut self) -> Result<(f64, f64)> {
        let place = self.ask("bench.launcher()")?;
        Ok((number(&place["x"])?, number(&place["y"])?))
    }

    /// Moves the pointer there and leaves it.
    pub fn hover(&mut self, place: (f64, f64)) -> Result<()> {
        let moved = json!({ "type": "mouseMoved", "x": place.0, "y": place.1 });
        self.call("Input.dispatchMouseEvent", &moved).map(drop)
    }

    /// Moves the pointer there and presses, in one breath; returns when it was pressed and when the first control
    /// could be used, in milliseconds since the navigation.
    pub fn press(&mut self, place: (f64, f64), first_control: &str) -> Result<(f64, f64)> {
        let usable = json!({
            "expression": format!("bench.usable({first_control:?})"), "awaitPromise": true, "returnByValue": true,
        });
        let usable = self.chrome.send(&self.session, "Runtime.evaluate", &usable)?;
        self.click(place)?;
        let answer = self.chrome.answer(usable)?;
        if let Some(error) = answer["exceptionDetails"]["exception"]["description"].as_str() {
            bail!("{error}");
        }
        let times = &answer["result"]["value"];
        Ok((number(&times["pressed"])?, number(&times["usable"])?))
    }

    /// Move, press and release without waiting for anything.
    pub fn click(&mut self, place: (f64, f64)) -> Result<()> {
        for (kind, buttons) in [("mouseMoved", 0), ("mousePressed", 1), ("mouseReleased", 0)] {
            let button = if kind == "mouseMoved" { "none" } else { "left" };
            let event = json!({
                "type": kind, "x": place.0, "y": place.1, "button": button, "buttons": buttons, "clickCount": 1,
            });
            self.chrome.send(&self.session, "Input.dispatchMouseEvent", &event)?;
        }
        Ok(())
    }

    /// Presses Escape and waits until no dialog is open.
    pub fn close(&mut self) -> Result<()> {
        for kind in ["rawKeyDown", "keyUp"] {
            let key = json!({ "type": kind, "key": "Escape", "code": "Escape", "windowsVirtualKeyCode": 27 });
            self.call("Input.dispatchKeyEvent", &key)?;
        }
        self.ask("bench.closed().then(() => 1)").map(drop)
    }
}

/// A text that must be there.
pub fn text(value: &Value) -> Result<String> {
    value.as_str().map(str::to_owned).with_context(|| format!("a text is expected, not {value}"))
}

/// A number that must be there.
pub fn number(value: &Value) -> Result<f64> {
    value.as_f64().with_context(|| format!("a number is expected, not {value}"))
}
