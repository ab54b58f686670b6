//! The search of the widget, built as the widget is and with its allocator, handed to a page that holds the clock. The
//! visitor's own parts keep it behind the session, where a measurement would time the screen along with it.

use domain::faq::{Entry, Index};
use wasm_bindgen::prelude::wasm_bindgen;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// A FAQ and its index.
#[wasm_bindgen]
pub struct Faq {
    entries: Vec<Entry>,
    index: Index,
    others: Vec<Index>,
}

#[wasm_bindgen]
impl Faq {
    /// Reads entries: a line each, with id, question and answer between tabs.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str) -> Self {
        let entry = |line: &str| {
            let mut cells = line.split('\t').map(str::to_owned);
            let mut cell = || cells.next().unwrap_or_default();
            Entry { id: cell(), question: cell(), answer: cell(), ..Entry::default() }
        };
        Self { entries: text.lines().map(entry).collect(), index: Index::default(), others: Vec::new() }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Begins anew; reading the word lists is part of it.
    pub fn begin(&mut self) {
        self.index = Index::default();
    }

    /// Reads on for about so many bytes, and says whether all is read.
    pub fn step(&mut self, budget: usize) -> bool {
        self.index.build_some(&self.entries, budget)
    }

    /// How many entries are found.
    pub fn search(&self, query: &str) -> usize {
        self.index.search(query, 10).len()
    }

    /// Another index beside it, to see what one takes.
    pub fn copy(&mut self) {
        self.others.push(Index::new(&self.entries));
    }
}
