//! stub
use super::draft::Draft; use crate::refusal::Refusal; use crate::command::*; use crate::id::*; use super::Facts; use crate::money::Money; use crate::service::ModuleReport;use crate::effect::TestCard;
pub(super) fn pay_invoice(_:&mut Draft,_:DocumentId,_:TestCard)->Result<Answer,Refusal>{todo!()} pub(super) fn settle_payment(_:&mut Draft,_:AttemptId,_:&PaymentOutcome,_:Option<&str>)->Result<Answer,Refusal>{todo!()}
