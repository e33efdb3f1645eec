//! What the forms of the portal and of the admin share: the key by which a form that is sent twice is one request, its
//! command with what came of it, and values in addresses. What a form looks like is in `ui::form`.

use billing::command::Answer;
use billing::refusal::Refusal;
use engine::{Ask, EngineError};
use jiff::Timestamp;

use crate::app::App;
use crate::web::PageError;

/// A key by which a form that is sent twice is one request.
pub fn form_key() -> String {
    uuid::Uuid::now_v7().simple().to_string()
}

/// The key of a form as the engine keeps it, apart from the keys of programs.
///
/// # Errors
/// Where no form of ours sent it.
pub fn engine_key(key: &str) -> Result<Option<String>, PageError> {
    let ours = key.len() == 32 && key.bytes().all(|byte| byte.is_ascii_hexdigit());
    if ours { Ok(Some(format!("form:{key}"))) } else { Err(PageError::Unreadable("the form is not ours".to_owned())) }
}

/// Runs the command of a form: its answer, or why it was refused.
///
/// # Errors
/// Where it could neither be done nor refused.
pub async fn run(app: &App, ask: Ask, now: Timestamp) -> Result<Result<Answer, Box<Refusal>>, PageError> {
    match app.write(move |engine| engine.run(&ask, now)).await {
        Ok(ran) => Ok(Ok(ran.answer)),
        Err(EngineError::Refused(refusal)) => Ok(Err(refusal)),
        Err(error) => Err(error.into()),
    }
}

/// A value for an address.
pub fn encoded(value: &str) -> String {
    let letter = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    value.bytes().map(letter).collect()
}
