//! The names of attributes.

/// The attributes that the widget sets. Each element has room for all of them: the list is then the same one for
/// every element, which Yew compares by address, and no map of names has to be downloaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attribute {
    /// `class`
    Class,
    /// `id`
    Id,
    /// `type`
    Type,
    /// `role`
    Role,
    /// `name`
    Name,
    /// `value`
    Value,
    /// `for`
    For,
    /// `href`
    Href,
    /// `tabindex`
    TabIndex,
    /// `lang`
    Lang,
    /// `dir`
    Dir,
    /// `d`
    D,
    /// `viewBox`
    ViewBox,
    /// `target`
    Target,
    /// `rel`
    Rel,
    /// `open`
    Open,
    /// `novalidate`
    NoValidate,
    /// `inputmode`
    InputMode,
    /// `autocomplete`
    Autocomplete,
    /// `maxlength`
    MaxLength,
    /// `accept`
    Accept,
    /// `multiple`
    Multiple,
    /// `data-screen`
    DataScreen,
    /// `aria-label`
    AriaLabel,
    /// `aria-labelledby`
    AriaLabelledby,
    /// `aria-describedby`
    AriaDescribedby,
    /// `aria-invalid`
    AriaInvalid,
    /// `aria-current`
    AriaCurrent,
    /// `aria-hidden`
    AriaHidden,
    /// `aria-pressed`
    AriaPressed,
}

/// Their names, in the order of [`Attribute`].
pub static NAMES: [&str; 30] = [
    "class",
    "id",
    "type",
    "role",
    "name",
    "value",
    "for",
    "href",
    "tabindex",
    "lang",
    "dir",
    "d",
    "viewBox",
    "target",
    "rel",
    "open",
    "novalidate",
    "inputmode",
    "autocomplete",
    "maxlength",
    "accept",
    "multiple",
    "data-screen",
    "aria-label",
    "aria-labelledby",
    "aria-describedby",
    "aria-invalid",
    "aria-current",
    "aria-hidden",
    "aria-pressed",
];
