//! Safety, health or money is at risk right now: whom to call, and when the phone is answered.

use crate::calendar::{Timestamp, Zone};
use crate::config::{Company, Promise};
use crate::promise;

/// How a person is reached at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call<'a> {
    /// By this number, now.
    Now(&'a str),
    /// By this number, from then on.
    From(&'a str, Timestamp),
    /// There is no number: by whatever else the company gave.
    Elsewhere,
}

/// A number of its own for what is urgent is taken to be answered always; the company's own phone in its hours, where it has
/// some.
pub fn call<'a>(
    urgent_phone: &'a str,
    company: &'a Company,
    hours: &Promise,
    zone: &dyn Zone,
    now: Timestamp,
) -> Call<'a> {
    let own = !urgent_phone.is_empty() && urgent_phone != company.phone;
    let phone = if own { urgent_phone } else { &company.phone };
    if phone.is_empty() {
        return Call::Elsewhere;
    }
    match promise::open_next(hours, zone, now) {
        Some(next) if !own => Call::From(phone, next),
        Some(_) | None => Call::Now(phone),
    }
}
