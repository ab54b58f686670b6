//! The one reader: walks a foreign JSON value along the options, takes what is usable, and notes the rest with its
//! path. Knows no option. Each option is named once, by the function that reads it; for the manual the same functions
//! run without a value and leave an outline behind (feature `docs`).

use super::form::Form;
use super::issue::ConfigIssue;
use super::leaf::Leaf;
use super::notes::Notes;
#[cfg(feature = "docs")]
use super::outline::Outline;
use crate::value::{Map, Value};

/// What happens to most of what is wrong.
pub(crate) const LEFT_OUT: &str = "left out";

/// The text of an option in the manual. The visitor's download has none of them.
macro_rules! manual {
    ($text:literal) => {
        if cfg!(feature = "docs") { $text } else { "" }
    };
}
pub(crate) use manual;

/// An object that is being read.
struct Open<'v> {
    map: Option<&'v Map>,
    names: Vec<&'static str>,
}

/// See the top of the file.
pub(crate) struct Reader<'v, N> {
    value: Option<&'v Value>,
    /// The values above.
    places: Vec<Option<&'v Value>>,
    objects: Vec<Open<'v>>,
    /// What becomes of mistakes.
    pub(crate) notes: N,
    /// Whether keys that nobody knows pass without a word: in files that other tools write too.
    pub(crate) tolerant: bool,
    #[cfg(feature = "docs")]
    pub(crate) outline: Option<Outline>,
}

impl<'v, N: Notes> Reader<'v, N> {
    /// Begins at the top of a value.
    pub(crate) fn new(value: Option<&'v Value>) -> Self {
        Self {
            value: value.filter(|value| !value.is_null()),
            places: Vec::new(),
            objects: Vec::new(),
            notes: N::default(),
            tolerant: false,
            #[cfg(feature = "docs")]
            outline: None,
        }
    }

    /// Begins at a value that has a name of its own.
    pub(crate) fn at(path: &str, value: Option<&'v Value>) -> Self {
        let mut reader = Self::new(value);
        reader.notes.down(path);
        reader
    }

    /// Goes on with another value under the same name.
    pub(crate) fn turn_to(&mut self, value: Option<&'v Value>) {
        self.value = value.filter(|value| !value.is_null());
    }

    /// Whether only the outline is asked for.
    pub(crate) fn outlining(&self) -> bool {
        #[cfg(feature = "docs")]
        return self.outline.is_some();
        #[cfg(not(feature = "docs"))]
        false
    }

    /// The value that stands here.
    pub(crate) fn value(&self) -> Option<&'v Value> {
        self.value
    }

    /// The text that stands here.
    pub(crate) fn string(&self) -> Option<&'v str> {
        self.value.and_then(Value::as_str).map(str::trim)
    }

    /// Goes down to a key of the object that is being read.
    pub(crate) fn down(&mut self, key: &'static str, doc: &'static str) {
        let mut next = None;
        if let Some(open) = self.objects.last_mut() {
            open.names.push(key);
            next = open.map.and_then(|map| map.get(key));
        }
        self.notes.down(key);
        self.step(key, next, doc);
    }

    fn step(&mut self, name: &str, next: Option<&'v Value>, doc: &'static str) {
        self.places.push(self.value);
        self.value = next.filter(|value| !value.is_null());
        #[cfg(feature = "docs")]
        if let Some(outline) = &mut self.outline {
            outline.begin(name, doc);
        }
        let _ = (name, doc);
    }

    /// Goes back up.
    pub(crate) fn up(&mut self) {
        self.value = self.places.pop().flatten();
        self.notes.up();
        #[cfg(feature = "docs")]
        if let Some(outline) = &mut self.outline {
            outline.end();
        }
    }

    /// Begins the object that stands here. False when there is none; whatever else stands here is noted.
    pub(crate) fn enter(&mut self) -> bool {
        #[cfg(feature = "docs")]
        if let Some(outline) = &mut self.outline {
            outline.object();
            self.objects.push(Open { map: None, names: Vec::new() });
            return true;
        }
        let map = self.value.and_then(Value::as_object);
        if map.is_some() {
            self.objects.push(Open { map, names: Vec::new() });
        } else {
            self.wrong("an object", LEFT_OUT);
        }
        map.is_some()
    }

    /// Ends the object: notes the keys that nobody asked for.
    pub(crate) fn leave(&mut self) {
        let Some(Open { map: Some(map), names }) = self.objects.pop() else { return };
        if self.tolerant {
            return;
        }
        for key in map.keys() {
            if !names.contains(&key.as_str()) {
                self.unknown(key, &names);
            }
        }
    }

    /// Goes down to a key and begins the object there. If false, nothing was begun.
    pub(crate) fn object(&mut self, key: &'static str, doc: &'static str) -> bool {
        self.down(key, doc);
        let entered = self.enter();
        if !entered {
            self.up();
        }
        entered
    }

    /// Ends what `object` began.
    pub(crate) fn end(&mut self) {
        self.leave();
        self.up();
    }

    /// Takes the single value that stands here. Says whether anything stood here.
    pub(crate) fn leaf(&mut self, mut leaf: Leaf<'_>) -> bool {
        #[cfg(feature = "docs")]
        if let Some(outline) = &mut self.outline {
            outline.leaf(&leaf);
            return false;
        }
        let Some(value) = self.value else { return false };
        if !leaf.take(value) {
            self.tell(|path| leaf.issue(path, value));
        }
        true
    }

    /// The same, if a text stands here where something else could stand too.
    pub(crate) fn instead(&mut self, leaf: Leaf<'_>) -> bool {
        #[cfg(feature = "docs")]
        if let Some(outline) = &mut self.outline {
            outline.also(&leaf);
            return false;
        }
        self.string().is_some() && self.leaf(leaf)
    }

    /// Goes down to a key and takes the single value there. Says whether anything stood there.
    pub(crate) fn take(&mut self, key: &'static str, leaf: Leaf<'_>, doc: &'static str) -> bool {
        self.down(key, doc);
        let there = self.leaf(leaf);
        self.up();
        there
    }

    /// Takes a text under a key.
    pub(crate) fn text(
        &mut self,
        key: &'static str,
        chars_max: usize,
        slot: &mut String,
        doc: &'static str,
    ) -> bool {
        self.take(key, Leaf::Text(chars_max, slot), doc)
    }

    /// Takes a text of a form under a key.
    pub(crate) fn form(&mut self, key: &'static str, form: Form, slot: &mut String, doc: &'static str) {
        self.take(key, Leaf::Form(form, slot), doc);
    }

    /// A text that stands here.
    pub(crate) fn word(&mut self, chars_max: usize) -> Option<String> {
        let mut own = String::new();
        self.leaf(Leaf::Text(chars_max, &mut own));
        (!own.is_empty()).then_some(own)
    }

    /// Whether a key of the page's own choice names a language, or each by `*`; notes it when not.
    pub(crate) fn language(&mut self, tag: &str) -> bool {
        let fits = tag == "*" || Form::Tag.fits(tag) || self.outlining();
        if !fits {
            self.note("not a language tag", LEFT_OUT);
        }
        fits
    }

    /// Goes through the list that stands here, entry by entry. Says whether there is one.
    pub(crate) fn items(&mut self, most: usize, each: &mut dyn FnMut(&mut Self)) -> bool {
        let count = self.count(most);
        for at in 0..count.unwrap_or(0) {
            self.down_item(at);
            each(self);
            self.up();
        }
        count.is_some()
    }

    /// Goes down to a key and through the list there.
    pub(crate) fn list(
        &mut self,
        key: &'static str,
        most: usize,
        each: &mut dyn FnMut(&mut Self),
        doc: &'static str,
    ) -> bool {
        self.down(key, doc);
        let there = self.items(most, each);
        self.up();
        there
    }

    /// How many entries of the list that stands here are read.
    fn count(&mut self, most: usize) -> Option<usize> {
        #[cfg(feature = "docs")]
        if let Some(outline) = &mut self.outline {
            outline.list(most);
            return Some(1);
        }
        let Some(list) = self.value.and_then(Value::as_array) else {
            self.wrong("a list", LEFT_OUT);
            return None;
        };
        self.bound(list.len(), most, "entries");
        Some(list.len().min(most))
    }

    /// Notes that there are too many.
    fn bound(&mut self, count: usize, most: usize, what: &str) {
        if count > most {
            self.tell(|path| ConfigIssue::too_many(path, count, most, what));
        }
    }

    fn down_item(&mut self, at: usize) {
        let next = self.value.and_then(Value::as_array).and_then(|list| list.get(at));
        self.notes.down_item(at);
        self.step("[]", next, "");
    }

    /// Goes through the object that stands here, where the page chooses the keys. `what` they are is for the manual.
    pub(crate) fn free(&mut self, most: usize, what: &'static str, each: &mut dyn FnMut(&mut Self, &str)) {
        #[cfg(feature = "docs")]
        if let Some(outline) = &mut self.outline {
            outline.free();
            self.notes.down(what);
            self.step(what, None, "");
            each(self, what);
            self.up();
            return;
        }
        let _ = what;
        let Some(map) = self.value.and_then(Value::as_object) else {
            return self.wrong("an object", LEFT_OUT);
        };
        self.bound(map.len(), most, "keys");
        for (key, value) in map.iter().take(most) {
            self.notes.down(key);
            self.step(key, Some(value), "");
            each(self, key);
            self.up();
        }
    }
}
