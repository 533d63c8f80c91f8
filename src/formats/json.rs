//! `json`: the envelope as it is, with its id as `Idempotency-Key`. For endpoints that answer a
//! CORS preflight and allow `content-type` and `idempotency-key`.

use super::Request;

pub fn encode(id: &str, envelope: &str) -> Request {
    Request {
        headers: vec![
            ("content-type", "application/json".to_owned()),
            ("idempotency-key", id.to_owned()),
        ],
        body: envelope.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_travels_in_the_header_too() {
        let request = encode("0198", "{}");
        assert!(request.headers.contains(&("idempotency-key", "0198".to_owned())));
        assert!(request.headers.contains(&("content-type", "application/json".to_owned())));
    }
}
