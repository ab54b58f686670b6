//! THE WIDGET: the Yew app that the loader mounts in a shadow root. The modules stand in reading order.

pub mod bindings;

pub mod app;

pub mod parts;

pub mod views;

pub mod components;

pub mod i18n;

pub mod platform;
