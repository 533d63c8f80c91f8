//! The receiver: takes submissions over HTTP, judges and scores them with the engine that the
//! respondent's device ran, and keeps each exactly once. It also serves the site.

pub mod import;
mod judge;
pub mod limits;
pub mod links;
mod log;
mod metrics;
mod opening;
mod reading;
pub mod replay;
pub mod reply;
mod retention;
mod site;
pub mod store;
mod submissions;
mod surveys;
pub mod time;

use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::header::{
    AUTHORIZATION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY, RETRY_AFTER,
    WWW_AUTHENTICATE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Router, serve as serve_http};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tower_http::cors::CorsLayer;

use limits::{Limits, Rate};
use links::Links;
use metrics::Metrics;
use reading::Reader;
use store::{Definition, Location, Store, Writer};
use submissions::{BATCH_LIMIT, BODY_LIMIT, Receiver};
use surveys::Surveys;

use crate::seal::OpeningKey;

/// How long requests under way may take once the receiver is told to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(20);

/// What a receiver starts from.
pub struct Options {
    /// Port 0 takes any that is free.
    pub listen: SocketAddr,
    /// The SQLite file, as `sqlite:askwell.db`, made where it is missing; or `postgres://…`.
    pub database: String,
    /// How large the database may grow, in bytes.
    pub max_database_size: Option<u64>,
    /// The folder with the built site.
    pub site: PathBuf,
    /// Other sites whose pages may send submissions, as `https://example.com`.
    pub allow_origin: Vec<HeaderValue>,
    /// The definitions to receive submissions to, beside those of earlier starts.
    pub surveys: Vec<Definition>,
    /// Which survey links are taken.
    pub links: Links,
    /// What opens submissions that were sealed on their device.
    pub opening: Option<OpeningKey>,
    /// How much one device may send.
    pub device_rate: Rate,
    /// How much may come from one address.
    pub address_rate: Rate,
    /// How many requests are read at the same time; the senders of others are asked to come back.
    pub at_once: usize,
    /// Whether a proxy in front says who sends, in `X-Forwarded-For`.
    pub trusts_proxy: bool,
    /// What whoever reads the metrics has to know; without it there are none.
    pub metrics_token: Option<String>,
    /// After how many days submissions are erased.
    pub keep_days: Option<u32>,
}

/// Receives until the process is told to stop; requests under way are finished.
///
/// # Errors
/// A sentence that says why it cannot start.
pub async fn serve(options: Options) -> Result<(), String> {
    if !options.site.is_dir() {
        return Err(format!(
            "there is no folder `{}` to serve; build the site with `cargo xtask build`, or name \
             another folder with --site",
            options.site.display()
        ));
    }
    let location =
        Location { url: &options.database, create: true, max_size: options.max_database_size };
    let store = Store::open(&location).await?;
    let surveys = Surveys::open(options.surveys, &store).await?;
    if let Some(id) = options.links.only.iter().find(|id| !surveys.has(id)) {
        return Err(format!("--links-only names `{id}`, but no survey here has that id"));
    }
    let listener = TcpListener::bind(options.listen).await;
    let refused = |error| format!("cannot listen at {}: {error}", options.listen);
    let listener = listener.map_err(refused)?;
    let address = listener.local_addr().map_err(refused)?;
    let metrics = Metrics::default();
    if let Some(days) = options.keep_days {
        retention::start(store.clone(), days, metrics.clone());
    }
    let receiver = Arc::new(Receiver {
        writer: Writer::start(store.clone(), metrics.clone()),
        store: store.clone(),
        reader: Reader { surveys, links: options.links, opening: options.opening },
        limits: Limits::new(options.device_rate, options.address_rate),
        metrics,
        metrics_token: options.metrics_token,
        trusts_proxy: options.trusts_proxy,
    });
    if receiver.reader.opening.is_some() {
        opening::start(receiver.clone());
    }
    let router = router(receiver, &options.site, options.allow_origin, options.at_once);
    let stop = stop_signal()?;
    let mut stdout = io::stdout();
    let _ = writeln!(stdout, "Askwell is ready at http://{address}/");
    let _ = stdout.flush();
    let served = serve_until(listener, router, stop).await;
    store.close().await;
    log::event(&[("event", "stopped")]);
    served.map_err(|error| format!("the receiver failed: {error}"))
}

fn router(
    receiver: Arc<Receiver>,
    site: &Path,
    allow_origin: Vec<HeaderValue>,
    at_once: usize,
) -> Router {
    let cors = CorsLayer::new()
        .allow_origin(allow_origin)
        .allow_methods([Method::POST])
        .allow_headers([CONTENT_TYPE, HeaderName::from_static("idempotency-key")])
        .expose_headers([RETRY_AFTER])
        .max_age(Duration::from_secs(24 * 60 * 60));
    let turnstile = Turnstile { receiver: receiver.clone(), places: Semaphore::new(at_once) };
    let intake = Router::new()
        .route("/v1/submissions", post(submissions::receive))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .route(
            "/v1/submissions/batch",
            post(submissions::receive).layer(DefaultBodyLimit::max(BATCH_LIMIT)),
        )
        .route("/v1/links", post(links::look).layer(DefaultBodyLimit::max(BODY_LIMIT)))
        .layer(from_fn_with_state(Arc::new(turnstile), pass))
        .layer(cors);
    let mut routes = Router::new().route("/healthz", get(health)).merge(intake);
    if receiver.metrics_token.is_some() {
        routes = routes.route("/metrics", get(measurements));
    }
    if receiver.reader.links.keys.is_some() {
        routes = routes.route("/link-keys.json", get(links::keys));
    }
    routes
        .with_state(receiver)
        .fallback_service(site::router(site))
        .layer(from_fn(strict_headers))
        .layer(from_fn(log::requests))
}

/// Lets so many requests in at a time, so that bodies never fill the memory.
struct Turnstile {
    receiver: Arc<Receiver>,
    places: Semaphore,
}

async fn pass(State(turnstile): State<Arc<Turnstile>>, request: Request, next: Next) -> Response {
    let Ok(_place) = turnstile.places.try_acquire() else {
        return turnstile.receiver.crowded();
    };
    let _under_way = turnstile.receiver.metrics.under_way();
    next.run(request).await
}

async fn measurements(State(receiver): State<Arc<Receiver>>, headers: HeaderMap) -> Response {
    let told = headers.get(AUTHORIZATION).and_then(|told| told.to_str().ok());
    let told = told.and_then(|told| told.strip_prefix("Bearer ")).map(str::trim);
    // Compared by their digests, so that the time it takes says nothing about the token.
    if told.map(store::digest) != receiver.metrics_token.as_deref().map(store::digest) {
        let asks = [(WWW_AUTHENTICATE, "Bearer")];
        return (StatusCode::UNAUTHORIZED, asks, "give the token of --metrics-token")
            .into_response();
    }
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    ([(CONTENT_TYPE, kind)], receiver.metrics.render()).into_response()
}

async fn health(State(receiver): State<Arc<Receiver>>) -> Response {
    let (code, json) = if receiver.store.is_reachable().await {
        (StatusCode::OK, r#"{"status":"ok"}"#)
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, r#"{"status":"database-unreachable"}"#)
    };
    (code, [(CONTENT_TYPE, "application/json")], json).into_response()
}

async fn strict_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = [
        (
            CONTENT_SECURITY_POLICY,
            "default-src 'self'; img-src 'self' data:; script-src 'self' 'wasm-unsafe-eval'; \
             require-trusted-types-for 'script'",
        ),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
    ];
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Serves until told to stop. Then nothing new is accepted, and what is under way gets its time.
async fn serve_until(
    listener: TcpListener,
    router: Router,
    stop: watch::Receiver<bool>,
) -> io::Result<()> {
    let told = |mut stop: watch::Receiver<bool>| async move {
        // An error would mean that nobody can tell any more: the same as being told.
        let _ = stop.wait_for(|stop| *stop).await;
    };
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let graceful = serve_http(listener, service).with_graceful_shutdown(told(stop.clone()));
    let too_late = async {
        told(stop).await;
        log::event(&[("event", "stopping")]);
        tokio::time::sleep(LAST_REQUESTS).await;
    };
    tokio::select! {
        served = graceful => served,
        () = too_late => {
            log::event(&[("event", "requests-cut-off")]);
            Ok(())
        }
    }
}

/// Turns true on Ctrl-C, or on the signal with which a service manager ends programs.
fn stop_signal() -> Result<watch::Receiver<bool>, String> {
    let (stop, told) = watch::channel(false);
    #[cfg(unix)]
    let mut terminated = {
        use tokio::signal::unix::{SignalKind, signal};
        signal(SignalKind::terminate()).map_err(|error| format!("no signals: {error}"))?
    };
    tokio::spawn(async move {
        #[cfg(unix)]
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminated.recv() => {}
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
        let _ = stop.send(true);
    });
    Ok(told)
}
