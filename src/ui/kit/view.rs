//! What elements hold: texts, further elements, and what follows the answers.
//!
//! One type for all of it, built and changed by one piece of code. Leptos's own views are types of
//! their own wherever they are written, and each is compiled anew.

use leptos::prelude::*;
use leptos::web_sys::{self, Node};

use super::element::{Element, ElementState};

/// Something to be seen.
pub enum View {
    Text(String),
    Element(Element),
    Several(Vec<View>),
    /// Made again whenever what the closure reads changes.
    Live(Box<dyn FnMut() -> View + Send>),
}

/// A view that is made again whenever what the closure reads changes.
pub fn live<T: Into<View>>(mut view: impl FnMut() -> T + Send + 'static) -> View {
    View::Live(Box::new(move || view().into()))
}

/// Nothing to see.
pub fn nothing() -> View {
    View::Text(String::new())
}

impl From<&str> for View {
    fn from(text: &str) -> View {
        View::Text(text.to_owned())
    }
}

impl From<String> for View {
    fn from(text: String) -> View {
        View::Text(text)
    }
}

impl From<super::Words> for View {
    fn from(words: super::Words) -> View {
        live(words)
    }
}

impl From<Element> for View {
    fn from(element: Element) -> View {
        View::Element(element)
    }
}

impl<T: Into<View>> From<Option<T>> for View {
    fn from(view: Option<T>) -> View {
        view.map_or_else(nothing, Into::into)
    }
}

impl<T: Into<View>> From<Vec<T>> for View {
    fn from(views: Vec<T>) -> View {
        View::Several(views.into_iter().map(Into::into).collect())
    }
}

/// Views beside each other.
macro_rules! beside {
    ($($name:ident)+) => {
        impl<$($name: Into<View>),+> From<($($name,)+)> for View {
            #[allow(non_snake_case)]
            fn from(($($name,)+): ($($name,)+)) -> View {
                View::Several(vec![$($name.into()),+])
            }
        }
    };
}
beside! { A B }
beside! { A B C }
beside! { A B C D }

/// A view in the page.
pub enum Shown {
    Text(web_sys::Text, String),
    Element(ElementState),
    /// At least one.
    Several(Vec<Shown>),
    Live(Following),
}

/// What a closure keeps as it says.
pub struct Following(RenderEffect<Shown>);

impl Drop for Following {
    // The task behind an effect holds what is shown until its next turn. Until then the effects
    // inside would still follow what may be gone already.
    fn drop(&mut self) {
        self.0.take_value();
    }
}

impl View {
    pub fn build(self) -> Shown {
        match self {
            View::Text(text) => Shown::Text(document().create_text_node(&text), text),
            View::Element(element) => Shown::Element(element.build()),
            // A text without letters keeps the place.
            View::Several(views) if views.is_empty() => nothing().build(),
            View::Several(views) => Shown::Several(views.into_iter().map(View::build).collect()),
            View::Live(view) => follow(view, None),
        }
    }
}

/// Keeps a view as the closure says, from what is shown already where there is something.
fn follow(mut view: Box<dyn FnMut() -> View + Send>, shown: Option<Shown>) -> Shown {
    let change = move |before: Option<Shown>| match before {
        None => view().build(),
        Some(mut shown) => {
            shown.change(view());
            shown
        }
    };
    Shown::Live(Following(RenderEffect::new_with_value(change, shown)))
}

impl Shown {
    pub fn mount(&self, parent: &Node, before: Option<&Node>) {
        self.each(&mut |node| {
            let _ = parent.insert_before(node, before);
        });
    }

    fn remove(&self) {
        self.each(&mut |node| {
            if let Some(parent) = node.parent_node() {
                let _ = parent.remove_child(node);
            }
        });
    }

    /// The nodes that stand beside each other, in order.
    fn each(&self, take: &mut dyn FnMut(&Node)) {
        match self {
            Shown::Text(node, _) => take(node),
            Shown::Element(element) => take(element.node()),
            Shown::Several(shown) => shown.iter().for_each(|shown| shown.each(take)),
            Shown::Live(following) => {
                following.0.with_value_mut(|shown| shown.each(take));
            }
        }
    }

    /// Texts change in place, so that nothing is announced that stays; everything else is replaced.
    fn change(&mut self, view: View) {
        match (view, &mut *self) {
            (View::Text(text), Shown::Text(node, old)) => {
                if *old != text {
                    node.set_data(&text);
                    *old = text;
                }
            }
            (View::Several(views), Shown::Several(shown)) if views.len() == shown.len() => {
                views.into_iter().zip(shown).for_each(|(view, shown)| shown.change(view));
            }
            (View::Live(view), Shown::Live(following)) => {
                *self = follow(view, following.0.take_value());
            }
            (view, _) => {
                let new = view.build();
                let mut first = None;
                self.each(&mut |node| {
                    first.get_or_insert_with(|| node.clone());
                });
                if let Some(first) = first
                    && let Some(parent) = first.parent_node()
                {
                    new.mount(&parent, Some(&first));
                }
                self.remove();
                *self = new;
            }
        }
    }
}
