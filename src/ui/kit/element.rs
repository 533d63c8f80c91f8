//! Builds DOM elements that change in place.
//!
//! Used instead of `view!` for two reasons. The macro renders a subtree in which nothing is
//! dynamic through `innerHTML`, which Trusted Types forbid. And it makes a new type, hence new
//! code, wherever it is written: here all elements are one type, so the WebAssembly stays small.

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::{RemoveEventHandler, Rndr};
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
use leptos::web_sys;
use wasm_bindgen::{JsCast, JsValue};

use super::view::{Shown, View};

/// What follows the answers. Each kind holds a boxed closure, because code that takes any
/// closure is compiled anew for each.
enum Effect {
    Attribute(&'static str, Box<dyn FnMut() -> Option<String> + Send>),
    Flag(&'static str, Box<dyn FnMut() -> bool + Send>),
    Property(&'static str, Box<dyn FnMut() -> JsValue + Send>),
    Variable(&'static str, Box<dyn FnMut() -> String + Send>),
    Any(Box<dyn FnMut(&web_sys::Element) + Send>),
}

impl Effect {
    fn run(&mut self, element: &web_sys::Element) {
        match self {
            Effect::Attribute(name, value) => set_attribute(element, name, value()),
            Effect::Flag(name, on) => set_attribute(element, name, on().then(String::new)),
            Effect::Property(name, value) => set_property(element, name, &value()),
            Effect::Variable(name, value) => {
                let element: &web_sys::HtmlElement = element.unchecked_ref();
                let _ = element.style().set_property(name, &value());
            }
            Effect::Any(effect) => effect(element),
        }
    }
}

type Listener = (&'static str, Box<dyn FnMut(Event) + Send>);

/// An element to be: tag, attributes, listeners and children. It is a view once it is built.
pub struct Element {
    tag: &'static str,
    namespace: Option<&'static str>,
    attributes: Vec<(&'static str, String)>,
    effects: Vec<Effect>,
    listeners: Vec<Listener>,
    children: Vec<View>,
}

/// An HTML element.
pub fn element(tag: &'static str) -> Element {
    Element {
        tag,
        namespace: None,
        attributes: Vec::new(),
        effects: Vec::new(),
        listeners: Vec::new(),
        children: Vec::new(),
    }
}

/// An SVG element.
pub fn svg_element(tag: &'static str) -> Element {
    Element { namespace: Some("http://www.w3.org/2000/svg"), ..element(tag) }
}

impl Element {
    /// An attribute that stays.
    pub fn set(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// The CSS class, which is also the name for `::part()`.
    pub fn part(self, name: &'static str) -> Self {
        self.set("class", name).set("part", name)
    }

    /// An attribute that follows what the closure reads; `None` takes it away.
    pub fn live(
        self,
        name: &'static str,
        value: impl FnMut() -> Option<String> + Send + 'static,
    ) -> Self {
        self.follow(Effect::Attribute(name, Box::new(value)))
    }

    /// An attribute without a value that is there while the closure holds, such as `disabled`.
    pub fn flag(self, name: &'static str, on: impl FnMut() -> bool + Send + 'static) -> Self {
        self.follow(Effect::Flag(name, Box::new(on)))
    }

    /// A DOM property that follows what the closure reads. It is left alone where it already
    /// holds the value, so that a caret stays where it is.
    pub fn property<T: Into<JsValue>>(
        self,
        name: &'static str,
        mut value: impl FnMut() -> T + Send + 'static,
    ) -> Self {
        self.follow(Effect::Property(name, Box::new(move || value().into())))
    }

    /// A CSS custom property. Set through the object model, because content security policies
    /// refuse `style` attributes.
    pub fn variable(self, name: &'static str, value: String) -> Self {
        self.live_variable(name, move || value.clone())
    }

    /// A CSS custom property that follows what the closure reads.
    pub fn live_variable(
        self,
        name: &'static str,
        value: impl FnMut() -> String + Send + 'static,
    ) -> Self {
        self.follow(Effect::Variable(name, Box::new(value)))
    }

    /// Something that is done to the element now and whenever what it reads changes.
    pub fn effect(self, effect: impl FnMut(&web_sys::Element) + Send + 'static) -> Self {
        self.follow(Effect::Any(Box::new(effect)))
    }

    #[inline(never)]
    fn follow(mut self, effect: Effect) -> Self {
        self.effects.push(effect);
        self
    }

    /// A listener; what it reads is not tracked.
    pub fn on(self, event: &'static str, listener: impl FnMut(Event) + Send + 'static) -> Self {
        self.listen((event, Box::new(listener)))
    }

    #[inline(never)]
    fn listen(mut self, listener: Listener) -> Self {
        self.listeners.push(listener);
        self
    }

    /// A child: a text, an element, or any other view.
    pub fn child(self, child: impl Into<View>) -> Self {
        self.with(child.into())
    }

    #[inline(never)]
    fn with(mut self, child: View) -> Self {
        self.children.push(child);
        self
    }

    /// Several elements as children.
    pub fn children(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        self.children.extend(children.into_iter().map(View::Element));
        self
    }
}

fn set_attribute(element: &web_sys::Element, name: &str, value: Option<String>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, &value),
        None => element.remove_attribute(name),
    };
}

fn set_property(element: &web_sys::Element, name: &str, value: &JsValue) {
    let name = JsValue::from_str(name);
    if js_sys::Reflect::get(element, &name).as_ref() != Ok(value) {
        let _ = js_sys::Reflect::set(element, &name, value);
    }
}

/// A built element with what keeps it alive.
pub struct ElementState {
    node: web_sys::Element,
    _effects: Vec<RenderEffect<()>>,
    _listeners: Vec<RemoveEventHandler<web_sys::Element>>,
    _children: Vec<Shown>,
}

impl ElementState {
    pub fn node(&self) -> &web_sys::Node {
        &self.node
    }
}

impl Render for Element {
    type State = ElementState;

    fn build(self) -> ElementState {
        let node = Rndr::create_element(self.tag, self.namespace);
        for (name, value) in self.attributes {
            let _ = node.set_attribute(name, &value);
        }
        let children: Vec<Shown> = self.children.into_iter().map(View::build).collect();
        for child in &children {
            child.mount(&node, None);
        }
        let owner = Owner::current().unwrap_or_default();
        let listen = |(event, mut listener): Listener| {
            let owner = owner.clone();
            let listener = move |event: JsValue| {
                owner.with(|| untrack(|| listener(event.unchecked_into())));
            };
            Rndr::add_event_listener(&node, event, Box::new(listener))
        };
        let listeners = self.listeners.into_iter().map(listen).collect();
        let follow = |mut effect: Effect| {
            let node = node.clone();
            RenderEffect::new(move |_| effect.run(&node))
        };
        let effects = self.effects.into_iter().map(follow).collect();
        ElementState { node, _effects: effects, _listeners: listeners, _children: children }
    }

    fn rebuild(self, state: &mut ElementState) {
        let mut old = std::mem::replace(state, self.build());
        old.insert_before_this(state);
        old.unmount();
    }
}

impl Mountable for ElementState {
    fn unmount(&mut self) {
        self.node.remove();
    }

    fn mount(&mut self, parent: &web_sys::Element, marker: Option<&web_sys::Node>) {
        Rndr::insert_node(parent, &self.node, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        // Unchecked, because the parent may be a shadow root, which is no element.
        let parent = self.node.parent_node();
        parent.is_some_and(|parent| child.try_mount(parent.unchecked_ref(), Some(&self.node)))
    }

    fn elements(&self) -> Vec<web_sys::Element> {
        vec![self.node.clone()]
    }
}

impl AddAnyAttr for Element {
    type Output<NewAttr: Attribute> = Self;

    /// Attributes that a parent component spreads are not taken: `::part()` is the way in.
    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self {
        self
    }
}

/// Askwell renders in the browser only, so there is no HTML to print or to pick up again.
impl RenderHtml for Element {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        _: &mut String,
        _: &mut Position,
        _: bool,
        _: bool,
        _: Vec<AnyAttribute>,
    ) {
    }

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> ElementState {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}
