//! A server that cannot prove who it is gets nothing.

use super::{enrolled, note, notes, sync};
use axum_server::tls_rustls::RustlsConfig;
use drempel_client::Client;
use drempel_client::sync::{Http, SyncError, TransportError, Untrusted};
use drempel_tests::network::site::{Site, open, router_with_codes};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use std::net::{SocketAddr, TcpListener};

/// An authority of that name that signs certificates.
fn authority(name: &str) -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// A certificate for that name, until that year, and its key, both PEM.
fn certificate(authority: &CertifiedIssuer<'static, KeyPair>, name: &str, until: i32) -> (String, String) {
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(until, 1, 1);
    let key = KeyPair::generate().unwrap();
    let signed = params.signed_by(&key, authority).unwrap();
    (signed.pem(), key.serialize_pem())
}

/// Answers over TLS with that certificate until the test ends.
async fn serve(router: axum::Router, (certificate, key): (String, String)) -> SocketAddr {
    let config = RustlsConfig::from_pem(certificate.into_bytes(), key.into_bytes())
        .await
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    let server = axum_server::from_tcp_rustls(listener, config).unwrap();
    tokio::spawn(server.serve(router.into_make_service_with_connect_info::<SocketAddr>()));
    address
}

async fn sync_securely(client: &Client, server: SocketAddr, root: &str) -> Result<(), SyncError> {
    let address = format!("https://localhost:{}", server.port());
    let way = Http::to(&address, &[root.as_bytes()]).unwrap();
    client.synchronise(&way).await.map(|_| ())
}

#[tokio::test]
async fn a_server_that_cannot_prove_who_it_is_gets_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let app = open(&folder.path().join("server")).unwrap();
    let router = router_with_codes(app.clone());
    let site = Site::with(router.clone()).await.unwrap();
    let ana = enrolled(folder.path(), "ana", &site.address()).await;
    sync(&ana, &site.address()).await.unwrap();
    let received = app.log_entries().unwrap().len();
    note(&ana, "Stond bij de brug");

    let ours = authority("Gemeente");
    let cases = [
        (
            certificate(&authority("Iemand"), "localhost", 2100),
            Untrusted::UnknownIssuer,
        ),
        (
            certificate(&authority("Gemeente"), "localhost", 2100),
            Untrusted::UnknownIssuer,
        ),
        (certificate(&ours, "localhost", 2021), Untrusted::Expired),
        (
            certificate(&ours, "elsewhere.example", 2100),
            Untrusted::WrongName,
        ),
    ];
    for (certificate, expected) in cases {
        let server = serve(router.clone(), certificate).await;
        let error = sync_securely(&ana, server, &ours.pem()).await.unwrap_err();
        let named = matches!(error, SyncError::Transport(TransportError::Untrusted(why)) if why == expected);
        assert!(named, "{expected:?}: {error:?}");
        assert_eq!(app.log_entries().unwrap().len(), received, "{expected:?}");
        assert_eq!(ana.waiting().unwrap(), 1, "{expected:?}");
    }

    let proven = serve(router, certificate(&ours, "localhost", 2100)).await;
    sync_securely(&ana, proven, &ours.pem()).await.unwrap();
    assert_eq!((ana.waiting().unwrap(), notes(&ana)), (0, 1));
    assert_eq!(app.log_entries().unwrap().len(), received + 1);
}
