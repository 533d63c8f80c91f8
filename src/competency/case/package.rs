//! What a `CFPackage` holds, as far as units have a place for it; the rest is kept as it is.

use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Package {
    #[serde(rename = "CFDocument")]
    pub document: Header,
    #[serde(rename = "CFItems", default)]
    pub items: Vec<Item>,
    #[serde(rename = "CFAssociations", default)]
    pub associations: Vec<Association>,
    #[serde(flatten)]
    pub others: Map<String, Value>,
}

#[derive(Deserialize)]
pub struct Header {
    pub identifier: String,
    pub title: String,
    #[serde(default)]
    pub language: Option<String>,
    #[serde(default)]
    pub subject: Vec<String>,
    #[serde(default)]
    pub version: Option<String>,
    #[serde(default)]
    pub extensions: Map<String, Value>,
    #[serde(flatten)]
    pub others: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    pub identifier: String,
    pub full_statement: String,
    #[serde(rename = "CFItemType", default)]
    pub item_type: String,
    #[serde(default)]
    pub human_coding_scheme: Option<String>,
    #[serde(default)]
    pub list_enumeration: Option<String>,
    #[serde(default)]
    pub language: Option<String>,
    #[serde(default)]
    pub extensions: Map<String, Value>,
    #[serde(flatten)]
    pub others: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Association {
    pub association_type: String,
    #[serde(default)]
    pub sequence_number: Option<i64>,
    #[serde(rename = "originNodeURI")]
    pub origin: Node,
    #[serde(rename = "destinationNodeURI")]
    pub destination: Node,
    #[serde(flatten)]
    pub others: Map<String, Value>,
}

#[derive(Deserialize)]
pub struct Node {
    #[serde(default)]
    pub title: String,
    pub identifier: String,
    #[serde(flatten)]
    pub others: Map<String, Value>,
}
