//! What an endpoint does when a browser asks, sends, and sends again.

use super::Finding;
use super::exchange::{Answer, Exchange};
use crate::formats::Target;
use crate::outbox::{Failure, Reply, Verdict, judge};
use crate::server::time;
use crate::submission::{rfc3339, submission_id};

pub struct Case<'a> {
    pub exchange: &'a Exchange,
    pub url: &'a str,
    pub origin: &'a str,
    /// Whether pages of another site send to it.
    pub elsewhere: bool,
    /// Whether what is sent needs no preflight.
    pub simple: bool,
}

impl Case<'_> {
    /// Addresses that must not stand in a page.
    pub fn secrets(&self) -> Option<Finding> {
        let mistake = Target::read(self.url).err()?;
        Some(Finding::wrong("address", mistake, "docs/endpoints.md lists what pages may use"))
    }

    /// What the endpoint says before it gets anything.
    pub fn preflight(&self) -> Option<Finding> {
        if !self.elsewhere {
            return Some(Finding::fine("preflight", "same site: browsers ask nothing first"));
        }
        if self.simple {
            return Some(Finding::fine("preflight", "text/plain: browsers ask nothing first"));
        }
        let headers = [
            ("origin", self.origin),
            ("access-control-request-method", "POST"),
            ("access-control-request-headers", "content-type,idempotency-key"),
        ];
        let mend = format!(
            "answer OPTIONS with 204, `access-control-allow-origin: {}` and `access-control-allow-headers: \
             content-type, idempotency-key`; or send with the format `text`, which needs no preflight",
            self.origin
        );
        let answer = match self.exchange.send("OPTIONS", self.url, &headers, "") {
            Ok(answer) => answer,
            Err(error) => {
                let says = format!("the endpoint cannot be reached ({error})");
                return Some(Finding::wrong("preflight", says, "is the address right, and up?"));
            }
        };
        let refused = |says: String| Some(Finding::wrong("preflight", says, mend.clone()));
        if !(200..300).contains(&answer.status) {
            return refused(format!("it answers OPTIONS with {}", answer.status));
        }
        if let Some(says) = self.not_for_this_site(&answer) {
            return refused(says);
        }
        let allowed = answer.header("access-control-allow-headers").unwrap_or_default();
        let allowed: Vec<String> =
            allowed.split(',').map(|name| name.trim().to_lowercase()).collect();
        let missing = ["content-type", "idempotency-key"]
            .into_iter()
            .find(|name| !allowed.iter().any(|known| known == name || known == "*"));
        match missing {
            Some(name) => refused(format!("it does not allow the header `{name}`")),
            None => Some(Finding::fine("preflight", format!("{} may send", self.origin))),
        }
    }

    fn not_for_this_site(&self, answer: &Answer) -> Option<String> {
        match answer.header("access-control-allow-origin") {
            Some(allowed) if allowed == "*" || allowed == self.origin => None,
            Some(allowed) => Some(format!("it allows {allowed}, not {}", self.origin)),
            None => Some(format!("it does not say that {} may send", self.origin)),
        }
    }

    /// Sends a submission, and once more, as after a lost reply.
    pub fn deliver(&self) -> Vec<Finding> {
        let now = time::now().ms;
        let id = submission_id(now, [7; 10]);
        let at = rfc3339(now);
        let body = format!(
            r#"{{"askwell":1,"submissionId":"{id}","survey":{{"id":"askwell-doctor","version":"1","hash":""}},"status":"complete","locale":"en","channel":"embed","startedAt":"{at}","completedAt":"{at}","durationMs":0,"answers":{{}},"scores":{{}},"context":{{}},"consent":{{}},"device":{{}},"client":{{"askwell":"{}"}}}}"#,
            env!("CARGO_PKG_VERSION")
        );
        let first = match self.post(&id, &body) {
            Ok(answer) => answer,
            Err(error) => {
                let says = format!("nothing answers ({error})");
                return vec![Finding::wrong("status", says, "is the address right, and up?")];
            }
        };
        let mut findings = vec![self.status(&first)];
        if self.elsewhere
            && let Some(says) = self.not_for_this_site(&first)
        {
            let mend = format!(
                "send `access-control-allow-origin: {}` with the answer to POST too; without it \
                 pages use the format `opaque` and never know",
                self.origin
            );
            findings.push(Finding::wrong("status", says, mend));
        }
        if (200..300).contains(&first.status) || is_askwell(&first) {
            findings.push(self.copies(&first, self.post(&id, &body)));
        }
        findings
    }

    fn post(&self, id: &str, body: &str) -> Result<Answer, String> {
        let mut headers = vec![("origin", self.origin), ("content-type", "application/json")];
        if self.simple {
            headers = vec![("origin", self.origin), ("content-type", "text/plain;charset=utf-8")];
        } else {
            headers.push(("idempotency-key", id));
        }
        self.exchange.send("POST", self.url, &headers, body)
    }

    /// What the widget would make of the answer.
    fn status(&self, answer: &Answer) -> Finding {
        let Answer { status, .. } = answer;
        if is_askwell(answer) {
            return Finding::fine("status", "an Askwell receiver, which keeps the test aside");
        }
        if (300..400).contains(status) {
            let to = answer.header("location").unwrap_or("another address");
            let says = format!("it answers with {status} and leads to {to}");
            let mend = "name the address that it leads to: widgets follow no redirect, since that \
                        would turn POST into GET (for Apps Script use the format `apps-script`)";
            return Finding::wrong("status", says, mend);
        }
        let retry_after = answer.header("retry-after").map(str::to_owned);
        let reply = Reply::Answer { status: *status, retry_after, body: answer.body.clone() };
        let says = |what: &str| format!("it answers with {status}: {what}");
        match judge(&reply, 0.0) {
            Verdict::Acknowledged => Finding::fine("status", says("delivered")),
            Verdict::Retry { failure: Failure::Status(_), .. } => Finding::wrong(
                "status",
                says("widgets would try again, for ever"),
                "answer with 2xx once a submission is stored",
            ),
            Verdict::Paused(_) if !matches!(status, 401 | 403) => Finding::wrong(
                "status",
                says(
                    "a page, as proxies and firewalls write it; widgets would try again, ever more rarely",
                ),
                "is the address right, and does what stands before the endpoint let POST through?",
            ),
            Verdict::Paused(_) => Finding::wrong(
                "status",
                says("widgets would wait for a permission"),
                "let submissions in without a password; what a page holds, everybody holds",
            ),
            _ => Finding::wrong(
                "status",
                says("widgets would take that for a refusal and keep the submission"),
                "look into the endpoint's log: does it take JSON like this?",
            ),
        }
    }

    fn copies(&self, first: &Answer, second: Result<Answer, String>) -> Finding {
        let Ok(second) = second else {
            return Finding::wrong("copies", "the second try was not answered", "try again");
        };
        match (first.status, second.status) {
            (201, 200) | (_, 409) | (422, 422) => {
                Finding::fine("copies", "the second copy was told from a new submission")
            }
            (_, 200..=299) => Finding::open(
                "copies",
                "both copies were taken alike, so nobody can tell from outside: store one for each \
                 Idempotency-Key or submissionId, since replies get lost",
            ),
            (_, status) => Finding::wrong(
                "copies",
                format!("the second copy was answered with {status}"),
                "answer a copy like the first one, with 2xx",
            ),
        }
    }
}

/// Our own receiver says why it takes no submission to a survey that nobody has.
fn is_askwell(answer: &Answer) -> bool {
    answer.status == 422 && answer.body.contains("\"unknown-survey\"")
}
