//! Formats: how a submission is encoded for an endpoint; one file each, one row each in the table.

mod json;

/// What is sent to an endpoint by POST.
#[derive(Clone, PartialEq)]
pub struct Request {
    /// Names in lower case, values without line breaks.
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

macro_rules! table {
    ($($name:literal $module:ident $variant:ident)*) => {
        /// How an endpoint wants submissions.
        ///
        /// ```
        /// use askwell::formats::Format;
        /// let request = Format::Json.encode("0198…", r#"{"askwell":1}"#);
        /// assert_eq!(request.body, r#"{"askwell":1}"#);
        /// assert_eq!(Format::from_name("json"), Some(Format::Json));
        /// ```
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum Format {
            #[default]
            $($variant,)*
        }

        impl Format {
            /// Every format, in the order of the documentation.
            pub const ALL: &[Format] = &[$(Format::$variant,)*];

            /// The name in configurations.
            pub fn name(self) -> &'static str {
                match self { $(Format::$variant => $name,)* }
            }

            /// Encodes a submission, given its id and its envelope as JSON text.
            pub fn encode(self, id: &str, envelope: &str) -> Request {
                match self { $(Format::$variant => $module::encode(id, envelope),)* }
            }
        }
    };
}

table! {
    "json" json Json
}

impl Format {
    /// The format of that name.
    pub fn from_name(name: &str) -> Option<Format> {
        Format::ALL.iter().copied().find(|format| format.name() == name)
    }
}
