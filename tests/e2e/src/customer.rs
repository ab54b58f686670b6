//! What a customer does and sees: real pointer and key presses, controls by role and name, texts as shown.
//! A name is a key of the locale files (its placeholders fit anything) or words as they stand.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use crate::world::World;
use crate::{Failure, Outcome, ensure};

const WALK: &str = include_str!("js/walk.js");

/// A key that is no letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Tab
    Tab,
    /// Shift and Tab
    BackTab,
    /// Enter
    Enter,
    /// The space bar
    Space,
    /// Escape
    Escape,
    /// Arrow to the right
    Right,
    /// Arrow down
    Down,
    /// Arrow up
    Up,
    /// To the beginning
    Home,
    /// To the end
    End,
}

impl Key {
    fn code(self) -> &'static str {
        match self {
            Self::Tab | Self::BackTab => "\u{E004}",
            Self::Enter => "\u{E007}",
            Self::Space => " ",
            Self::Escape => "\u{E00C}",
            Self::Right => "\u{E014}",
            Self::Down => "\u{E015}",
            Self::Up => "\u{E013}",
            Self::Home => "\u{E011}",
            Self::End => "\u{E010}",
        }
    }
}

impl World<'_> {
    /// Runs a function body that may use the helpers of `walk.js`.
    pub fn look(&self, body: &str, arguments: &[Value]) -> Outcome<Value> {
        self.script(&format!("{WALK}\n{body}"), arguments)
    }

    fn named(&self, name: &str) -> Outcome<Value> {
        Ok(Value::from(self.texts.resolve(name)?))
    }

    /// Awaits a control, then presses its middle with the mouse.
    pub fn click(&self, role: &str, name: &str) -> Outcome {
        let wanted = [Value::from(role), self.named(name)?];
        let mut before = Value::Null;
        let (x, y) = self.until(&format!("{role} {name:?} free to be pressed"), || {
            let place = self.look("return locate(arguments[0], arguments[1]);", &wanted)?;
            let steady = place["free"] == true && place["disabled"] == false && place == before;
            let at = (place["x"].as_i64().unwrap_or(0), place["y"].as_i64().unwrap_or(0));
            before = place;
            Ok(steady.then_some(at))
        })?;
        self.click_at(x, y)
    }

    /// Chooses files in the field of this id, as in the browser's own dialog.
    pub fn attach(&self, id: &str, files: &[&Path]) -> Outcome {
        let find = "return [...everything(document)].find((one) => one.id === arguments[0]) || null;";
        let field = self.until(&format!("the field {id}"), || {
            let found = self.look(find, &[Value::from(id)])?;
            Ok(found.as_object().and_then(|one| one.values().next()?.as_str().map(str::to_owned)))
        })?;
        let paths: Vec<String> = files.iter().map(|path| path.display().to_string()).collect();
        let path = format!("element/{field}/value");
        self.browser.session.post(&path, &json!({ "text": paths.join("\n") })).map(drop)
    }

    /// Presses a control twice, as impatient people do.
    pub fn double_click(&self, role: &str, name: &str) -> Outcome {
        let mut moves = vec![self.move_to(role, name)?];
        for _ in 0..2 {
            moves.push(json!({ "type": "pointerDown", "button": 0 }));
            moves.push(json!({ "type": "pointerUp", "button": 0 }));
        }
        self.mouse(moves)
    }

    /// Presses a control and lets go only after a while, as unsteady hands do.
    pub fn hold(&self, role: &str, name: &str, time: Duration) -> Outcome {
        let millis = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        self.mouse(vec![
            self.move_to(role, name)?,
            json!({ "type": "pointerDown", "button": 0 }),
            json!({ "type": "pause", "duration": millis }),
            json!({ "type": "pointerUp", "button": 0 }),
        ])
    }

    /// Rests the pointer on a control without pressing.
    pub fn hover(&self, role: &str, name: &str) -> Outcome {
        self.mouse(vec![self.move_to(role, name)?])
    }

    /// The movement of the pointer to a control within reach.
    fn move_to(&self, role: &str, name: &str) -> Outcome<Value> {
        let wanted = [Value::from(role), self.named(name)?];
        let place = self.until(&format!("{role} {name:?} within reach"), || {
            let place = self.look("return locate(arguments[0], arguments[1]);", &wanted)?;
            Ok((place["free"] == true).then_some(place))
        })?;
        let (x, y) = (&place["x"], &place["y"]);
        Ok(json!({ "type": "pointerMove", "duration": 0, "origin": "viewport", "x": x, "y": y }))
    }

    /// Presses a point of the view.
    pub fn click_at(&self, x: i64, y: i64) -> Outcome {
        self.mouse(vec![
            json!({ "type": "pointerMove", "duration": 0, "origin": "viewport", "x": x, "y": y }),
            json!({ "type": "pointerDown", "button": 0 }),
            json!({ "type": "pointerUp", "button": 0 }),
        ])
    }

    fn mouse(&self, moves: Vec<Value>) -> Outcome {
        let mouse = json!({ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": moves });
        self.browser.session.post("actions", &json!({ "actions": [mouse] })).map(drop)
    }

    /// Presses a field, then types behind what it holds.
    pub fn fill(&self, name: &str, words: &str) -> Outcome {
        let role = self.until(&format!("a field {name:?}"), || {
            for role in ["textbox", "searchbox"] {
                if self.has(role, name)? {
                    return Ok(Some(role));
                }
            }
            Ok(None)
        })?;
        self.click(role, name)?;
        if !self.value(name)?.is_empty() {
            let (control, end) = ("\u{E009}", "\u{E010}");
            let stroke = |kind: &str, value: &str| json!({ "type": kind, "value": value });
            self.strokes(vec![
                stroke("keyDown", control),
                stroke("keyDown", end),
                stroke("keyUp", end),
                stroke("keyUp", control),
            ])?;
        }
        self.type_words(words)
    }

    /// Chooses an entry of a list by its words.
    pub fn choose(&self, name: &str, option: &str) -> Outcome {
        self.click("combobox", name)?;
        self.type_words(option)?;
        self.press(Key::Enter)
    }

    /// Types words where the focus is.
    pub fn type_words(&self, words: &str) -> Outcome {
        let strokes: Vec<Value> = words
            .chars()
            .flat_map(|letter| {
                let value = letter.to_string();
                [json!({ "type": "keyDown", "value": value }), json!({ "type": "keyUp", "value": value })]
            })
            .collect();
        self.strokes(strokes)
    }

    /// Presses one key, and counts it.
    pub fn press(&self, key: Key) -> Outcome {
        self.presses.set(self.presses.get() + 1);
        let code = key.code();
        let mut strokes =
            vec![json!({ "type": "keyDown", "value": code }), json!({ "type": "keyUp", "value": code })];
        if key == Key::BackTab {
            strokes.insert(0, json!({ "type": "keyDown", "value": "\u{E008}" }));
            strokes.push(json!({ "type": "keyUp", "value": "\u{E008}" }));
        }
        self.strokes(strokes)
    }

    fn strokes(&self, strokes: Vec<Value>) -> Outcome {
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": strokes });
        self.browser.session.post("actions", &json!({ "actions": [keyboard] })).map(drop)
    }

    /// Presses Tab until the focus is on a control, at most `most` times.
    pub fn tab_to(&self, role: &str, name: &str, most: u32) -> Outcome {
        self.await_control(role, name)?;
        for _ in 0..=most {
            if self.focus_is(role, name)? {
                return Ok(());
            }
            self.press(Key::Tab)?;
        }
        Err(Failure(format!(
            "{most} Tabs did not reach {role} {name:?}; the focus is on {}",
            self.focused()?
        )))
    }

    /// Whether the focus is on a control now.
    pub fn focus_is(&self, role: &str, name: &str) -> Outcome<bool> {
        let wanted = [Value::from(role), self.named(name)?];
        let body = "return candidates(arguments[0], arguments[1]).includes(active());";
        Ok(self.look(body, &wanted)? == true)
    }

    /// Awaits the focus on a control.
    pub fn await_focus(&self, role: &str, name: &str) -> Outcome {
        self.until(&format!("focus on {role} {name:?}"), || Ok(self.focus_is(role, name)?.then_some(())))
            .or_else(|Failure(why)| Err(Failure(format!("{why}; the focus is on {}", self.focused()?))))
    }

    /// What has the focus, in words.
    pub fn focused(&self) -> Outcome<String> {
        Ok(self.look("return describe(active());", &[])?.as_str().unwrap_or("nothing").to_owned())
    }

    /// Whether a control is shown now.
    pub fn has(&self, role: &str, name: &str) -> Outcome<bool> {
        let wanted = [Value::from(role), self.named(name)?];
        Ok(self.look("return candidates(arguments[0], arguments[1]).length > 0;", &wanted)? == true)
    }

    /// Awaits a control.
    pub fn await_control(&self, role: &str, name: &str) -> Outcome {
        self.until(&format!("{role} {name:?}"), || Ok(self.has(role, name)?.then_some(())))
    }

    /// Awaits that a control is gone.
    pub fn await_gone(&self, role: &str, name: &str) -> Outcome {
        self.until(&format!("{role} {name:?} gone"), || Ok((!self.has(role, name)?).then_some(())))
    }

    /// What a field holds.
    pub fn value(&self, name: &str) -> Outcome<String> {
        let wanted = [self.named(name)?];
        let body = "const at = candidates('textbox', arguments[0])[0] || candidates('searchbox', arguments[0])[0];\
                    return at ? at.value : '';";
        Ok(self.look(body, &wanted)?.as_str().unwrap_or_default().to_owned())
    }

    /// Whether words are shown now, wherever.
    pub fn shows(&self, name: &str) -> Outcome<bool> {
        let body = "return new RegExp(pattern(arguments[0], true), 'su').test(tight(shownText(document.documentElement)));";
        Ok(self.look(body, &[self.named(name)?])? == true)
    }

    /// Awaits words.
    pub fn see(&self, name: &str) -> Outcome {
        self.until(&format!("the words {name:?}"), || Ok(self.shows(name)?.then_some(())))
            .or_else(|Failure(why)| Err(Failure(format!("{why}; it says {:?}", self.screen_text()?))))
    }

    /// Everything that is shown, as one text.
    pub fn screen_text(&self) -> Outcome<String> {
        Ok(self
            .look("return squeeze(shownText(document.documentElement));", &[])?
            .as_str()
            .unwrap_or_default()
            .to_owned())
    }

    /// The last controls of the screen, for reports.
    pub fn overview(&self) -> String {
        match self.look("return overview();", &[]) {
            Ok(value) => value.as_str().unwrap_or_default().to_owned(),
            Err(Failure(why)) => why,
        }
    }

    /// Runs axe-core on everything shown; fails with each violation.
    pub fn axe(&self, what: &str) -> Outcome {
        let file = crate::workspace().join("node_modules/axe-core/axe.min.js");
        if self.script("return typeof window.axe === 'object'", &[])? != true {
            let source = std::fs::read_to_string(&file)
                .map_err(|error| Failure(format!("{}: {error}", file.display())))?;
            self.script(&source, &[])?;
        }
        let body = "const done = arguments[arguments.length - 1];\
            const page = window.wrappedJSObject || window;\
            window.axe.run(document, { preload: false, resultTypes: ['violations'] }).then(\
              (result) => done(result.violations.map((one) => one.id + ' (' + one.impact + '): ' + one.nodes.slice(0, 3)\
                .map((node) => JSON.stringify(node.target) + ' ' + node.html.slice(0, 160) + ' ' + (node.failureSummary || '').slice(0, 300)).join(' | '))),\
              (error) => done(['axe failed: ' + error]));";
        let found = self.browser.session.script_async(body, &[])?;
        let found: Vec<&str> = found.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        ensure(found.is_empty(), || format!("axe in {what}: {}", found.join("; ")))
    }
}
