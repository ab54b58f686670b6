//! The device's clock.

use domain::calendar::Timestamp;

/// Now, by the device's clock.
pub fn now() -> Timestamp {
    Timestamp(js_sys::Date::now() as i64)
}
