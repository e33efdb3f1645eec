//! stub
use super::draft::Draft; use crate::refusal::Refusal; use crate::command::*; use crate::id::*; use super::Facts; use crate::money::Money; use crate::service::ModuleReport;use crate::effect::TestCard;
pub(super) fn withdraw(_:&mut Draft,_:ChangeId)->Result<Answer,Refusal>{todo!()} pub(super) fn lapse(_:&mut Draft,_:ChangeId)->Result<Answer,Refusal>{todo!()}
