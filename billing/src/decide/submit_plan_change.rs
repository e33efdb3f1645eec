//! stub
use super::draft::Draft; use crate::refusal::Refusal; use crate::command::*; use crate::id::*; use super::Facts; use crate::money::Money; use crate::service::ModuleReport;use crate::effect::TestCard;
pub(super) fn submit_plan_change(_:Facts<'_>,_:&mut Draft,_:&Envelope)->Result<Answer,Refusal>{todo!()}
