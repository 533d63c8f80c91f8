//! What no story asks for and each must fail on: the browser's own complaints.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::harness::Stage;

/// Whether a script on a page under the strict policy spoils the story.
fn is_noticed(name: &str, script: &str) -> Option<bool> {
    let stage = Stage::set_with_receiver(name)?;
    stage.puts("own.html", "<!doctype html><title>Own</title><link rel=icon href=icon.svg><script src=own.js></script><p>Here");
    stage.puts("own.js", script);
    let respondent = stage.respondent();
    respondent.opens("/own.html");
    respondent.sees("Here");
    Some(catch_unwind(AssertUnwindSafe(|| drop(respondent))).is_err())
}

#[test]
fn what_a_browser_refuses_fails_the_test() {
    let refused = [
        ("vigilance-html", "try { document.createElement('p').innerHTML = '<b>no</b>' } catch {}"),
        ("vigilance-eval", "try { eval('1') } catch {}"),
        ("vigilance-fetch", "fetch('https://example.com/').catch(() => {})"),
        ("vigilance-error", "throw new Error('nobody catches this')"),
        ("vigilance-promise", "Promise.reject(new Error('nor this'))"),
    ];
    for (name, script) in refused {
        let Some(noticed) = is_noticed(name, script) else { return };
        assert!(noticed, "{script} went unnoticed");
    }
    assert_eq!(is_noticed("vigilance-calm", "console.log('fine')"), Some(false));
}
