//! The web server of the preview: a fixed table of paths, for readers on this machine.
//!
//! It speaks HTTP/1.1 by `axum`, knows `GET` and `HEAD` only and reads nothing of a request but its path and its host. What it
//! answers was rendered before, so that no request waits for reading or judging.

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::stream::{self, Stream};
use thiserror::Error;
use tokio::sync::{mpsc, watch};
use tokio::task;

use crate::report::page;

use super::live::{Live, Rendered};
use super::watcher::{Change, Watcher};

/// What the page may do: show what comes from here. Nothing of a post could do more if it were ever taken for markup.
const PAGE_POLICY: &str = "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; \
                           connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What a drawing that is opened alone may do: use the style that stands in it.
const DRAWING_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// Why there is no server.
#[derive(Debug, Error)]
pub enum ServerError {
    /// Another program listens there.
    #[error("port {} of {} is taken by another program", .0.port(), .0.ip())]
    PortTaken(SocketAddr),
    /// Only the administrator may listen there.
    #[error("the system does not let you listen on port {}", .0.port())]
    PortRefused(SocketAddr),
    /// The machine has no such address.
    #[error("this machine does not have the address {0}")]
    NoSuchAddress(IpAddr),
    /// Nothing can be watched.
    #[error("the files cannot be watched: {0}")]
    Watch(#[source] notify::Error),
    /// No folder can be watched.
    #[error("none of the folders can be watched")]
    NothingWatched,
    /// Anything else that the system says.
    #[error(transparent)]
    System(#[from] io::Error),
    /// A mistake in Merrow.
    #[error("the preview broke down; this is a mistake in Merrow")]
    Broken,
}

impl ServerError {
    /// What to do.
    pub fn help(&self) -> Option<&'static str> {
        Some(match self {
            Self::PortTaken(_) => "name another with --port, or let the system pick one with --port 0",
            Self::PortRefused(_) => "name a port above 1023 with --port",
            Self::NoSuchAddress(_) => "leave out --host to listen on this machine alone",
            Self::Watch(_) | Self::NothingWatched => {
                "on Linux the number of watches is limited: raise fs.inotify.max_user_watches and max_user_instances"
            }
            Self::System(_) | Self::Broken => return None,
        })
    }
}

/// A server that has its address and does not answer yet.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
}

impl Server {
    /// Takes the address `host` and `port`; of port 0 the system makes one that is free.
    ///
    /// # Errors
    /// [`ServerError`] by what is wrong with the address.
    pub fn bind(host: IpAddr, port: u16) -> Result<Self, ServerError> {
        let wanted = SocketAddr::new(host, port);
        let listener = TcpListener::bind(wanted).map_err(|error| match error.kind() {
            io::ErrorKind::AddrInUse => ServerError::PortTaken(wanted),
            io::ErrorKind::PermissionDenied => ServerError::PortRefused(wanted),
            io::ErrorKind::AddrNotAvailable => ServerError::NoSuchAddress(host),
            _ => ServerError::System(error),
        })?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address })
    }

    /// Where the page is.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Serves `live` and follows its files until the user interrupts; `on_ready` is called when changes are seen.
    ///
    /// # Errors
    /// [`ServerError`] when nothing can be watched or the server cannot go on.
    pub fn run(self, live: Live, on_ready: impl FnOnce() -> io::Result<()>) -> Result<(), ServerError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let result = runtime.block_on(self.serve(live, on_ready));
        // A connection may wait for events for ever.
        runtime.shutdown_background();
        result
    }

    async fn serve(
        self,
        mut live: Live,
        on_ready: impl FnOnce() -> io::Result<()>,
    ) -> Result<(), ServerError> {
        let (tell, changes) = mpsc::unbounded_channel();
        // Nobody listens any more when the server ends.
        let mut watcher = Watcher::new(move |change| drop(tell.send(change))).map_err(ServerError::Watch)?;
        watch_all(&mut watcher, &mut live, &Change::default());
        if !watcher.is_watching() {
            return Err(ServerError::NothingWatched);
        }
        let (publish, shown) = watch::channel(Arc::new(live.render()));
        let listener = tokio::net::TcpListener::from_std(self.listener)?;
        let router = router(shown, self.address.ip());
        on_ready()?;
        tokio::select! {
            served = axum::serve(listener, router) => Ok(served?),
            followed = follow(live, watcher, changes, publish) => followed,
            interrupted = tokio::signal::ctrl_c() => Ok(interrupted?),
        }
    }
}

/// Watches the folders of `live` after a change, and reads its files; true when something else is shown now.
fn watch_all(watcher: &mut Watcher, live: &mut Live, change: &Change) -> bool {
    watcher.forget(&change.moved);
    let mut is_changed = live.refresh(&change.paths);
    // What came into a new folder before it was watched is found by looking again.
    while watcher.watch(&live.folders()) {
        is_changed |= live.refresh(&change.paths);
    }
    is_changed
}

/// Publishes what is shown after each change.
async fn follow(
    mut live: Live,
    mut watcher: Watcher,
    mut changes: mpsc::UnboundedReceiver<Change>,
    publish: watch::Sender<Arc<Rendered>>,
) -> Result<(), ServerError> {
    while let Some(mut change) = changes.recv().await {
        while let Ok(later) = changes.try_recv() {
            change.join(later);
        }
        let work = task::spawn_blocking(move || {
            let rendered = watch_all(&mut watcher, &mut live, &change).then(|| live.render());
            (live, watcher, rendered)
        });
        let Ok((same_live, same_watcher, rendered)) = work.await else {
            return Err(ServerError::Broken);
        };
        (live, watcher) = (same_live, same_watcher);
        if let Some(rendered) = rendered {
            publish.send_replace(Arc::new(rendered));
        }
    }
    Err(ServerError::Broken)
}

type Shown = watch::Receiver<Arc<Rendered>>;

/// Everything that is answered, and the guard in front of it.
fn router(shown: Shown, address: IpAddr) -> Router {
    Router::new()
        .route("/", get(async |State(shown): State<Shown>| html(shown.borrow().page.clone())))
        .route("/content", get(async |State(shown): State<Shown>| html(shown.borrow().content.clone())))
        .route("/events", get(events))
        .route("/drawings/{name}", get(drawing))
        .route("/style.css", get(async || typed("text/css; charset=utf-8", page::STYLE)))
        .route("/script.js", get(async || typed("text/javascript; charset=utf-8", page::SCRIPT)))
        .fallback(async || (StatusCode::NOT_FOUND, "there is no such page\n"))
        .layer(middleware::from_fn_with_state(address, guard))
        .with_state(shown)
}

fn typed(kind: &'static str, body: impl IntoResponse) -> Response {
    ([(header::CONTENT_TYPE, kind)], body).into_response()
}

fn html(page: String) -> Response {
    typed("text/html; charset=utf-8", page)
}

/// A drawing; found in the table of those that the page shows, never on a disk.
async fn drawing(State(shown): State<Shown>, Path(name): Path<String>) -> Response {
    match shown.borrow().drawings.get(&name) {
        Some(svg) => {
            let mut response = typed("image/svg+xml", svg.clone());
            let policy = HeaderValue::from_static(DRAWING_POLICY);
            response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
            response
        }
        None => (StatusCode::NOT_FOUND, "there is no such drawing\n").into_response(),
    }
}

/// Tells the version that is shown, and each that follows.
async fn events(State(mut shown): State<Shown>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    shown.mark_changed();
    let versions = stream::unfold(shown, async |mut shown| {
        shown.changed().await.ok()?;
        let version = shown.borrow_and_update().version;
        let data = serde_json::json!({ "version": version }).to_string();
        Some((Ok(Event::default().event("version").data(data)), shown))
    });
    Sse::new(versions).keep_alive(KeepAlive::default())
}

/// Refuses requests that name another host, and says of every answer what may be done with it.
async fn guard(State(address): State<IpAddr>, request: Request, next: Next) -> Response {
    let mut response = if is_meant_for(request.headers(), request.uri(), address) {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "this host is not served here\n").into_response()
    };
    let headers = response.headers_mut();
    let policy = HeaderValue::from_static(PAGE_POLICY);
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// True when the request names a host that is this server.
///
/// A page of another site can make its own name lead here (DNS rebinding), but cannot make the browser say another name.
fn is_meant_for(headers: &HeaderMap, uri: &Uri, address: IpAddr) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return false;
    };
    host.to_str().is_ok_and(|host| is_own_name(host, address))
        && uri.authority().is_none_or(|authority| is_own_name(authority.as_str(), address))
}

/// True when `host`, with or without a port, is this machine, or the address that was asked for.
fn is_own_name(host: &str, address: IpAddr) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    if name.eq_ignore_ascii_case("localhost") {
        return true;
    }
    let name = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    name.parse::<IpAddr>().is_ok_and(|ip| {
        // Who listens on all addresses cannot know them all; a number is nobody's name, so it cannot be made to lead here.
        ip.is_loopback() || ip == address || address.is_unspecified()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_name_is_not_served() {
        let loopback = "127.0.0.1";
        let table = [
            ("127.0.0.1:4600", loopback, true),
            ("localhost:80", loopback, true),
            ("LOCALHOST", loopback, true),
            ("[::1]:4600", loopback, true),
            ("[::1]", loopback, true),
            ("127.0.0.1", "192.168.0.5", true),
            ("192.168.0.5:4600", "192.168.0.5", true),
            ("192.168.0.6:4600", "192.168.0.5", false),
            ("192.168.0.6:4600", "0.0.0.0", true),
            ("evil.example:4600", "0.0.0.0", false),
            ("evil.example", loopback, false),
            ("localhost.evil.example", loopback, false),
            ("127.0.0.1.evil.example", loopback, false),
            ("127.0.0.1@evil.example", loopback, false),
            ("192.168.0.5", loopback, false),
            ("", loopback, false),
            (":4600", loopback, false),
        ];
        for (host, address, expected) in table {
            assert_eq!(is_own_name(host, address.parse().unwrap()), expected, "{host} at {address}");
        }
    }
}
