//! The doctor against endpoints that are ill in one way each.

#![cfg(feature = "cli")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::process::Command;
use std::thread;

const ORIGIN: &str = "https://www.example.com";

/// A request as far as an endpoint here looks at it.
struct Request {
    method: String,
    body: String,
}

/// An answer: status, headers, body.
type Answer = (u16, Vec<(&'static str, String)>, String);

/// Answers every request at a free port; gives its address.
fn endpoint(mut answer: impl FnMut(Request) -> Answer + Send + 'static) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = format!("http://{}/in", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            let method = line.split(' ').next().unwrap().to_owned();
            let mut length = 0;
            while line != "\r\n" {
                line.clear();
                reader.read_line(&mut line).unwrap();
                if let Some(given) = line.to_lowercase().strip_prefix("content-length:") {
                    length = given.trim().parse().unwrap();
                }
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            let body = String::from_utf8(body).unwrap();
            let (status, headers, body) = answer(Request { method, body });
            let mut head = format!("HTTP/1.1 {status} As told\r\nconnection: close\r\n");
            for (name, value) in headers {
                head.push_str(&format!("{name}: {value}\r\n"));
            }
            head.push_str(&format!("content-length: {}\r\n\r\n{body}", body.len()));
            stream.write_all(head.as_bytes()).unwrap();
        }
    });
    address
}

fn cors() -> Vec<(&'static str, String)> {
    vec![
        ("access-control-allow-origin", ORIGIN.to_owned()),
        ("access-control-allow-headers", "Content-Type, Idempotency-Key".to_owned()),
    ]
}

/// What the doctor prints, and whether something has to be mended.
fn examined(url: &str, arguments: &[&str]) -> (String, bool) {
    let output = Command::new(env!("CARGO_BIN_EXE_askwell"))
        .args(["doctor", url])
        .args(arguments)
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    (printed, output.status.code() == Some(1))
}

/// Keeps one per id, as it should.
fn healthy() -> impl FnMut(Request) -> Answer + Send {
    let mut known = Vec::new();
    move |request: Request| {
        if request.method == "OPTIONS" {
            return (204, cors(), String::new());
        }
        let new = !known.contains(&request.body);
        known.push(request.body);
        (if new { 201 } else { 200 }, cors(), "{}".to_owned())
    }
}

#[test]
fn a_healthy_endpoint_is_left_alone() {
    let (printed, ill) = examined(&endpoint(healthy()), &["--origin", ORIGIN]);
    assert!(!ill, "{printed}");
    for line in ["fine  preflight", "fine  status", "fine  copies"] {
        assert!(printed.contains(line), "{line}\n{printed}");
    }
}

#[test]
fn each_illness_is_named_with_what_mends_it() {
    type Ill = fn(Request) -> Answer;
    let no_cors: Ill = |_| (200, Vec::new(), String::new());
    let other_site: Ill = |_| {
        (200, vec![("access-control-allow-origin", "https://other.example".into())], String::new())
    };
    let no_options: Ill = |request| match request.method.as_str() {
        "OPTIONS" => (405, Vec::new(), String::new()),
        _ => (200, cors(), String::new()),
    };
    let no_header: Ill = |_| {
        let allowed = vec![
            ("access-control-allow-origin", "*".to_owned()),
            ("access-control-allow-headers", "content-type".to_owned()),
        ];
        (200, allowed, String::new())
    };
    let leads_away: Ill = |request| match request.method.as_str() {
        "OPTIONS" => (204, cors(), String::new()),
        _ => {
            let mut headers = cors();
            headers.push(("location", "https://example.com/other".into()));
            (302, headers, String::new())
        }
    };
    let status = |status: u16| {
        move |request: Request| match request.method.as_str() {
            "OPTIONS" => (204, cors(), String::new()),
            _ => (status, cors(), String::new()),
        }
    };
    let mut posts = 0;
    let refuses_copies = move |request: Request| {
        posts += usize::from(request.method == "POST");
        (if posts > 1 { 500 } else { 200 }, cors(), String::new())
    };
    for (url, words) in [
        (endpoint(no_cors), vec!["MEND  preflight: it does not say that", "MEND  status"]),
        (endpoint(other_site), vec!["MEND  preflight: it allows https://other.example"]),
        (
            endpoint(no_options),
            vec!["MEND  preflight: it answers OPTIONS with 405", "format `text`"],
        ),
        (endpoint(no_header), vec!["it does not allow the header `idempotency-key`"]),
        (endpoint(leads_away), vec!["MEND  status", "leads to https://example.com/other"]),
        (endpoint(status(500)), vec!["MEND  status: it answers with 500: widgets would try again"]),
        (endpoint(status(401)), vec!["MEND  status", "wait for a permission"]),
        (endpoint(status(400)), vec!["MEND  status", "take that for a refusal"]),
        (endpoint(refuses_copies), vec!["MEND  copies: the second copy was answered with 500"]),
        (
            "http://127.0.0.1:9/in".to_owned(),
            vec!["MEND  preflight: the endpoint cannot be reached"],
        ),
        (
            "http://user:secret@127.0.0.1:9/in".to_owned(),
            vec!["MEND  address", "everything in a page is public"],
        ),
    ] {
        let (printed, ill) = examined(&url, &["--origin", ORIGIN]);
        assert!(ill, "{printed}");
        for part in words {
            assert!(printed.contains(part), "{part}\n{printed}");
        }
        assert!(printed.contains("→"), "{printed}");
    }
}

#[test]
fn what_cannot_be_told_from_outside_is_said_to_be_open() {
    let always = endpoint(|_| (200, cors(), String::new()));
    let (printed, ill) = examined(&always, &["--origin", ORIGIN]);
    assert!(!ill && printed.contains("?     copies: both copies were taken alike"), "{printed}");
    // As text nobody asks first.
    let deaf = endpoint(|request| match request.method.as_str() {
        "OPTIONS" => (405, Vec::new(), String::new()),
        _ => (200, cors(), String::new()),
    });
    let (printed, ill) = examined(&deaf, &["--origin", ORIGIN, "--format", "text"]);
    assert!(!ill, "{printed}");
}

#[test]
fn a_page_whose_policy_stands_in_the_way_is_told() {
    let url = endpoint(healthy());
    let page = |policy: &'static str| {
        endpoint(move |_| {
            (200, vec![("content-security-policy", policy.to_owned())], String::new())
        })
    };
    let strict = page("default-src 'self'");
    let (printed, ill) = examined(&url, &["--page", &strict, "--origin", ORIGIN]);
    assert!(ill, "{printed}");
    assert!(
        printed.contains("MEND  csp: `connect-src` of the policy does not allow http://127.0.0.1")
    );
    assert!(printed.contains("add 'wasm-unsafe-eval' to `script-src`"), "{printed}");
    let open = page("script-src 'self' 'wasm-unsafe-eval'; connect-src *");
    let (printed, ill) = examined(&url, &["--page", &open, "--origin", ORIGIN]);
    assert!(!ill && printed.contains("fine  csp"), "{printed}");
    let tag = endpoint(|_| {
        let page = "<meta http-equiv=\"Content-Security-Policy\" content=\"connect-src 'none'\">";
        (200, Vec::new(), page.to_owned())
    });
    assert!(examined(&url, &["--page", &tag, "--origin", ORIGIN]).1);
}
