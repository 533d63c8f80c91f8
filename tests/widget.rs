//! The custom element in a real browser: the loader's class over the functions it calls.
#![cfg(target_arch = "wasm32")]

#[path = "widget/page.rs"]
mod page;

#[path = "widget/answering.rs"]
mod answering;
#[path = "widget/drafts.rs"]
mod drafts;
#[path = "widget/elements.rs"]
mod elements;
#[path = "widget/going.rs"]
mod going;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
