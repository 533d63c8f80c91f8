//! The device's clock.

/// Now, in milliseconds since 1970 by the device's clock.
pub fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// How many minutes the device's time zone is ahead of UTC now: 480 in Taipei.
pub fn utc_offset_minutes() -> i32 {
    -js_sys::Date::new_0().get_timezone_offset() as i32
}
