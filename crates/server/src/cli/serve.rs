//! Serving devices until told to stop.

use super::metrics_page::listen;
use super::{Failure, Serve, logging, metrics_page, tls};
use crate::{App, Front, Options, RandomIds, SystemClock, router};
use axum_server::Handle;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};

/// How long requests under way may take after the server was told to stop.
const LAST_ANSWERS: Duration = Duration::from_secs(20);

/// How often the retention terms are applied.
const AGEING: Duration = Duration::from_secs(60 * 60);

/// Serves until SIGTERM or SIGINT.
pub(super) fn serve(arguments: &Serve) -> Result<(), Failure> {
    let front = front(arguments)?;
    logging::begin(arguments.log)?;
    let options = Options {
        front,
        ..Options::default()
    };
    let app = App::open_with(
        &arguments.data,
        Arc::new(SystemClock),
        Arc::new(RandomIds),
        options,
    )?;
    let listener = listen(arguments.listen)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(serve_on(app, listener, arguments))
}

/// Plain HTTP stays on the machine itself, unless a proxy is said to be in front.
fn front(arguments: &Serve) -> Result<Front, Failure> {
    match &arguments.certificate {
        Some(_) => Ok(Front::Tls),
        None if arguments.behind_proxy => Ok(Front::Proxy),
        None if arguments.listen.ip().is_loopback() => Ok(Front::Loopback),
        None => Err(Failure::PlainHttp),
    }
}

async fn serve_on(app: App, listener: TcpListener, arguments: &Serve) -> Result<(), Failure> {
    let tls = match (&arguments.certificate, &arguments.key) {
        (Some(certificate), Some(key)) => Some(tls::configure(certificate, key).await?),
        _ => None,
    };
    if let Some(address) = arguments.metrics {
        metrics_page::begin(address)?;
    }
    let handle = Handle::new();
    stop_when_told(handle.clone())?;
    age_regularly(app.clone());
    let address = listener.local_addr()?;
    tracing::info!(%address, "serving");
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    match tls {
        Some(tls) => {
            axum_server::from_tcp_rustls(listener, tls)?
                .handle(handle)
                .serve(service)
                .await?
        }
        None => {
            axum_server::from_tcp(listener)?
                .handle(handle)
                .serve(service)
                .await?
        }
    }
    tracing::info!("stopped");
    Ok(())
}

fn stop_when_told(handle: Handle<SocketAddr>) -> Result<(), Failure> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("told to stop: no new requests, the last answers go out");
        handle.graceful_shutdown(Some(LAST_ANSWERS));
    });
    Ok(())
}

fn age_regularly(app: App) {
    tokio::spawn(async move {
        let mut due = tokio::time::interval(AGEING);
        loop {
            due.tick().await;
            let app = app.clone();
            match tokio::task::spawn_blocking(move || app.age()).await {
                Ok(Ok(aged)) => {
                    tracing::info!(
                        aged.off_devices,
                        aged.back,
                        aged.erased,
                        "retention terms applied"
                    );
                }
                Ok(Err(error)) => tracing::error!(%error, "retention terms could not be applied"),
                Err(_) => tracing::error!("applying the retention terms ended in a panic"),
            }
        }
    });
}
