//! One request to a webhook: a connection to an address that was looked at, a POST, the head of its answer. Nothing is
//! followed, nothing of the answer's body is read.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::http::{HeaderMap, HeaderValue, Method, Request, header};
use bytes::Bytes;
use domain::calendar::Timestamp;
use http_body_util::Full;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::RootCertStore;
use tokio_rustls::rustls::pki_types::ServerName;

use super::address::is_public;
use super::config::Endpoint;
use super::plan::{self, Outcome};
use super::sign::signatures;
use crate::tls;

/// Makes requests.
#[derive(Clone)]
pub struct Client {
    tls: TlsConnector,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Client")
    }
}

impl Client {
    /// One that believes the certificates that this machine believes.
    pub fn new() -> Result<Self, String> {
        Self::believing(tls::of_this_machine())
    }

    /// One that believes these.
    fn believing(roots: RootCertStore) -> Result<Self, String> {
        let mut config = tls::believing(roots)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { tls: TlsConnector::from(Arc::new(config)) })
    }

    /// Tells an endpoint something, once. Ends in the time that the endpoint has.
    pub async fn tell(&self, endpoint: &Endpoint, id: &str, now: Timestamp, body: Bytes) -> Outcome {
        let asked = tokio::time::timeout(endpoint.timeout, self.ask(endpoint, id, now, body)).await;
        match asked {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(why)) => Outcome::Failed(why, None),
            Err(_) => Outcome::Failed(format!("no answer within {} s", endpoint.timeout.as_secs()), None),
        }
    }

    async fn ask(
        &self,
        endpoint: &Endpoint,
        id: &str,
        now: Timestamp,
        body: Bytes,
    ) -> Result<Outcome, String> {
        let request = request(endpoint, id, now, body).ok_or("the request cannot be written")?;
        let stream = connect(endpoint).await?;
        let _ = stream.set_nodelay(true);
        let (status, headers) = if endpoint.is_secure() {
            let host = endpoint.url.host().unwrap_or_default().trim_matches(['[', ']']).to_owned();
            let name = ServerName::try_from(host).map_err(|error| error.to_string())?;
            let stream = self.tls.connect(name, stream).await.map_err(|error| format!("TLS: {error}"))?;
            exchange(stream, request).await?
        } else {
            exchange(stream, request).await?
        };
        let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let asked = text(header::RETRY_AFTER);
        Ok(plan::outcome(status, asked.and_then(|asked| plan::asked_ms(asked, text(header::DATE), now))))
    }
}

fn request(endpoint: &Endpoint, id: &str, now: Timestamp, body: Bytes) -> Option<Request<Full<Bytes>>> {
    let at_s = now.0.div_euclid(1_000);
    let path = endpoint.url.path_and_query().map_or("/", |path| path.as_str());
    let mut signature = HeaderValue::from_str(&signatures(&endpoint.secrets, id, at_s, &body)).ok()?;
    signature.set_sensitive(true);
    Request::builder()
        .method(Method::POST)
        .uri(path)
        .header(header::HOST, endpoint.url.authority()?.as_str())
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::USER_AGENT, concat!("all-ears/", env!("CARGO_PKG_VERSION")))
        .header(header::CONNECTION, "close")
        .header("webhook-id", id)
        .header("webhook-timestamp", at_s)
        .header("webhook-signature", signature)
        .body(Full::new(body))
        .ok()
}

/// Looks the name up, and connects to what was found: nothing can change in between.
async fn connect(endpoint: &Endpoint) -> Result<TcpStream, String> {
    let host = endpoint.url.host().unwrap_or_default().trim_matches(['[', ']']);
    let usual = if endpoint.is_secure() { 443 } else { 80 };
    let found = lookup_host((host, endpoint.url.port_u16().unwrap_or(usual))).await;
    let all: Vec<SocketAddr> = found.map_err(|error| format!("its name is unknown: {error}"))?.collect();
    let allowed: Vec<SocketAddr> =
        all.iter().copied().filter(|address| endpoint.internal || is_public(address.ip())).collect();
    if allowed.is_empty() && !all.is_empty() {
        return Err("its address is not public, and it is not marked as internal".to_owned());
    }
    TcpStream::connect(&allowed[..]).await.map_err(|error| format!("no connection: {error}"))
}

async fn exchange<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(
    stream: S,
    request: Request<Full<Bytes>>,
) -> Result<(u16, HeaderMap), String> {
    let told = |error: hyper::Error| format!("no answer: {error}");
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(told)?;
    let mut connection = std::pin::pin!(connection);
    let mut answer = std::pin::pin!(sender.send_request(request));
    let mut open = true;
    // The connection ends with this function, whatever the endpoint would still like to say.
    let response = loop {
        tokio::select! {
            answer = &mut answer => break answer.map_err(told)?,
            _ = &mut connection, if open => open = false,
        }
    };
    Ok((response.status().as_u16(), response.headers().clone()))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;
    use tokio_rustls::TlsAcceptor;
    use tokio_rustls::rustls::pki_types::PrivateKeyDer;
    use tokio_rustls::rustls::{RootCertStore, ServerConfig, crypto};

    use super::super::config::{Endpoint, read};
    use super::{Bytes, Client, Outcome, Timestamp};

    /// An endpoint with a certificate of its own for `localhost`, and a client that believes it.
    async fn secure() -> (u16, Client) {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
        let certificate = made.cert.der().clone();
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).expect("a key");
        let provider = Arc::new(crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let config = config.expect("versions").with_no_client_auth();
        let config = config.with_single_cert(vec![certificate.clone()], key).expect("a server");
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let Ok(mut stream) = acceptor.accept(stream).await else { continue };
                let mut request = [0; 4_096];
                let _ = stream.read(&mut request).await;
                let _ = stream.write_all(b"HTTP/1.1 204 -\r\n\r\n").await;
                let _ = stream.shutdown().await;
            }
        });
        let mut roots = RootCertStore::empty();
        roots.add(certificate).expect("a root");
        (port, Client::believing(roots).expect("a client"))
    }

    fn endpoint(url: &str) -> Endpoint {
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let text = format!(
            r#"{{"webhooks": [{{"name": "crm", "url": "{url}", "secret": "{secret}", "internal": true}}]}}"#
        );
        read(&text).expect("a webhook").remove(0)
    }

    #[tokio::test]
    async fn a_certificate_has_to_be_believed_and_to_name_the_endpoint() {
        let (port, client) = secure().await;
        let nobody = Client::believing(RootCertStore::empty()).expect("a client");
        let now = Timestamp(1_795_000_000_000);
        for (client, host, told) in
            [(&client, "localhost", true), (&nobody, "localhost", false), (&client, "127.0.0.1", false)]
        {
            let endpoint = endpoint(&format!("https://{host}:{port}/in"));
            let outcome = client.tell(&endpoint, "msg_1", now, Bytes::from_static(b"{}")).await;
            match outcome {
                Outcome::Told => assert!(told, "{host}"),
                Outcome::Failed(why, _) => assert!(!told && why.starts_with("TLS: "), "{host}: {why}"),
                Outcome::Gone => panic!("{host}: gone"),
            }
        }
    }
}
