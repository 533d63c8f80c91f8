//! How the definition of a text describes its mask.

use crate::definition::{definition, definition_words};
use crate::text::Text;
use crate::value::Value;

definition_words! {
    /// Which form a text is brought into while it is typed.
    pub enum MaskType {
        None "none",
        /// Digits and letters in a pattern.
        Pattern "pattern",
        /// A number.
        Numeric "numeric",
        /// A number with a currency before or behind it.
        Currency "currency",
        /// A date or a time.
        DateTime "datetime",
    }
}

definition! {
    /// The settings of a mask.
    pub struct MaskSettings {
        /// `pattern`: 9 is a digit, a is a letter, # is either, and a backslash takes the next
        /// sign as it is. `datetime`: yyyy, mm, dd, HH, MM and ss in any order.
        pub pattern "pattern": String = String::new(),
        /// Whether a number may be below zero.
        pub negative "allowNegativeValues": bool = true,
        /// What separates the decimals of a number.
        pub decimal "decimalSeparator": String = String::from("."),
        /// What groups the digits of a number; may be empty.
        pub thousands "thousandsSeparator": String = String::from(","),
        /// How many decimals a number may have.
        pub precision "precision": u32 = 2,
        /// The smallest number, or the earliest time as ISO 8601 text.
        pub min "min": Option<Value>,
        /// The largest number, or the latest time as ISO 8601 text.
        pub max "max": Option<Value>,
        /// What stands before a currency.
        pub prefix "prefix": Option<Text>,
        /// What stands behind a currency.
        pub suffix "suffix": Option<Text>,
        /// Whether the answer is stored as it is shown; else numbers are stored as numbers,
        /// times as ISO 8601 text, and patterns without what stands between their slots.
        pub save_masked "saveMaskedValue": bool,
    }
}
