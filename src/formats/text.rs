//! `text`: the envelope as `text/plain`, which browsers send to other sites without a preflight. For
//! endpoints that read JSON whatever it is called.

use super::{Request, Settings};

pub fn encode(_: &Settings, _: &str, envelope: &str) -> Request {
    let headers = vec![("content-type", "text/plain;charset=utf-8".to_owned())];
    Request::new(headers, envelope.to_owned())
}
