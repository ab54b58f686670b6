//! Elements as function calls. The `html!` macro writes the making of each element out in full where it stands, some
//! 200 bytes apiece; a call weighs a tenth of that, and a visitor downloads several hundred of them.

use std::mem::ManuallyDrop;

use yew::virtual_dom::{AttributeOrProperty, Attributes, VList, VTag, VText};
use yew::{AttrValue, Html};

use super::attribute::{Attribute, NAMES};
use super::dom::{self, Event, Handler};

/// An element in the making.
pub struct Element {
    tag: VTag,
    values: Vec<Option<AttributeOrProperty>>,
}

impl Element {
    /// An element with a class; none when it is empty.
    #[inline(never)]
    pub fn new(tag: &'static str, class: &'static str) -> Self {
        let mut values = Vec::new();
        values.resize_with(NAMES.len(), || None);
        let element = Self { tag: VTag::new(tag), values };
        if class.is_empty() { element } else { element.set(Attribute::Class, class) }
    }

    /// Sets an attribute to a word that is known beforehand.
    #[inline(never)]
    pub fn set(self, name: Attribute, value: &'static str) -> Self {
        self.give(name, AttrValue::Static(value))
    }

    /// Sets an attribute.
    #[inline(never)]
    pub fn give(mut self, name: Attribute, value: AttrValue) -> Self {
        self.values[name as usize] = Some(AttributeOrProperty::Attribute(value));
        self
    }

    /// Names the element, so that one of another name replaces it instead of taking its place over.
    pub fn key(mut self, key: &'static str) -> Self {
        self.tag.key = Some(key.into());
        self
    }

    /// What stands in the field.
    pub fn value(mut self, value: AttrValue) -> Self {
        self.tag.set_value(value);
        self
    }

    /// Whether the choice is made.
    pub fn checked(mut self, checked: bool) -> Self {
        self.tag.set_checked(checked);
        self
    }

    /// Calls the handler at each event of this kind.
    #[inline(never)]
    pub fn on(mut self, kind: Event, handler: Handler) -> Self {
        self.tag.add_listener(dom::listener(kind, handler));
        self
    }

    /// The element with its children, in order. What is absent at times stands there as [`none`], so that the others
    /// keep their places.
    #[inline(always)]
    pub fn with<const N: usize>(self, children: [Html; N]) -> Html {
        self.fill(&mut *ManuallyDrop::new(children))
    }

    /// The element with children that were gathered.
    pub fn list(self, mut children: Vec<Html>) -> Html {
        self.fill(&mut children)
    }

    #[inline(never)]
    fn fill(mut self, children: &mut [Html]) -> Html {
        for child in children {
            self.tag.add_child(take(child));
        }
        let values = self.values.into_boxed_slice();
        self.tag.set_attributes(Attributes::Dynamic { keys: &NAMES, values });
        Html::from(self.tag)
    }
}

/// An element with a class and children. The array stays where it was made and is emptied there: neither a vector nor
/// the dropping of one is paid for at each call.
#[inline(always)]
pub fn el<const N: usize>(tag: &'static str, class: &'static str, children: [Html; N]) -> Html {
    fill(tag, class, &mut *ManuallyDrop::new(children))
}

#[inline(never)]
fn fill(tag: &'static str, class: &'static str, children: &mut [Html]) -> Html {
    Element::new(tag, class).fill(children)
}

/// An element with a class and children that were gathered.
#[inline(never)]
pub fn list(tag: &'static str, class: &'static str, children: Vec<Html>) -> Html {
    Element::new(tag, class).list(children)
}

/// Several nodes as one.
#[inline(always)]
pub fn all<const N: usize>(nodes: [Html; N]) -> Html {
    join(&mut *ManuallyDrop::new(nodes))
}

/// Nodes that were gathered as one.
pub fn gathered(mut nodes: Vec<Html>) -> Html {
    join(&mut nodes)
}

#[inline(never)]
fn join(nodes: &mut [Html]) -> Html {
    let mut list = VList::new();
    for node in nodes {
        list.add_child(take(node));
    }
    Html::from(list)
}

/// Leaves behind what owns nothing.
fn take(node: &mut Html) -> Html {
    std::mem::replace(node, Html::VText(VText { text: AttrValue::Static("") }))
}

/// An element with a class and a text.
#[inline(never)]
pub fn words(tag: &'static str, class: &'static str, said: AttrValue) -> Html {
    el(tag, class, [text(said)])
}

/// A text, which keeps its direction among others.
pub fn isolated(said: AttrValue) -> Html {
    words("bdi", "", said)
}

/// A text.
#[inline(never)]
pub fn text(said: AttrValue) -> Html {
    Html::from(VText::new(said))
}

/// Nothing, which keeps a place.
#[inline(never)]
pub fn none() -> Html {
    join(&mut [])
}

/// A number in digits, without the code that formats numbers of all kinds.
#[inline(never)]
pub fn number(mut number: usize) -> AttrValue {
    let mut digits = Vec::new();
    loop {
        digits.insert(0, b'0' + (number % 10) as u8);
        number /= 10;
        if number == 0 {
            break;
        }
    }
    AttrValue::from(digits.iter().copied().map(char::from).collect::<String>())
}
