//! Mails as facts: to whom, about what. Their words are the server's.

use super::draft::Draft;
use crate::account::PlanChange;
use crate::effect::{Mail, MailTemplate};
use crate::policy::OnFailure;

/// Wishes a mail to the account's address; `fill` adds what it is about.
pub(super) fn mail(draft: &mut Draft, template: MailTemplate, fill: impl FnOnce(&mut Mail)) {
    let mut mail = Mail {
        template,
        to: draft.account.email.clone(),
        service: None,
        service_id: None,
        change: None,
        direction: None,
        from_plan: None,
        to_plan: None,
        amount: None,
        document: None,
        by: None,
        on_failure: OnFailure::Wait,
        next_invoice: None,
        retry_at: None,
        restricts_at: None,
        ends_at: None,
        released: None,
        owed: None,
        unpaid: false,
        on: None,
    };
    fill(&mut mail);
    if let Some(change) = mail.change
        && let Some(service) = draft.account.subscriptions.iter().find_map(|subscription| {
            subscription.change.as_ref().filter(|open| open.id == change).map(|_| &subscription.service)
        })
    {
        mail.service = Some(service.label.clone());
        mail.service_id = Some(service.id);
    }
    draft.mail(mail);
}

/// Fills in what a mail about a change says.
pub(super) fn about_change(mail: &mut Mail, change: &PlanChange) {
    mail.change = Some(change.id);
    mail.direction = Some(change.quote.direction);
    mail.from_plan = Some(change.quote.plan_before.clone());
    mail.to_plan = Some(change.quote.plan_after.clone());
    mail.document = change.document;
    mail.on_failure = change.quote.on_failure;
}
