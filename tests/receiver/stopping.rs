//! However it ends, what was acknowledged is there.

#![cfg(unix)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use crate::receiver::Place;
use crate::respondent::{SURVEY, submission, write_survey};

#[test]
fn a_crash_loses_nothing_that_was_acknowledged() {
    let place = Place::new("crash");
    write_survey(&place.folder, "trip.json", SURVEY);
    let body = |number: usize| submission(&format!("a-{number}"), r#"{"recommend": 9}"#).to_json();
    let receiver = place.serve(&["--survey", "trip.json"]);
    for number in 0..20 {
        assert_eq!(receiver.post(&body(number)).status, 201);
    }
    receiver.kill();
    let receiver = place.serve(&[]);
    for number in 0..20 {
        assert_eq!(receiver.post(&body(number)).status, 200);
    }
    assert_eq!(receiver.post(&body(20)).status, 201);
    assert_eq!(place.stored(&[]).len(), 21);
}

#[test]
fn a_stop_finishes_what_is_under_way() {
    let place = Place::new("stop");
    write_survey(&place.folder, "trip.json", SURVEY);
    let mut receiver = place.serve(&["--survey", "trip.json"]);
    let address = receiver.address.strip_prefix("http://").unwrap().to_owned();
    let body = submission("a-1", r#"{"recommend": 9}"#).to_json();
    let mut connection = TcpStream::connect(&address).unwrap();
    let head = format!(
        "POST /v1/submissions HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        body.len()
    );
    connection.write_all(head.as_bytes()).unwrap();
    let mut answer = BufReader::new(connection.try_clone().unwrap());
    let mut line = String::new();
    answer.read_line(&mut line).unwrap();
    assert_eq!(line, "HTTP/1.1 100 Continue\r\n");

    receiver.terminate();
    receiver.wait_for("stopping");
    connection.write_all(body.as_bytes()).unwrap();
    let mut rest = String::new();
    answer.read_to_string(&mut rest).unwrap();
    assert!(rest.contains("HTTP/1.1 201 Created"), "{rest}");

    let (status, _) = receiver.ended();
    assert!(status.success());
    assert_eq!(place.stored(&[]).len(), 1);
    assert!(TcpStream::connect(&address).is_err());
}
