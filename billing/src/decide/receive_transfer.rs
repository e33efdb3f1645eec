//! stub
use super::draft::Draft; use crate::refusal::Refusal; use crate::command::*; use crate::id::*; use super::Facts; use crate::money::Money; use crate::service::ModuleReport;use crate::effect::TestCard;
pub(super) fn receive_transfer(_:&mut Draft,_:Option<DocumentId>,_:Money,_:&str)->Result<Answer,Refusal>{todo!()}
