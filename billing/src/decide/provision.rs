//! stub
use super::draft::Draft; use crate::refusal::Refusal; use crate::command::*; use crate::id::*; use super::Facts; use crate::money::Money; use crate::service::ModuleReport;use crate::effect::TestCard;
pub(super) fn report_provision(_:&mut Draft,_:ServiceId,_:i64,_:&ModuleReport)->Result<Answer,Refusal>{todo!()} pub(super) fn retry_provision(_:&mut Draft,_:ServiceId)->Result<Answer,Refusal>{todo!()}
