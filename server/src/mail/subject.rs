//! The subjects of the mails: what happened, to which service, before anything is opened.

use billing::effect::MailTemplate;

use super::Context;

/// The subject of a mail.
pub(super) fn subject(template: MailTemplate, c: &Context) -> String {
    let Context { brand, service, direction, to_plan, amount, number, .. } = c;
    match template {
        MailTemplate::ChangeOrdered if c.is_free => format!("{brand}: the {direction} of {service} is planned"),
        MailTemplate::ChangeOrdered => format!("{brand}: the {direction} of {service} waits for {amount}"),
        MailTemplate::PlanChanged if c.stays_on_plan() => format!("{brand}: the {direction} of {service} is made"),
        MailTemplate::PlanChanged => format!("{brand}: {service} is now on {to_plan}"),
        MailTemplate::ServiceResized if c.restart_seconds.is_none() => format!("{brand}: {service} is set up"),
        MailTemplate::ServiceResized => format!("{brand}: {service} has its new size and runs again"),
        MailTemplate::ChangeLapsed => format!("{brand}: the {direction} of {service} was not paid in time"),
        MailTemplate::ChangeWithdrawn => format!("{brand}: the {direction} of {service} was withdrawn"),
        MailTemplate::PaymentFailed => format!("{brand}: the payment of {amount} did not go through"),
        MailTemplate::MoneyToBalance => format!("{brand}: {amount} was put on your balance"),
        MailTemplate::PeriodInvoiced => format!("{brand}: invoice {number} for {service}"),
        MailTemplate::PaymentReceived => format!("{brand}: invoice {number} is paid"),
    }
}
