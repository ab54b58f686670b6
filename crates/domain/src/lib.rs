//! THE RULES of All Ears: every decision, as functions of state and facts. No clock, no randomness, no I/O, no
//! serde, no sentence that a person reads. The modules stand in reading order.

pub mod session;

pub mod view;

pub mod survey;

pub mod complaint;

pub mod attachment;

pub mod feedback;

pub mod answers;

pub mod status;

pub mod kept;

pub mod delivery;

pub mod faq;

pub mod markup;

pub mod submission;

pub mod promise;

pub mod calendar;

pub mod config;

pub mod limits;

pub mod message;

mod message_keys;

pub mod suspicion;

pub mod spelling;
