//! What a mail says: its subject and its parts, in the language of the storefront. How parts look is in the two templates
//! of `templates/mail`; the texts themselves are in `server/locales`.

use billing::effect::{MailTemplate, NextInvoice};
use billing::policy::OnFailure;
use billing::quote::Direction;

use super::Context;
use crate::ui::amount::whole_number;
use crate::ui::language::{Args, Texts, args};

/// A mail in words, before it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Letter {
    pub subject: String,
    pub parts: Vec<Part>,
}

/// A part of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// Sentences that belong together.
    Words(String),
    /// An amount that stands out.
    Figure { words: String, amount: String },
    /// The one way on.
    Button { words: String, url: String },
    /// Another way on.
    Link { words: String, url: String },
}

/// What a mail says.
pub(super) fn letter(template: MailTemplate, c: &Context) -> Letter {
    let (subject, parts) = match template {
        MailTemplate::ChangeOrdered if let Some(day) = &c.on => planned_for(c, day),
        MailTemplate::ChangeOrdered if c.is_free => planned(c),
        MailTemplate::ChangeOrdered => ordered(c),
        MailTemplate::PlanChanged => changed(c),
        MailTemplate::ServiceResized => resized(c),
        MailTemplate::ChangeLapsed => lapsed(c),
        MailTemplate::ChangeWithdrawn => withdrawn(c),
        MailTemplate::PaymentFailed => payment_failed(c),
        MailTemplate::MoneyToBalance => money_to_balance(c),
        MailTemplate::PeriodInvoiced => invoiced(c, c.words("mail-invoiced", &c.args())),
        MailTemplate::TrialInvoiced => invoiced(c, c.words("mail-trial-invoiced", &c.args())),
        MailTemplate::PaymentReceived => payment_received(c),
        MailTemplate::AccessRestricted => access_restricted(c),
        MailTemplate::AccessRestored => access_restored(c),
        MailTemplate::PayoutRequested => payout_requested(c),
        MailTemplate::PayoutSent => payout_sent(c),
        MailTemplate::PayoutReturned => payout_returned(c),
        MailTemplate::CancellationScheduled => cancellation_scheduled(c),
        MailTemplate::CancellationWithdrawn => cancellation_withdrawn(c),
        MailTemplate::SubscriptionEnded => subscription_ended(c),
    };
    Letter { subject, parts }
}

type Said = (String, Vec<Part>);

fn planned(c: &Context) -> Said {
    let args = &c.args();
    let parts = vec![
        c.words("mail-planned", args),
        Part::Words(c.language.text("mail-planned-until-then")),
        c.button("mail-see-change", &c.change_url),
    ];
    (c.language.fill("mail-planned-subject", args), parts)
}

fn planned_for(c: &Context, day: &str) -> Said {
    let args = &c.args();
    let named = &args![
        "service" => c.service.as_str(),
        "direction" => c.direction_word(),
        "route" => c.route.as_str(),
        "day" => day
    ];
    let mut parts = vec![c.words("mail-planned-day", named)];
    if !c.is_free {
        parts.push(match c.comes_back {
            true => c.words("mail-planned-day-back", args),
            false => c.words("mail-planned-day-due", args),
        });
    }
    parts.push(Part::Words(c.language.text("mail-planned-until-then")));
    parts.push(c.button("mail-see-change", &c.change_url));
    (c.language.fill("mail-planned-subject", args), parts)
}

fn ordered(c: &Context) -> Said {
    let args = &c.args();
    let (what, until) = match c.on_failure {
        OnFailure::Wait => (c.words("mail-ordered", args), c.words("mail-ordered-until", args)),
        OnFailure::Lapse => (c.words("mail-ordered", args), c.words("mail-ordered-until-failed", args)),
        OnFailure::Apply => (c.words("mail-ordered-in-the-end", args), c.words("mail-ordered-until-in-the-end", args)),
    };
    let parts = vec![
        what,
        c.figure("mail-to-pay"),
        until,
        c.words("mail-ordered-how", args),
        c.button("mail-see-and-pay", &c.document_url),
    ];
    (c.language.fill("mail-ordered-subject", args), parts)
}

fn changed(c: &Context) -> Said {
    let args = &c.args();
    let stays = c.stays_on_plan();
    let mut parts = vec![if stays { c.words("mail-changed-within", args) } else { c.words("mail-changed", args) }];
    let is_arrears = |next: &NextInvoice| matches!(next, NextInvoice::Arrears(_));
    let in_arrears = c.next_invoice.as_ref().filter(|(_, next)| is_arrears(next));
    // What was settled with the change comes first, and then what is still to be billed.
    let alone = c.next_invoice.as_ref().filter(|(_, next)| c.is_free || !is_arrears(next));
    parts.push(match () {
        () if let Some((day, next)) = alone => {
            let args = &args!["amount" => c.amount.as_str(), "day" => day.as_str()];
            match next {
                NextInvoice::More(_) => c.words("mail-changed-next-invoice", args),
                NextInvoice::Less(_) => c.words("mail-changed-off-next-invoice", args),
                NextInvoice::Arrears(_) => c.words("mail-changed-arrears", args),
                NextInvoice::Bought { days, .. } => {
                    let number = whole_number(c.language, *days);
                    c.words("mail-changed-bought", &args!["days" => number, "count" => *days, "day" => day.as_str()])
                }
            }
        }
        () if c.is_free => Part::Words(c.language.text("mail-changed-free")),
        () if c.has_credit_note() => c.words("mail-changed-credited", args),
        () if c.has_invoice() && c.is_owed() && c.on_failure == OnFailure::Apply => {
            c.words("mail-changed-missed", args)
        }
        () if c.has_invoice() && c.is_owed() => c.words("mail-changed-owed", args),
        () if c.has_invoice() => c.words("mail-changed-paid", args),
        () => c.words("mail-changed-cost", args),
    });
    if let Some((day, _)) = in_arrears.filter(|_| !c.is_free) {
        parts.push(c.words("mail-changed-arrears", &args!["day" => day.as_str()]));
    }
    if let Some(seconds) = c.restart_seconds {
        parts.push(c.words("mail-changed-restart", &args!["seconds" => seconds]));
    }
    parts.push(c.button("mail-follow-change", &c.change_url));
    if !c.number.is_empty() {
        let words = c.language.fill("mail-see-document", args);
        parts.push(Part::Link { words, url: c.document_url.clone() });
    }
    let subject = if stays {
        c.language.fill("mail-changed-within-subject", args)
    } else {
        c.language.fill("mail-changed-subject", args)
    };
    (subject, parts)
}

fn resized(c: &Context) -> Said {
    let args = &c.args();
    let see = c.button("mail-see-service", &c.service_url);
    if c.restart_seconds.is_some() {
        (c.language.fill("mail-resized-subject", args), vec![c.words("mail-resized", args), see])
    } else {
        (c.language.fill("mail-set-up-subject", args), vec![c.words("mail-set-up", args), see])
    }
}

fn lapsed(c: &Context) -> Said {
    let args = &c.args();
    let (subject, what) = match c.on_failure {
        OnFailure::Lapse => (c.language.fill("mail-lapsed-failed-subject", args), c.words("mail-lapsed-failed", args)),
        OnFailure::Wait | OnFailure::Apply => {
            (c.language.fill("mail-lapsed-subject", args), c.words("mail-lapsed", args))
        }
    };
    let parts = vec![
        what,
        c.words("mail-nothing-owed", args),
        Part::Words(c.language.text("mail-lapsed-again")),
        c.button("mail-see-service", &c.service_url),
    ];
    (subject, parts)
}

fn withdrawn(c: &Context) -> Said {
    let args = &c.args();
    let owed = if c.number.is_empty() {
        Part::Words(c.language.text("mail-nothing-owed-plainly"))
    } else {
        c.words("mail-nothing-owed", args)
    };
    let parts = vec![c.words("mail-withdrawn", args), owed, c.button("mail-see-service", &c.service_url)];
    (c.language.fill("mail-withdrawn-subject", args), parts)
}

fn payment_failed(c: &Context) -> Said {
    let args = &c.args();
    let mut parts = vec![c.words("mail-payment-failed", args)];
    if let Some(day) = &c.retry_at {
        parts.push(c.words("mail-payment-failed-retry", &args!["day" => day.as_str()]));
    }
    if let Some(day) = &c.restricts_at {
        parts.push(c.words("mail-payment-failed-restricts", &args!["day" => day.as_str()]));
    }
    if let Some(day) = &c.ends_at {
        parts.push(c.words("mail-payment-failed-ends", &args!["day" => day.as_str()]));
    }
    parts.push(c.words("mail-payment-failed-how", args));
    parts.push(c.button("mail-pay-invoice", &c.document_url));
    (c.language.fill("mail-payment-failed-subject", args), parts)
}

fn money_to_balance(c: &Context) -> Said {
    let args = &c.args();
    let parts = vec![
        c.words("mail-to-balance", args),
        c.figure("mail-put-on-balance"),
        Part::Words(c.language.text("mail-balance-pays")),
        c.button("mail-see-balance", &c.balance_url),
    ];
    (c.language.fill("mail-to-balance-subject", args), parts)
}

fn payout_requested(c: &Context) -> Said {
    let args = &c.args();
    let parts = vec![
        c.words("mail-payout-requested", args),
        c.figure("mail-payout-net"),
        c.button("mail-see-balance", &c.balance_url),
    ];
    (c.language.fill("mail-payout-requested-subject", args), parts)
}

fn payout_sent(c: &Context) -> Said {
    let args = &c.args();
    let parts = vec![
        c.words("mail-payout-sent", args),
        c.figure("mail-payout-net"),
        c.button("mail-see-balance", &c.balance_url),
    ];
    (c.language.fill("mail-payout-sent-subject", args), parts)
}

fn payout_returned(c: &Context) -> Said {
    let args = &c.args();
    let parts = vec![
        c.words("mail-payout-returned", args),
        c.figure("mail-put-on-balance"),
        c.button("mail-see-balance", &c.balance_url),
    ];
    (c.language.fill("mail-payout-returned-subject", args), parts)
}

fn invoiced(c: &Context, what: Part) -> Said {
    let args = &c.args();
    let parts = vec![
        what,
        c.figure("mail-to-pay"),
        c.words("mail-invoiced-how", args),
        c.button("mail-see-invoice", &c.document_url),
    ];
    (c.language.fill("mail-invoiced-subject", args), parts)
}

fn payment_received(c: &Context) -> Said {
    let args = &c.args();
    let parts = vec![c.words("mail-received", args), c.button("mail-see-invoice", &c.document_url)];
    (c.language.fill("mail-received-subject", args), parts)
}

fn access_restricted(c: &Context) -> Said {
    let args = &c.args();
    let parts = vec![
        c.words("mail-restricted", args),
        c.figure("mail-to-pay"),
        c.words("mail-restricted-how", args),
        c.button("mail-pay-all", &c.billing_url),
    ];
    (c.language.fill("mail-restricted-subject", args), parts)
}

fn access_restored(c: &Context) -> Said {
    let args = &c.args();
    let parts = vec![c.words("mail-restored", args), c.button("mail-see-service", &c.service_url)];
    (c.language.fill("mail-restored-subject", args), parts)
}

fn cancellation_scheduled(c: &Context) -> Said {
    let args = &c.args();
    let parts = vec![
        c.words("mail-cancelled", args),
        Part::Words(c.language.text("mail-cancelled-until-then")),
        c.button("mail-see-service", &c.service_url),
    ];
    (c.language.fill("mail-cancelled-subject", args), parts)
}

fn cancellation_withdrawn(c: &Context) -> Said {
    let args = &c.args();
    let parts = vec![c.words("mail-uncancelled", args), c.button("mail-see-service", &c.service_url)];
    (c.language.fill("mail-uncancelled-subject", args), parts)
}

fn subscription_ended(c: &Context) -> Said {
    let args = &c.args();
    let mut parts = vec![match c.is_unpaid {
        true => c.words("mail-ended-unpaid", args),
        false => c.words("mail-ended", args),
    }];
    if !c.amount.is_empty() {
        parts.push(c.words("mail-ended-to-balance", args));
    }
    if let Some(released) = &c.released {
        parts.push(c.words("mail-ended-released", &args!["amount" => released.as_str()]));
    }
    match &c.owed {
        Some(owed) => {
            parts
                .push(c.words("mail-ended-owed", &args!["amount" => owed.as_str(), "bank" => c.bank_account.as_str()]));
            parts.push(c.button("mail-pay-all", &c.billing_url));
        }
        None => {
            parts.push(Part::Words(c.language.text("mail-ended-nothing-owed")));
            parts.push(c.button("mail-see-balance", &c.balance_url));
        }
    }
    if !c.number.is_empty() {
        let words = c.language.fill("mail-see-document", args);
        parts.push(Part::Link { words, url: c.document_url.clone() });
    }
    (c.language.fill("mail-ended-subject", args), parts)
}

impl Context {
    /// Everything a text of a mail may name.
    fn args(&self) -> Args<'_> {
        args![
            "brand" => self.brand.as_str(),
            "service" => self.service.as_str(),
            "direction" => self.direction_word(),
            "from" => self.from_plan.as_str(),
            "to" => self.to_plan.as_str(),
            "route" => self.route.as_str(),
            "amount" => self.amount.as_str(),
            "number" => self.number.as_str(),
            "by" => self.by.as_str(),
            "bank" => self.bank_account.as_str()
        ]
    }

    /// Was a change made before it was paid? Then the mail speaks of until when to pay.
    fn is_owed(&self) -> bool {
        !self.by.is_empty()
    }

    fn direction_word(&self) -> &'static str {
        self.direction.map_or("change", Direction::word)
    }

    fn words(&self, key: &str, args: &Args<'_>) -> Part {
        Part::Words(self.language.fill(key, args))
    }

    fn figure(&self, key: &str) -> Part {
        Part::Figure { words: self.language.text(key), amount: self.amount.clone() }
    }

    fn button(&self, key: &str, url: &str) -> Part {
        Part::Button { words: self.language.text(key), url: url.to_owned() }
    }
}
