//! The image below title and description. The browser fetches it once it is near.

use super::Image;
use crate::ui::kit::{Field, View, element, figure};

pub fn view(options: &Image, field: Field) -> View {
    let alt = options.alt.clone();
    let size = |pixels: u32| move || (pixels > 0).then(|| pixels.to_string());
    // Without `loading` first, the browser would begin as soon as it knows where the image lies.
    let image = element("img")
        .part("image")
        .set("loading", "lazy")
        .set("decoding", "async")
        .set("src", options.link.clone())
        .live("alt", move || Some(field.text(&alt)))
        .live("width", size(options.width))
        .live("height", size(options.height));
    figure(field, image)
}
