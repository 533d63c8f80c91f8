//! The outbox's storage: IndexedDB with strict durability.

use std::cell::RefCell;

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{IdbDatabase, IdbRequest, IdbTransaction};

use super::promise::settle;
use crate::outbox::Entry;

const NAME: &str = "askwell";

/// Entries as JSON text by id.
const QUEUE: &str = "queue";
/// The surveys' ids by the ids of acknowledged submissions: the log to reconcile with.
const ACKNOWLEDGED: &str = "acknowledged";
/// The moments until which an entry is claimed, by id; only where Web Locks are missing.
const CLAIMS: &str = "claims";

/// How long IndexedDB may take before it counts as unavailable.
const LIMIT_MS: i32 = 8000;

/// Storage is blocked, full, missing or does not answer.
#[derive(Debug)]
pub struct Unavailable;

#[wasm_bindgen]
extern "C" {
    /// An `IDBDatabase`: `web-sys` does not have the options of a transaction yet.
    type Connection;

    #[wasm_bindgen(method, catch)]
    fn transaction(
        this: &Connection,
        stores: &Array,
        mode: &str,
        options: &Object,
    ) -> Result<IdbTransaction, JsValue>;
}

/// The database that all couriers of a site share. It is opened on first use, and again when the
/// connection was lost, as iOS does to pages in the background.
#[derive(Default)]
pub struct Database {
    connection: RefCell<Option<IdbDatabase>>,
}

impl Database {
    /// Writes an entry; resolves once it is on disk.
    pub async fn put(&self, entry: &Entry) -> Result<(), Unavailable> {
        let (id, text) = (JsValue::from(&entry.id), JsValue::from(entry.to_json()));
        self.run(&|stores| stores.object_store(QUEUE)?.put_with_key(&text, &id)).await?;
        Ok(())
    }

    /// The entry of an id, if it waits here.
    pub async fn entry(&self, id: &str) -> Result<Option<Entry>, Unavailable> {
        let id = JsValue::from(id);
        let text = self.run(&|stores| stores.object_store(QUEUE)?.get(&id)).await?;
        Ok(text.as_string().and_then(|text| Entry::from_json(&text)))
    }

    /// Every entry that can be read. What cannot, as from a later version, stays where it is.
    pub async fn entries(&self) -> Result<Vec<Entry>, Unavailable> {
        let texts = self.run(&|stores| stores.object_store(QUEUE)?.get_all()).await?;
        let texts = texts.unchecked_into::<Array>().to_vec();
        let texts = texts.iter().filter_map(JsValue::as_string);
        Ok(texts.filter_map(|text| Entry::from_json(&text)).collect())
    }

    /// Removes an entry and notes its id as acknowledged, both or neither.
    pub async fn acknowledge(&self, id: &str, survey: &str) -> Result<(), Unavailable> {
        let (id, survey) = (JsValue::from(id), JsValue::from(survey));
        self.run(&|stores| {
            stores.object_store(QUEUE)?.delete(&id)?;
            stores.object_store(ACKNOWLEDGED)?.put_with_key(&survey, &id)
        })
        .await?;
        Ok(())
    }

    /// Whether the id was acknowledged to any tab.
    pub async fn is_acknowledged(&self, id: &str) -> Result<bool, Unavailable> {
        let id = JsValue::from(id);
        let survey = self.run(&|stores| stores.object_store(ACKNOWLEDGED)?.get(&id)).await?;
        Ok(!survey.is_undefined())
    }

    /// Claims an id from now until a later moment, both in milliseconds since 1970. False where
    /// somebody else has claimed it for as long; a claim for longer was made by another clock.
    pub async fn claim(&self, id: &str, now_ms: f64, until_ms: f64) -> Result<bool, Unavailable> {
        let id = JsValue::from(id);
        let is_free = move |claimed: &JsValue| {
            !claimed.as_f64().is_some_and(|claimed| claimed > now_ms && claimed <= until_ms)
        };
        let claimed = self
            .run(&|stores| {
                let store = stores.object_store(CLAIMS)?;
                let request = store.get(&id)?;
                let (found, id) = (request.clone(), id.clone());
                let write = Closure::once_into_js(move || {
                    if found.result().is_ok_and(|claimed| is_free(&claimed)) {
                        let _ = store.put_with_key(&until_ms.into(), &id);
                    }
                });
                request.set_onsuccess(Some(write.unchecked_ref()));
                Ok(request)
            })
            .await?;
        Ok(is_free(&claimed))
    }

    /// Gives a claim back.
    pub async fn release(&self, id: &str) -> Result<(), Unavailable> {
        let id = JsValue::from(id);
        self.run(&|stores| stores.object_store(CLAIMS)?.delete(&id)).await?;
        Ok(())
    }

    /// Makes requests in a transaction; resolves with what the last of them found, once all that
    /// was written is on disk. Tries again where an open connection turns out to be lost.
    async fn run(&self, work: &Work<'_>) -> Result<JsValue, Unavailable> {
        for may_be_lost in [true, false] {
            let was_open = self.connection.borrow().is_some();
            if let Ok(found) = self.attempt(work).await {
                return Ok(found);
            }
            if !may_be_lost || !was_open {
                break;
            }
            if let Some(lost) = self.connection.take() {
                lost.close();
            }
        }
        Err(Unavailable)
    }

    async fn attempt(&self, work: &Work<'_>) -> Result<JsValue, JsValue> {
        let connection = self.connection().await?;
        let stores = Array::of3(&QUEUE.into(), &ACKNOWLEDGED.into(), &CLAIMS.into());
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let connection = connection.unchecked_ref::<Connection>();
        let transaction = connection.transaction(&stores, "readwrite", &options)?;
        let request = work(&transaction).inspect_err(|_| drop(transaction.abort()))?;
        settle(LIMIT_MS, |resolve, reject| {
            transaction.set_oncomplete(Some(resolve));
            transaction.set_onerror(Some(reject));
            transaction.set_onabort(Some(reject));
        })
        .await?;
        request.result()
    }

    async fn connection(&self) -> Result<IdbDatabase, JsValue> {
        let open = self.connection.borrow().clone();
        if let Some(connection) = open {
            return Ok(connection);
        }
        let factory = web_sys::window().and_then(|window| window.indexed_db().ok().flatten());
        // Without a version, so that a page of an earlier release still opens a later one's.
        let request = factory.ok_or(JsValue::UNDEFINED)?.open(NAME)?;
        let asked = request.clone();
        let create = Closure::once(move || {
            if let Ok(connection) = asked.result() {
                let connection = connection.unchecked_into::<IdbDatabase>();
                for store in [QUEUE, ACKNOWLEDGED, CLAIMS] {
                    let _ = connection.create_object_store(store);
                }
            }
        });
        request.set_onupgradeneeded(Some(create.as_ref().unchecked_ref()));
        settle(LIMIT_MS, |resolve, reject| {
            request.set_onsuccess(Some(resolve));
            request.set_onerror(Some(reject));
        })
        .await?;
        let connection = request.result()?.unchecked_into::<IdbDatabase>();
        // An open page must not hold up the next release's new version of the database.
        let close = Reflect::get(&connection, &"close".into())?.unchecked_into::<Function>();
        connection.set_onversionchange(Some(&close.bind0(&connection)));
        self.connection.replace(Some(connection.clone()));
        Ok(connection)
    }
}

type Work<'a> = dyn Fn(&IdbTransaction) -> Result<IdbRequest, JsValue> + 'a;
