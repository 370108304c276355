//! What must hold, each invariant told from outside: from what was written, what the server's files hold and what phones heard.

mod answers;
mod findable;
mod order;
mod outcomes;
mod privacy;
mod replay;
mod replicas;
mod whole;
