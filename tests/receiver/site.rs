//! The site, the health address, and who may send from elsewhere.

use std::fs;
use std::net::TcpListener;

use crate::receiver::Place;

#[test]
fn pages_and_assets_come_with_their_types_and_strict_headers() {
    let place = Place::new("site");
    let receiver = place.serve(&[]);
    for path in ["/", "/askwell.wasm", "/none", "/healthz"] {
        let reply = receiver.get(path, &[]);
        assert_eq!(
            reply.header("content-security-policy"),
            "default-src 'self'; img-src 'self' data:; script-src 'self' 'wasm-unsafe-eval'; \
             require-trusted-types-for 'script'",
        );
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert_eq!(reply.header("referrer-policy"), "no-referrer");
    }
    let page = receiver.get("/", &[]);
    assert_eq!((page.status, page.header("content-type")), (200, "text/html"));
    assert_eq!(page.header("cache-control"), "no-cache");
    assert!(page.body.contains("<title>Site</title>"));

    let asset = receiver.get("/askwell.wasm", &[("accept-encoding", "br, gzip")]);
    assert_eq!(asset.header("content-type"), "application/wasm");
    assert_eq!(asset.header("content-encoding"), "br");
    let tag = asset.header("etag");
    assert!(!tag.is_empty());
    let again = receiver.get("/askwell.wasm", &[("if-none-match", tag)]);
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    fs::write(place.folder.join("site/askwell.wasm"), vec![0; 5001]).unwrap();
    assert_eq!(receiver.get("/askwell.wasm", &[("if-none-match", tag)]).status, 200);

    assert_eq!(receiver.get("/none", &[]).status, 404);
    for path in ["/../askwell.db", "/%2e%2e/askwell.db", "/..%2faskwell.db"] {
        assert_eq!(receiver.get(path, &[]).status, 404, "{path}");
    }
    let health = receiver.get("/healthz", &[]);
    assert_eq!((health.status, health.body.as_str()), (200, r#"{"status":"ok"}"#));
}

#[test]
fn only_named_sites_may_send_from_elsewhere() {
    let place = Place::new("cors");
    let receiver = place.serve(&[
        "--allow-origin",
        "https://www.example.com",
        "--allow-origin",
        "http://localhost:3000",
    ]);
    let preflight = |origin: &str| {
        let asked = [
            ("origin", origin),
            ("access-control-request-method", "POST"),
            ("access-control-request-headers", "content-type,idempotency-key"),
        ];
        receiver.send("OPTIONS", "/v1/submissions", &asked, &[])
    };
    for origin in ["https://www.example.com", "http://localhost:3000"] {
        let reply = preflight(origin);
        assert_eq!(reply.status, 200);
        assert_eq!(reply.header("access-control-allow-origin"), origin);
        assert_eq!(reply.header("access-control-allow-methods"), "POST");
        assert_eq!(reply.header("access-control-allow-headers"), "content-type,idempotency-key");
        assert_eq!(reply.header("access-control-max-age"), "86400");
        assert!(reply.header("vary").contains("origin"));
        let headers = [("content-type", "application/json"), ("origin", origin)];
        let reply = receiver.post_with(b"{", &headers);
        assert_eq!(reply.header("access-control-allow-origin"), origin);
        assert_eq!(reply.header("access-control-expose-headers"), "retry-after");
    }
    for origin in ["https://evil.example", "https://www.example.com.evil.example", "null"] {
        assert_eq!(preflight(origin).header("access-control-allow-origin"), "", "{origin}");
    }
}

#[test]
fn it_does_not_start_where_it_could_not_work() {
    let place = Place::new("refuses-to-start");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    fs::write(place.folder.join("text.db"), "this is no database at all, only text").unwrap();
    for (arguments, message) in [
        (["--listen", &address], format!("askwell: cannot listen at {address}: ")),
        (["--site", "nowhere"], "askwell: there is no folder `nowhere` to serve".to_owned()),
        (
            ["--database", "sqlite:none/askwell.db"],
            "askwell: the database `sqlite:none/askwell.db` cannot be opened: ".to_owned(),
        ),
        (
            ["--database", "sqlite:text.db"],
            "askwell: the database `sqlite:text.db` cannot be opened: ".to_owned(),
        ),
        (["--survey", "none.json"], "askwell: `none.json` cannot be read".to_owned()),
    ] {
        let mut command = place.command("serve", &arguments);
        if arguments[0] != "--site" {
            command.args(["--site", "site"]);
        }
        if arguments[0] != "--listen" {
            command.args(["--listen", "127.0.0.1:0"]);
        }
        let result = command.output().unwrap();
        let complaint = String::from_utf8(result.stderr).unwrap();
        assert_eq!(result.status.code(), Some(2), "{complaint}");
        assert!(complaint.starts_with(&message), "{complaint}");
        assert_eq!(complaint.lines().count(), 1, "{complaint}");
    }
}
