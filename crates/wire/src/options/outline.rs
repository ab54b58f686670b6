//! The outline of all options, left behind by the reading functions when they run without a value. For the manual,
//! the JSON Schema and the TypeScript types. Feature `docs`.

use std::collections::BTreeMap;

use super::leaf::Leaf;
use super::notes::Mistaken;
use super::{Reader, everything};

/// What may stand at a place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    /// Not said yet.
    Unsaid,
    /// Text of at most so many characters.
    Text(usize),
    /// Text of a form, in words.
    Form(&'static str),
    /// A whole number.
    Number(u32, u32),
    /// Yes or no.
    Flag,
    /// One of some words.
    Word(Vec<String>),
    /// An object of known keys.
    Object,
    /// An object whose keys the company chooses.
    Free,
    /// A list of at most so many.
    List(usize),
    /// A shape with a name, described elsewhere.
    Named(&'static str),
}

/// One place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    /// Key; `[]` for the entries of a list, `<…>` for keys that the company chooses.
    pub(crate) name: String,
    /// The sentence of the manual.
    pub(crate) doc: &'static str,
    /// What may stand here.
    pub(crate) shape: Shape,
    /// What holds without it, as JSON; empty for nothing.
    pub(crate) default: String,
    /// Whether it has to be there.
    pub(crate) required: bool,
    /// What may stand below.
    pub(crate) children: Vec<Node>,
    /// What else may stand here.
    pub(crate) also: Vec<Node>,
}

impl Node {
    fn new(name: &str, doc: &'static str) -> Self {
        Self {
            name: name.to_owned(),
            doc,
            shape: Shape::Unsaid,
            default: String::new(),
            required: false,
            children: Vec::new(),
            also: Vec::new(),
        }
    }
}

/// The outline in the making: the path of open nodes, and the shapes with names.
pub(crate) struct Outline {
    open: Vec<Node>,
    pub(crate) named: BTreeMap<&'static str, Node>,
}

impl Outline {
    /// Everything: the root, and the named shapes.
    pub(crate) fn of_everything() -> (Node, BTreeMap<&'static str, Node>) {
        let mut reader = Reader::<Mistaken>::new(None);
        reader.outline = Some(Self { open: vec![Node::new("", "")], named: BTreeMap::new() });
        let mut config = domain::config::Config::default();
        everything(&mut reader, &mut config);
        let outline = reader.outline.unwrap_or(Self { open: Vec::new(), named: BTreeMap::new() });
        let root = outline.open.into_iter().next().unwrap_or_else(|| Node::new("", ""));
        (root, outline.named)
    }

    pub(super) fn begin(&mut self, name: &str, doc: &'static str) {
        self.open.push(Node::new(name, doc));
    }

    pub(super) fn end(&mut self) {
        if let Some(node) = self.open.pop()
            && let Some(parent) = self.open.last_mut()
            && parent.children.iter().all(|child| child.name != node.name)
        {
            parent.children.push(node);
        }
    }

    fn say(&mut self, shape: Shape) {
        if let Some(node) = self.open.last_mut()
            && node.shape == Shape::Unsaid
        {
            node.shape = shape;
        }
    }

    pub(super) fn object(&mut self) {
        self.say(Shape::Object);
    }

    pub(super) fn list(&mut self, most: usize) {
        self.say(Shape::List(most));
    }

    pub(super) fn free(&mut self) {
        self.say(Shape::Free);
    }

    pub(super) fn leaf(&mut self, leaf: &Leaf<'_>) {
        self.say(shape(leaf));
        if let Some(node) = self.open.last_mut() {
            node.default = leaf.current();
        }
    }

    /// Something else may stand here, too.
    pub(super) fn also(&mut self, leaf: &Leaf<'_>) {
        if let Some(node) = self.open.last_mut() {
            let mut other = Node::new("", "");
            other.shape = shape(leaf);
            node.also.push(other);
        }
    }

    pub(super) fn required(&mut self, key: &str) {
        let children = self.open.last_mut().map(|node| &mut node.children);
        for child in children.into_iter().flatten().filter(|child| child.name == key) {
            child.required = true;
        }
    }
}

impl<N> Reader<'_, N> {
    /// Gives what was described of this object so far a name.
    pub(super) fn define(&mut self, name: &'static str) {
        if let Some(outline) = &mut self.outline
            && let Some(node) = outline.open.last()
        {
            let copy = Node { also: Vec::new(), ..node.clone() };
            outline.named.insert(name, copy);
        }
    }

    /// Refers to a shape by name. False while reading.
    pub(super) fn known(&mut self, name: &'static str) -> bool {
        if let Some(outline) = &mut self.outline {
            outline.say(Shape::Named(name));
        }
        self.outline.is_some()
    }

    /// What may stand at this key below may stand here as well.
    pub(super) fn or_like(&mut self, key: &str) {
        if let Some(outline) = &mut self.outline
            && let Some(node) = outline.open.last_mut()
            && let Some(child) = node.children.iter().find(|child| child.name == key)
        {
            let copy = child.clone();
            node.also.push(copy);
        }
    }
}

fn shape(leaf: &Leaf<'_>) -> Shape {
    match leaf {
        Leaf::Text(chars_max, _) => Shape::Text(*chars_max),
        Leaf::Form(form, _) => Shape::Form(form.expected()),
        Leaf::Number(least, most, _) => Shape::Number(*least, *most),
        Leaf::Flag(_) => Shape::Flag,
        Leaf::Word(words, _) => Shape::Word(words.iter().map(|word| (*word).to_owned()).collect()),
    }
}
