//! What `wasm_split` asks of its runtime, without futures: a part is here before anything in it is called.

use std::convert::Infallible;
use std::ffi::c_void;
use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// How a part's arrival would be told.
pub type LoadCallbackFn = unsafe extern "C" fn(*const c_void, bool);

/// Stands for a part; the loader fetches it.
pub struct LazySplitLoader;

impl LazySplitLoader {
    /// The function that would load it is not needed.
    pub const fn new(_load: unsafe extern "C" fn(LoadCallbackFn, *const c_void)) -> Self {
        Self
    }
}

/// It is here.
#[inline(always)]
pub fn ensure_loaded(_part: Pin<&'static LazySplitLoader>) -> std::future::Ready<Result<(), Infallible>> {
    std::future::ready(Ok(()))
}

/// The value of a future that waits for nothing.
#[inline(always)]
pub fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => unreachable!("parts are here before they are called"),
    }
}
