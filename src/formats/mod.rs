//! Formats: how a submission is encoded for an endpoint; one file each, one row each in the table.
//!
//! An endpoint is an address that takes JSON, or a configuration of one or several targets, each
//! with a `format` and a `url`. Browsers that fetched the smaller engine know addresses only.

mod json;

#[cfg(not(lean))]
mod apps_script;
#[cfg(not(lean))]
mod callback;
#[cfg(not(lean))]
mod fields;
#[cfg(not(lean))]
mod form;
#[cfg(not(lean))]
mod formspree;
#[cfg(not(lean))]
mod hook;
#[cfg(not(lean))]
mod multipart;
#[cfg(not(lean))]
mod n8n;
#[cfg(not(lean))]
mod netlify;
#[cfg(not(lean))]
mod opaque;
#[cfg(not(lean))]
mod s3;
#[cfg(not(lean))]
mod secrets;
#[cfg(not(lean))]
mod supabase;
#[cfg(not(lean))]
mod target;
#[cfg(not(lean))]
mod text;
#[cfg(not(lean))]
mod xapi;

#[cfg(not(lean))]
pub use target::{Settings, Target};

/// What is sent to an endpoint, by POST to its address where nothing else is said.
#[derive(Clone, PartialEq)]
pub struct Request {
    /// Names in lower case, values without line breaks.
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
    #[cfg(not(lean))]
    pub way: Way,
}

/// How a request differs from a POST whose answer can be read.
#[cfg(not(lean))]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Way {
    /// The address, where it is not the one in the configuration.
    pub address: Option<String>,
    pub put: bool,
    /// Whether the answer comes after a redirect.
    pub follows: bool,
    /// Whether nothing of the answer can be read.
    pub opaque: bool,
}

impl Request {
    /// A POST to the endpoint's own address.
    pub fn new(headers: Vec<(&'static str, String)>, body: String) -> Request {
        Request {
            headers,
            body,
            #[cfg(not(lean))]
            way: Way::default(),
        }
    }
}

macro_rules! table {
    ($($(#[$gate:meta])? $name:literal $module:ident $variant:ident [$($setting:literal)*])*) => {
        /// How an endpoint wants submissions.
        ///
        /// ```
        /// use askwell::formats::Format;
        /// let request = Format::Json.encode("https://example.com/in", "0198…", r#"{"askwell":1}"#);
        /// assert_eq!(request.body, r#"{"askwell":1}"#);
        /// assert_eq!(Format::from_name("json"), Some(Format::Json));
        /// ```
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum Format {
            #[default]
            $($(#[$gate])? $variant,)*
        }

        impl Format {
            /// Every format, in the order of the documentation.
            pub const ALL: &[Format] = &[$($(#[$gate])? Format::$variant,)*];

            /// The name in configurations.
            pub fn name(self) -> &'static str {
                match self { $($(#[$gate])? Format::$variant => $name,)* }
            }

            /// The settings that it has beside `format` and `url`.
            #[cfg(not(lean))]
            pub fn settings(self) -> &'static [&'static str] {
                match self { $($(#[$gate])? Format::$variant => &[$($setting,)*],)* }
            }

            /// Encodes a submission by settings, given its id and its envelope as JSON text.
            #[cfg(not(lean))]
            pub fn encode_with(self, settings: &Settings, id: &str, envelope: &str) -> Request {
                match self {
                    $($(#[$gate])? Format::$variant => $module::encode(settings, id, envelope),)*
                }
            }
        }
    };
}

table! {
    "json" json Json []
    #[cfg(not(lean))]
    "text" text Text []
    #[cfg(not(lean))]
    "apps-script" apps_script AppsScript []
    #[cfg(not(lean))]
    "form" form Form []
    #[cfg(not(lean))]
    "multipart" multipart Multipart []
    #[cfg(not(lean))]
    "formspree" formspree Formspree []
    #[cfg(not(lean))]
    "netlify" netlify Netlify ["form"]
    #[cfg(not(lean))]
    "n8n" n8n N8n []
    #[cfg(not(lean))]
    "hook" hook Hook []
    #[cfg(not(lean))]
    "supabase" supabase Supabase ["key"]
    #[cfg(not(lean))]
    "xapi" xapi Xapi ["activity" "score"]
    #[cfg(not(lean))]
    "s3" s3 S3 ["ticket" "prefix"]
    #[cfg(not(lean))]
    "opaque" opaque Opaque []
    #[cfg(not(lean))]
    "callback" callback Callback []
}

impl Format {
    /// The format of that name.
    pub fn from_name(name: &str) -> Option<Format> {
        Format::ALL.iter().copied().find(|format| format.name() == name)
    }

    /// Encodes a submission for an endpoint, given its id and its envelope as JSON text.
    #[cfg(not(lean))]
    pub fn encode(self, endpoint: &str, id: &str, envelope: &str) -> Request {
        self.encode_with(&Settings::of(endpoint), id, envelope)
    }

    /// Encodes a submission, given its id and its envelope as JSON text.
    #[cfg(lean)]
    pub fn encode(self, _endpoint: &str, id: &str, envelope: &str) -> Request {
        json::encode(id, envelope)
    }
}
