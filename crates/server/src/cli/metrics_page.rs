//! The page with metrics, on a loopback address of its own.

use super::Failure;
use axum::Router;
use axum::routing::get;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::net::{SocketAddr, TcpListener};

/// Begins to count, and serves the counts in the Prometheus format at `/metrics`.
pub(super) fn begin(address: SocketAddr) -> Result<(), Failure> {
    if !address.ip().is_loopback() {
        return Err(Failure::PublicMetrics);
    }
    let handle = PrometheusBuilder::new()
        .install_recorder()
        .map_err(|_| Failure::SetUp("the metrics"))?;
    let listener = listen(address)?;
    let page = Router::new().route("/metrics", get(move || show(handle.clone())));
    tokio::spawn(async move {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        axum::serve(listener, page).await
    });
    Ok(())
}

async fn show(handle: PrometheusHandle) -> String {
    handle.run_upkeep();
    handle.render()
}

/// Listens on an address, or says that somebody else does.
pub(super) fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    let listener = TcpListener::bind(address).map_err(|error| Failure::Listen(address, error))?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}
