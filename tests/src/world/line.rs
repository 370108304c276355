//! The way from one phone to the server: no socket, but real requests and real bytes, and everything that a network can do to them.

use super::time::TrueTime;
use super::town::Town;
use axum::body::Body;
use drempel_client::sync::{Asking, Reply, Transport, TransportError};
use drempel_domain::time::Moment;
use drempel_protocol::codec::expand_answer;
use http::Request;
use http::header::{ACCEPT_ENCODING, AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, RETRY_AFTER};
use http_body_util::BodyExt as _;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use tower::ServiceExt as _;

/// What becomes of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It arrives, and so does the answer.
    Arrives,
    /// It never arrives.
    Lost,
    /// It arrives, and the answer is lost.
    ReplyLost,
    /// It arrives, and the answer breaks off after so many bytes.
    ReplyCut(usize),
    /// It arrives twice; the second answer is heard.
    Twice,
    /// It seems lost, and arrives later: see [`Line::deliver_late`].
    Late,
    /// A page that asks to sign in answers instead of the server.
    SignInPage,
    /// It arrives; the server stops before its answer is heard, and is started again.
    ServerRestarts,
}

impl Fate {
    fn arrives(self) -> bool {
        !matches!(self, Self::Lost | Self::Late | Self::SignInPage)
    }
}

/// A request as it was sent.
#[derive(Clone, Debug)]
pub struct Sent {
    /// The address below the server's own.
    pub path: String,
    /// The token.
    pub token: Option<String>,
    /// The compressed document.
    pub body: Vec<u8>,
}

/// An answer as the device heard it.
#[derive(Clone, Debug)]
pub struct Heard {
    /// When, in true time.
    pub at: Moment,
    /// The status.
    pub status: u16,
    /// The document, expanded.
    pub text: String,
}

/// One phone's way to the server.
pub struct Line {
    town: Arc<Town>,
    time: Arc<TrueTime>,
    traffic: Mutex<Traffic>,
}

#[derive(Default)]
struct Traffic {
    fates: VecDeque<Fate>,
    cut_off: bool,
    answered: usize,
    hang_after: Option<usize>,
    hanging: bool,
    late: Vec<Sent>,
    arrived: Vec<Sent>,
    heard: Vec<Heard>,
}

impl Line {
    pub(super) fn new(town: Arc<Town>, time: Arc<TrueTime>) -> Self {
        Self {
            town,
            time,
            traffic: Mutex::default(),
        }
    }

    /// What becomes of the next requests, one after the other; those after them arrive.
    pub fn next(&self, fates: impl IntoIterator<Item = Fate>) {
        let mut traffic = self.traffic();
        traffic.fates = fates.into_iter().collect();
    }

    /// No request arrives until [`Line::mend`].
    pub fn cut(&self) {
        self.traffic().cut_off = true;
    }

    /// Every request arrives from now on.
    pub fn mend(&self) {
        let mut traffic = self.traffic();
        traffic.cut_off = false;
        traffic.hang_after = None;
        traffic.hanging = false;
        traffic.fates.clear();
    }

    /// After so many answers, counted from now, a request stays under way for ever.
    pub fn hang_after(&self, answers: usize) {
        let mut traffic = self.traffic();
        traffic.answered = 0;
        traffic.hang_after = Some(answers);
    }

    /// How many answers were heard since [`Line::hang_after`].
    pub fn answered(&self) -> usize {
        self.traffic().answered
    }

    /// Whether a request is under way that will stay so for ever.
    pub fn hangs(&self) -> bool {
        self.traffic().hanging
    }

    /// Lets something run until it has heard so many answers and taken so many steps since, or waits for an answer that
    /// does not come; what came of it, when it came to its end before that.
    pub async fn until<T>(&self, answers: usize, steps: usize, what: impl Future<Output = T>) -> Option<T> {
        self.hang_after(answers);
        let mut what = pin!(what);
        let mut left = steps;
        poll_fn(|context| {
            let step = what.as_mut().poll(context).map(Some);
            match self.answered() >= answers {
                _ if step.is_ready() => step,
                true if left == 0 || self.hangs() => Poll::Ready(None),
                true => {
                    left -= 1;
                    step
                }
                false => step,
            }
        })
        .await
    }

    /// Whether the request that begins now is to stay under way for ever.
    fn is_to_hang(&self) -> bool {
        let mut traffic = self.traffic();
        traffic.hanging = traffic
            .hang_after
            .is_some_and(|answers| traffic.answered >= answers);
        traffic.hanging
    }

    /// Every request that arrived, in order, whatever became of its answer.
    pub fn arrived(&self) -> Vec<Sent> {
        self.traffic().arrived.clone()
    }

    /// Every answer that was heard since the last time that this was asked.
    pub fn take_heard(&self) -> Vec<Heard> {
        std::mem::take(&mut self.traffic().heard)
    }

    /// How many requests seem lost and can still arrive.
    pub fn late(&self) -> usize {
        self.traffic().late.len()
    }

    /// No request that was sent before arrives any more.
    pub fn forget_sent(&self) {
        let mut traffic = self.traffic();
        traffic.late.clear();
        traffic.arrived.clear();
    }

    /// Lets one of the requests that seemed lost arrive after all; nobody hears the answer.
    pub async fn deliver_late(&self, which: usize) {
        let late = {
            let mut traffic = self.traffic();
            (which < traffic.late.len()).then(|| traffic.late.remove(which))
        };
        if let Some(sent) = late {
            self.traffic().arrived.push(sent.clone());
            self.post(&sent).await;
        }
    }

    /// Sends a request again as it was; gives the answer, which no device hears.
    pub async fn send_again(&self, sent: &Sent) -> Reply {
        self.post(sent).await
    }

    fn traffic(&self) -> MutexGuard<'_, Traffic> {
        self.traffic.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What becomes of the next request.
    fn next_fate(&self) -> Fate {
        let mut traffic = self.traffic();
        let fate = traffic.fates.pop_front().unwrap_or(Fate::Arrives);
        match traffic.cut_off {
            true => Fate::Lost,
            false => fate,
        }
    }

    fn heard(&self, reply: &Reply) {
        let text = match reply.compressed {
            true => expand_answer(&reply.body).unwrap_or_default(),
            false => reply.body.clone(),
        };
        let heard = Heard {
            at: self.time.now(),
            status: reply.status,
            text: String::from_utf8_lossy(&text).into_owned(),
        };
        let mut traffic = self.traffic();
        traffic.answered += 1;
        traffic.heard.push(heard);
    }

    async fn post(&self, sent: &Sent) -> Reply {
        let mut request = Request::post(&sent.path)
            .header(CONTENT_TYPE, "application/json")
            .header(CONTENT_ENCODING, "zstd")
            .header(ACCEPT_ENCODING, "zstd");
        if let Some(token) = &sent.token {
            request = request.header(AUTHORIZATION, ["Bearer ", token].concat());
        }
        let request = request
            .body(Body::from(sent.body.clone()))
            .expect("a request can be made");
        let response = self
            .town
            .router()
            .oneshot(request)
            .await
            .expect("a router always answers");
        let (parts, body) = response.into_parts();
        let header = |name| {
            parts
                .headers
                .get(name)
                .and_then(|value| value.to_str().ok())
                .map(str::to_owned)
        };
        let media_type = header(CONTENT_TYPE).unwrap_or_default();
        let reply = Reply {
            status: parts.status.as_u16(),
            media_type: media_type.split(';').next().unwrap_or_default().to_owned(),
            compressed: header(CONTENT_ENCODING).as_deref() == Some("zstd"),
            retry_after: header(RETRY_AFTER).and_then(|text| text.parse().ok()),
            body: Vec::new(),
        };
        let body = body.collect().await.expect("a body in this process is whole");
        Reply {
            body: body.to_bytes().to_vec(),
            ..reply
        }
    }
}

impl Transport for Line {
    async fn ask(&self, asking: Asking<'_>) -> Result<Reply, TransportError> {
        let sent = Sent {
            path: asking.path.to_owned(),
            token: asking.token.map(str::to_owned),
            body: asking.body,
        };
        if self.is_to_hang() {
            std::future::pending::<()>().await;
        }
        let fate = self.next_fate();
        if fate.arrives() {
            self.traffic().arrived.push(sent.clone());
        }
        let reply = match fate {
            Fate::Arrives => self.post(&sent).await,
            Fate::Lost => return Err(TransportError::Unreachable),
            Fate::ReplyLost => {
                self.post(&sent).await;
                return Err(TransportError::Interrupted);
            }
            Fate::ReplyCut(bytes) => {
                let mut reply = self.post(&sent).await;
                reply.body.truncate(bytes);
                return Ok(reply);
            }
            Fate::Twice => {
                self.post(&sent).await;
                self.post(&sent).await
            }
            Fate::Late => {
                self.traffic().late.push(sent);
                return Err(TransportError::TimedOut);
            }
            Fate::SignInPage => return Ok(sign_in_page()),
            Fate::ServerRestarts => {
                self.post(&sent).await;
                self.town.restart();
                return Err(TransportError::Interrupted);
            }
        };
        self.heard(&reply);
        Ok(reply)
    }
}

fn sign_in_page() -> Reply {
    Reply {
        status: 200,
        media_type: "text/html".to_owned(),
        body: b"<html><title>Gastnetwerk</title></html>".to_vec(),
        ..Reply::default()
    }
}
