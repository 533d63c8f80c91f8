//! A copy of the submission for the respondent, where it cannot be delivered.

use leptos::prelude::*;
use leptos::web_sys::{Blob, HtmlAnchorElement, Url};
use wasm_bindgen::{JsCast, JsValue};

use super::controller::Controller;

impl Controller {
    /// Saves the submission as a file.
    pub fn download(self) {
        let Some(submission) = self.submission() else { return };
        let name = format!("{}-{}.json", submission.survey.id, submission.submission_id);
        let _ = save(&name, &submission.to_json());
    }
}

fn save(name: &str, text: &str) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let address = Url::create_object_url_with_blob(&Blob::new_with_str_sequence(&parts)?)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The download has begun; the address is of no more use.
    Url::revoke_object_url(&address)
}
