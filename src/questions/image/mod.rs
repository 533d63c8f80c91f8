//! Look at an image. There is nothing to answer.

#[cfg(feature = "ui")]
pub mod view;

use super::QuestionType;
use crate::definition::{Log, Place, definition};
use crate::issue::Issue;
use crate::text::{Language, Text};
use crate::value::Value;

definition! {
    /// Look at an image; there is nothing to answer.
    pub struct Image {
        /// Where it lies: relative to the page, or on the web.
        pub link "imageLink": String,
        /// What it shows, for those who do not see it.
        pub alt "altText": Text,
        /// How wide it is at most, in pixels; 0 for its own width.
        pub width "imageWidth": u32 = 0,
        /// How high it is at that width; 0 for its own height.
        pub height "imageHeight": u32 = 0,
    }
}

impl QuestionType for Image {
    fn takes_answer(&self) -> bool {
        false
    }

    fn check(&self, _: &Value, _: &mut Vec<Issue>) {}

    fn missing(&self, _: &Value) -> Option<Issue> {
        None
    }

    fn display(&self, _: &Value, _: &Language) -> String {
        String::new()
    }

    fn texts(&self) -> Vec<&Text> {
        vec![&self.alt]
    }

    fn lint(&self, place: &Place, log: &Log) {
        if !is_link(&self.link) {
            let message = "an image lies at an address relative to the page, or under https://";
            log.error("unsafe-link", &place.key("imageLink"), message);
        }
    }
}

/// Whether something is a link to an image, or an image as data.
pub fn is_picture(link: &str) -> bool {
    let data = link.strip_prefix("data:image/");
    let known = ["png;", "jpeg;", "gif;", "webp;", "avif;", "svg+xml;", "svg+xml,"];
    data.is_some_and(|data| known.iter().any(|kind| data.starts_with(kind))) || is_link(link)
}

/// Whether a link is relative or of the web; never data, and nothing that runs.
pub fn is_link(link: &str) -> bool {
    let first = link.split(['/', '?', '#']).next().unwrap_or_default();
    let of_the_web = first.eq_ignore_ascii_case("https:") || first.eq_ignore_ascii_case("http:");
    let clean = !link.contains(|c: char| c.is_whitespace() || c.is_control());
    !link.is_empty() && clean && (of_the_web || !first.contains(':'))
}

#[cfg(test)]
mod tests {
    use super::{is_link, is_picture};

    #[test]
    fn only_relative_links_and_links_of_the_web_are_taken() {
        for link in ["map.svg", "../map.svg?x=a:b", "/a/b.png", "HTTPS://example.com/a.png"] {
            assert!(is_link(link), "{link}");
        }
        for link in ["", "javascript:alert(1)", "data:image/png;base64,AA", "a b.png", "\tx.png"] {
            assert!(!is_link(link), "{link}");
        }
        assert!(is_picture("data:image/png;base64,AA") && is_picture("map.svg"));
        assert!(!is_picture("data:text/html,x") && !is_picture("data:image/x;a,b"));
    }
}
