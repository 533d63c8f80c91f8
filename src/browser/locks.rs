//! Locks between tabs, so that no two send the same entry at once.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::database::Database;
use super::now_ms;

/// How long an entry stays claimed by a tab that died, where Web Locks are missing: longer than
/// any request takes.
const CLAIM_MS: f64 = 60_000.0;

#[wasm_bindgen]
extern "C" {
    /// A `LockManager`: `web-sys` counts it as unstable.
    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(
        this: &LockManager,
        name: &str,
        options: &Object,
        callback: &Function,
    ) -> Result<Promise, JsValue>;
}

/// A lock that is held; give it back with [`Lock::release`]. The browser takes it back itself when
/// the tab dies.
pub enum Lock {
    /// A Web Lock, which lasts until this is called.
    Web(Function),
    /// A row in the database, for pages without Web Locks: old browsers, and every page over plain
    /// HTTP, such as a kiosk in a local network.
    Claim,
    /// Neither works, so nothing is shared with other tabs either.
    Alone,
}

/// Locks an entry by its id, or returns nothing where another tab has it locked.
pub async fn acquire(database: &Database, id: &str) -> Option<Lock> {
    if let Some(granted) = web_lock(id).await {
        return granted.map(Lock::Web);
    }
    match database.claim(id, now_ms(), now_ms() + CLAIM_MS).await {
        Ok(true) => Some(Lock::Claim),
        Ok(false) => None,
        Err(_) => Some(Lock::Alone),
    }
}

impl Lock {
    pub async fn release(self, database: &Database, id: &str) {
        match self {
            Lock::Web(release) => drop(release.call0(&JsValue::UNDEFINED)),
            // Where this fails, the claim runs out by itself.
            Lock::Claim => drop(database.release(id).await),
            Lock::Alone => {}
        }
    }
}

/// The function that releases the lock, or `Some(None)` where another tab has it; nothing where
/// there are no Web Locks.
async fn web_lock(id: &str) -> Option<Option<Function>> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok().filter(JsValue::is_object)?;
    let options = Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE).ok()?;

    // The lock lasts as long as the promise that its callback returns.
    let (held, release) = pair();
    let (granted, grant) = pair();
    let callback = Closure::once(move |lock: JsValue| {
        let _ = grant.call1(&JsValue::UNDEFINED, &lock);
        if lock.is_null() { JsValue::UNDEFINED } else { held.into() }
    });
    let locks = locks.unchecked_into::<LockManager>();
    let name = format!("askwell:{id}");
    let request = locks.request(&name, &options, callback.as_ref().unchecked_ref()).ok()?;
    // A request that is refused, as in a page that is going away, never calls back.
    let lock = JsFuture::from(Promise::race(&js_sys::Array::of2(&granted, &request))).await.ok()?;
    Some((!lock.is_null()).then_some(release))
}

/// A promise and the function that resolves it.
fn pair() -> (Promise, Function) {
    // No `Function::default()` to begin with: that evaluates text, which Trusted Types refuse.
    let mut resolver = JsValue::UNDEFINED;
    let promise = Promise::new(&mut |resolve, _| resolver = resolve.into());
    (promise, resolver.unchecked_into())
}
