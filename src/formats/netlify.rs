//! `netlify`: a Netlify form of the same site, named by the setting `form`. Netlify keeps only fields
//! that stand in the static HTML form, so `submission` holds everything.

use super::{Request, Settings, fields, form};

pub fn encode(settings: &Settings, id: &str, envelope: &str) -> Request {
    let mut all = vec![("form-name".to_owned(), settings.text("form").to_owned())];
    all.extend(fields::of(id, envelope));
    form::request(&all)
}
