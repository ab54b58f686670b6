//! One control per file: how it looks and how it is reached by keyboard. No text of its own, no rule, no `domain`.
//!
//! Each is a plain function from its props to `Html`. None has state or a life of its own, and a Yew component
//! costs 0.45 KB of brotli apiece (measured: eight of them as components 3.7 KB more than as functions).

pub mod attribute;
pub mod dom;
pub mod node;

mod button;
mod choice_group;
mod file_field;
mod fold;
mod form;
mod icon;
mod link;
mod live_region;
mod notice;
mod rating_scale;
mod steps;
mod summary_list;
mod text_field;

pub use button::{Look, button, face, found, row};
pub use choice_group::{Choice, ChoiceGroup, ChoiceLook, choice_group};
pub use file_field::{FileField, file_field, progress};
pub use fold::fold;
pub use form::form;
pub use icon::{Icon, icon};
pub use link::{contact, outside};
pub use live_region::live_region;
pub use notice::{Tone, notice};
pub use rating_scale::{RatingScale, ScaleLook, rating_scale};
pub use steps::steps;
pub use summary_list::summary_list;
pub use text_field::{FieldKind, TextField, note, text_field};
