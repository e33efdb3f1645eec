//! stub
use super::draft::Draft; use crate::refusal::Refusal; use crate::command::*; use crate::id::*; use super::Facts; use crate::money::Money; use crate::service::ModuleReport;use crate::effect::TestCard;
use crate::account::Account; use jiff::Timestamp; use crate::quote::*; 
pub fn quote_plan_change(_:Facts<'_>,_:&Account,_:&PlanChangeRequest,_at:Timestamp)->Result<Quote,Refusal>{todo!()} pub fn permitted_plans(){}
