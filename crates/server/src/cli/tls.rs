//! TLS by rustls with ring: versions 1.2 and 1.3, a certificate and key from PEM files.

use super::Failure;
use axum_server::tls_rustls::RustlsConfig;
use std::path::Path;

/// The server's side of TLS.
pub(super) async fn configure(certificate: &Path, key: &Path) -> Result<RustlsConfig, Failure> {
    // Fails only where a provider was installed already, which serves as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    RustlsConfig::from_pem_chain_file(certificate, key)
        .await
        .map_err(Failure::Certificate)
}
