//! The area to sign in.

use leptos::prelude::*;
use leptos::web_sys::{
    CanvasRenderingContext2d, Element, HtmlCanvasElement, HtmlImageElement, PointerEvent,
};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Dark as ink in every theme: the image is read on paper, too.
const INK: &str = "#14181f";

/// A canvas, with where the pen is.
pub struct Pad {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
}

impl Pad {
    /// The pad on a canvas; nothing where the browser cannot draw.
    pub fn of(canvas: &Element) -> Option<Pad> {
        let canvas: HtmlCanvasElement = canvas.clone().dyn_into().ok()?;
        let context = canvas.get_context("2d").ok()??;
        Some(Pad { canvas, context: context.dyn_into().ok()? })
    }

    fn size(&self) -> (f64, f64) {
        (f64::from(self.canvas.width()), f64::from(self.canvas.height()))
    }

    /// Where a pointer is on the image, however large the image is shown.
    fn place(&self, event: &PointerEvent) -> (f64, f64) {
        let (shown, (width, height)) = (self.canvas.get_bounding_client_rect(), self.size());
        let x = (f64::from(event.client_x()) - shown.left()) * width / shown.width().max(1.0);
        let y = (f64::from(event.client_y()) - shown.top()) * height / shown.height().max(1.0);
        (x, y)
    }

    /// Puts the pen down: a dot.
    pub fn begin(&self, event: &PointerEvent) {
        let _ = self.canvas.set_pointer_capture(event.pointer_id());
        self.context.set_stroke_style_str(INK);
        self.context.set_line_width(self.size().0 / 160.0);
        self.context.set_line_cap("round");
        self.context.set_line_join("round");
        let (x, y) = self.place(event);
        self.context.begin_path();
        self.context.move_to(x, y);
        self.context.line_to(x, y);
        self.context.stroke();
    }

    /// Draws the pen on.
    pub fn draw(&self, event: &PointerEvent) {
        let (x, y) = self.place(event);
        self.context.line_to(x, y);
        self.context.stroke();
        self.context.begin_path();
        self.context.move_to(x, y);
    }

    /// Writes a name in the middle.
    pub fn write(&self, name: &str) {
        self.clear();
        let (width, height) = self.size();
        let size = (height * 0.4).round().to_string();
        let font = ["italic ", &size, "px \"Segoe Script\", \"Snell Roundhand\", cursive, serif"];
        self.context.set_font(&font.concat());
        self.context.set_fill_style_str(INK);
        self.context.set_text_align("center");
        self.context.set_text_baseline("middle");
        let (x, y) = (width / 2.0, height / 2.0);
        let _ = self.context.fill_text_with_max_width(name, x, y, width * 0.9);
    }

    pub fn clear(&self) {
        let (width, height) = self.size();
        self.context.clear_rect(0.0, 0.0, width, height);
    }

    /// The image as `data:` URL.
    pub fn image(&self) -> Option<String> {
        self.canvas.to_data_url().ok()
    }

    /// Shows an image that was drawn before.
    pub fn show(&self, url: &str) {
        self.clear();
        let Ok(image) = HtmlImageElement::new() else { return };
        let (context, drawn) = (self.context.clone(), image.clone());
        let loaded = Closure::once_into_js(move || {
            let _ = context.draw_image_with_html_image_element(&drawn, 0.0, 0.0);
        });
        image.set_onload(Some(loaded.unchecked_ref()));
        image.set_src(url);
    }
}

/// What is on the pad of one question: the image that it shows, whether the pen is down, and
/// whether the image is of a typed name.
#[derive(Clone, Copy)]
pub struct Pen {
    pub shown: StoredValue<String>,
    pub down: StoredValue<bool>,
    pub typed: RwSignal<String>,
}

impl Pen {
    pub fn new() -> Self {
        Pen {
            shown: StoredValue::new(String::new()),
            down: StoredValue::new(false),
            typed: RwSignal::new(String::new()),
        }
    }
}
