//! Every endpoint format against stand-ins that are as particular as the services themselves: what
//! they refuse, how they answer, and what becomes of a second copy. `tests/e2e/services.rs` does the
//! same over HTTP, with a browser's rules between.

mod stand_in;

use askwell::formats::{Format, Request, Settings, Target};
use askwell::outbox::{Reply, Verdict, judge};
use askwell::value::Value;

use stand_in::{Answer, Received, StandIn};

const ENVELOPE: &str = r#"{"askwell":1,"submissionId":"0198c0de-0000-7000-8000-000000000001",
    "survey":{"id":"tour","version":"2026-11","hash":"sha256:00"},"status":"complete","locale":"zh-Hant",
    "channel":"embed","startedAt":"2026-11-02T08:15:30.000Z","completedAt":"2026-11-02T08:16:18.211Z",
    "durationMs":48211,"answers":{"recommend":9,"why":"晚了 & \"more\"\r\n--askwell-0198c0de-0000-7000-8000-000000000001",
    "liked":["guide","meals"],"parts":{"bus":4}},"scores":{"nps":{"value":9,"n":1}},
    "context":{"booking":"B-1"},"consent":{},"device":{},"client":{"askwell":"0.1.0"}}"#;
const ID: &str = "0198c0de-0000-7000-8000-000000000001";

fn get(service: &mut StandIn, target: &str) -> Answer {
    let target = target.split_once("example").expect("an address of a stand-in").1.to_owned();
    let (method, headers, body) = (String::from("GET"), Vec::new(), String::new());
    service.answer(&Received { method, target, headers, body }).expect("there is a page")
}

fn encoded(service: &mut StandIn, target: &Target) -> (Request, Received) {
    let mut settings = Settings::of(&target.endpoint);
    let ticket = settings.text("ticket").to_owned();
    if !ticket.is_empty() {
        let ticket: Value = serde_json::from_str(&get(service, &ticket).body).unwrap();
        settings = settings.with(ticket.as_map().cloned().unwrap());
    }
    let request = target.format.encode_with(&settings, ID, ENVELOPE);
    let address = request.way.address.as_deref().unwrap_or(settings.text("url"));
    assert_eq!(service.is_of_the_site(), address.starts_with('/'), "{}", service.name);
    let arrived = Received {
        method: String::from(if request.way.put { "PUT" } else { "POST" }),
        target: address.split_once("example").map_or(address, |(_, target)| target).to_owned(),
        headers: request
            .headers
            .iter()
            .map(|(name, it)| ((*name).to_owned(), it.clone()))
            .collect(),
        body: request.body.clone(),
    };
    (request, arrived)
}

/// What the outbox makes of an answer.
fn verdict(target: &Target, request: &Request, answer: Answer) -> Verdict {
    let reply = match answer.status {
        _ if request.way.opaque => Reply::Opaque,
        302 => Reply::Redirected,
        status => {
            let status = target.format.status(ID, status, &answer.body);
            Reply::Answer { status, retry_after: None, body: answer.body }
        }
    };
    judge(&reply, 0.0)
}

/// Sends once, as a browser would, and says what the outbox makes of it.
fn send(service: &mut StandIn, target: &Target) -> Verdict {
    let (request, arrived) = encoded(service, target);
    if !service.answers_preflights() {
        // What would make a browser ask first (Fetch, CORS-safelisted request-header).
        let simple = request.headers.iter().all(|(name, value)| {
            let kind = value.split(';').next().unwrap_or_default();
            *name == "accept"
                || (*name == "content-type"
                    && ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
                        .contains(&kind))
        });
        assert!(simple && !request.way.put, "{} needs a preflight", service.name);
    }
    let mut answer = service.answer(&arrived).expect("it is no page");
    if answer.status == 302 && request.way.follows {
        let (_, location) = answer.headers.iter().find(|(name, _)| name == "location").unwrap();
        answer = get(service, &location.clone());
    }
    verdict(target, &request, answer)
}

fn the_target(service: &StandIn) -> Target {
    let configuration = service.configuration();
    let mut targets =
        Target::read(&configuration).unwrap_or_else(|error| panic!("{configuration}: {error}"));
    assert_eq!(targets.len(), 1);
    targets.remove(0)
}

fn services() -> Vec<StandIn> {
    let mut all = stand_in::all();
    for service in &mut all {
        service.is_at("https://service.example", "https://elsewhere.example");
    }
    all
}

#[test]
fn each_format_delivers_once_to_a_service_as_particular_as_the_real_one() {
    let mut tried = Vec::new();
    for mut service in services() {
        let target = the_target(&service);
        let expected = match target.format {
            Format::Opaque => Verdict::Unverified,
            _ => Verdict::Acknowledged,
        };
        let name = service.name.clone();
        assert_eq!(send(&mut service, &target), expected, "{name}");
        // The reply was lost, so it comes again.
        assert_eq!(send(&mut service, &target), expected, "{name}, a second time");
        let kept = service.kept();
        let copies = if service.tells_copies() { 1 } else { 2 };
        assert_eq!(kept.len(), copies, "{name}: {kept:?}");
        for envelope in kept {
            let sent: serde_json::Value = serde_json::from_str(ENVELOPE).unwrap();
            assert_eq!(envelope, sent, "{name}");
        }
        tried.push(target.format);
    }
    for format in Format::ALL {
        let elsewhere = *format == Format::Callback;
        assert!(elsewhere || tried.contains(format), "{} has no stand-in", format.name());
    }
}

#[test]
fn what_a_service_says_while_something_is_wrong_loses_nothing() {
    for mut service in services() {
        let target = the_target(&service);
        let (request, arrived) = encoded(&mut service, &target);
        for (reply, means) in service.troubles() {
            let verdict = verdict(&target, &request, service.replied(&reply, &arrived));
            let told = match verdict {
                Verdict::Retry { .. } => "retry",
                Verdict::Paused(_) => "paused",
                Verdict::Quarantined(_) => "refused",
                other => panic!("{}: {reply} is {other:?}", service.name),
            };
            assert_eq!(told, means, "{}: {reply}", service.name);
        }
    }
}

/// What a service does not take must not look as if it had.
#[test]
fn what_a_service_does_not_take_is_not_taken_for_delivered() {
    for mut service in services() {
        let target = the_target(&service);
        let (request, mut arrived) = encoded(&mut service, &target);
        arrived.body = String::from("{}");
        let answer = service.answer(&arrived).expect("it is no page");
        let verdict = verdict(&target, &request, answer);
        let delivered = verdict == Verdict::Acknowledged;
        assert!(!delivered && service.kept().is_empty(), "{}: {verdict:?}", service.name);
    }
}

/// What a table in a spreadsheet would show.
#[test]
fn forms_have_a_field_for_each_answer() {
    let request = Format::Formspree.encode("https://formspree.io/f/x", ID, ENVELOPE);
    let fields: serde_json::Value = serde_json::from_str(&request.body).unwrap();
    for (name, value) in [
        ("survey", "tour"),
        ("recommend", "9"),
        ("liked", "guide|meals"),
        ("parts.bus", "4"),
        ("score.nps", "9"),
        ("context.booking", "B-1"),
    ] {
        assert_eq!(fields[name], value, "{name}");
    }
}

#[test]
fn what_is_no_acknowledgement_is_not_taken_for_one() {
    // A sign-in page of the company's network answers for the script.
    assert_eq!(Format::AppsScript.status(ID, 200, "<html>Sign in</html>"), 502);
    assert_eq!(Format::AppsScript.status(ID, 200, &format!("{{\"id\":\"{ID}\"}}")), 200);
    // The record store has another statement under this id.
    assert_eq!(Format::Xapi.status(ID, 409, ""), 412);
    assert_eq!(Format::Json.status(ID, 409, ""), 409);
}

#[test]
fn secrets_in_a_public_configuration_are_refused_with_an_explanation() {
    // A Supabase key with the role that goes past row level security: {"role":"service_role"}.
    let service_role = "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.c2lnbmF0dXJl";
    for endpoint in [
        "https://hooks.slack.com/services/T0/B0/secret".to_owned(),
        "https://example.webhook.office.com/webhookb2/secret".to_owned(),
        r#"{"format": "json", "url": "https://user:secret@lrs.example.com/statements"}"#.to_owned(),
        r#"{"format": "json", "url": "https://api.airtable.com/v0/app/secret"}"#.to_owned(),
        format!(r#"{{"format": "supabase", "url": "https://x.supabase.co", "key": "{service_role}"}}"#),
        r#"{"format": "supabase", "url": "https://x.supabase.co", "key": "sb_secret_0123456789abcdef"}"#.to_owned(),
    ] {
        let refused = Target::read(&endpoint).unwrap_err();
        assert!(refused.contains("everything in a page is public"), "{refused}");
        assert!(!refused.contains("secret\"") && !refused.contains(service_role), "{refused}");
    }
    let anon = "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYW5vbiJ9.c2lnbmF0dXJl";
    let fine =
        format!(r#"{{"format": "supabase", "url": "https://x.supabase.co", "key": "{anon}"}}"#);
    assert!(Target::read(&fine).is_ok());
}

#[test]
fn a_configuration_says_what_is_wrong_with_it() {
    for (endpoint, words) in [
        (r#"{"format": "formspre", "url": "https://x"}"#, "no format `formspre`; there are: json"),
        (r#"{"format": "form"}"#, "`form` needs the setting `url`"),
        (r#"{"format": "netlify", "url": "/"}"#, "`netlify` needs the setting `form`"),
        (r#"{"format": "form", "url": "/", "key": "x"}"#, "`form` has no setting `key`"),
        (r#"{"format": "s3", "url": "/"}"#, "`s3` needs the setting `ticket`"),
        (r#"{"format": "form", "url": 7}"#, "the setting `url` is a text"),
        ("[]", "the list of endpoints is empty"),
        ("[7]", "an endpoint is an object"),
        ("{", "the endpoint is no JSON"),
    ] {
        let refused = Target::read(endpoint).unwrap_err();
        assert!(refused.contains(words), "{endpoint}: {refused}");
    }
    let several =
        r#"[{"url": "/v1/submissions"}, {"format": "form", "url": "https://example.com/in"}]"#;
    let formats: Vec<Format> =
        Target::read(several).unwrap().into_iter().map(|target| target.format).collect();
    assert_eq!(formats, [Format::Json, Format::Form]);
}
