//! Where respondents may be sent after the last page.

use super::source::SurveySource;
use crate::definition::{Log, Place};
use crate::text::{Piece, pieces};

/// Reports addresses that a survey must not send anybody to.
pub fn check_addresses(source: &SurveySource, log: &Log) {
    for (index, end) in source.screen_outs.iter().enumerate() {
        let place = Place::ROOT.key("screenOuts");
        check(end.redirect.as_deref(), &place.index(index), log);
    }
    let Some(completion) = &source.completion else { return };
    let place = Place::ROOT.key("completion");
    check(completion.redirect.as_deref(), &place, log);
    let place = place.key("redirectOnCondition");
    for (index, redirect) in completion.redirects.iter().enumerate() {
        check(Some(&redirect.redirect), &place.index(index), log);
    }
}

fn check(address: Option<&str>, place: &Place, log: &Log) {
    let Some(address) = address else { return };
    let place = place.key("redirect");
    // What is filled in must not decide where it leads.
    let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    let host = host.and_then(|rest| rest.split(['/', '?', '#']).next());
    if host.is_none_or(|host| host.is_empty() || host.contains(['{', ' ', '@', '\\'])) {
        log.error("address", &place, "an address begins with https:// or http:// and a host");
    }
    let of_context = |name: &str| name.trim_start_matches('#').starts_with("context.");
    for piece in pieces(address) {
        if let Piece::Name(name) = piece
            && !of_context(name)
        {
            let message = format_args!("answers do not go into addresses, so `{name}` cannot");
            log.error("address", &place, message);
        }
    }
}
