//! `json`: the envelope as it is, with its id as `Idempotency-Key`. For endpoints that answer a
//! CORS preflight and allow `content-type` and `idempotency-key`.

use super::Request;
#[cfg(not(lean))]
use super::Settings;

#[cfg(lean)]
pub fn encode(id: &str, envelope: &str) -> Request {
    request(id, envelope)
}

#[cfg(not(lean))]
pub fn encode(_: &Settings, id: &str, envelope: &str) -> Request {
    request(id, envelope)
}

fn request(id: &str, envelope: &str) -> Request {
    let headers =
        vec![("content-type", "application/json".to_owned()), ("idempotency-key", id.to_owned())];
    Request::new(headers, envelope.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_travels_in_the_header_too() {
        let request = request("0198", "{}");
        assert!(request.headers.contains(&("idempotency-key", "0198".to_owned())));
        assert!(request.headers.contains(&("content-type", "application/json".to_owned())));
    }
}
