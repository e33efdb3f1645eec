//! Every problem the API can answer with, in one list: the reference page, the OpenAPI document and the answers are all
//! made from it. A refusal of the core and its status meet here and nowhere else.

use billing::refusal::Refusal;

/// One kind of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// The stable name; the last part of the problem's `type`.
    pub code: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// What it is, in few words.
    pub title: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
}

const fn kind(code: &'static str, status: u16, title: &'static str, remedy: &'static str) -> Kind {
    Kind { code, status, title, remedy }
}

/// Problems of requests as such, then refusals of the business, each in the order of their statuses.
pub const ALL: &[Kind] = &[
    kind("bad-json", 400, "The body is not JSON", "Send one JSON document in UTF-8, nested at most 100 deep."),
    kind(
        "unauthenticated",
        401,
        "No valid API key",
        "Send the header `Authorization: Bearer mk_live_…` with a key that was not revoked.",
    ),
    kind("read-only-key", 403, "The key may only read", "Use a key of scope `write`."),
    kind(
        "staff-only",
        403,
        "Not for keys of one customer",
        "This needs a key of the business, which is not bound to a customer.",
    ),
    kind(
        "not-found",
        404,
        "Not found",
        "Nothing of this id is within the reach of this key. Check the id, and whose key it is.",
    ),
    kind("unknown-path", 404, "There is no such address", "Look the address up in the reference at /v1/reference."),
    kind("method-not-allowed", 405, "Not with this method", "The header `Allow` says which methods the address has."),
    kind("timeout", 408, "The request took too long to arrive", "Send it again."),
    kind("body-too-large", 413, "The body is too large", "Send at most 64 kB."),
    kind("path-too-long", 414, "The address is too long", "Shorten the query."),
    kind("unsupported-content-type", 415, "The body must be JSON", "Send the header `Content-Type: application/json`."),
    kind("bad-field", 422, "A field is wrong", "Put the field named in `field` right and send the request again."),
    kind("bad-query", 422, "A query parameter is wrong", "Put the parameter named in `field` right."),
    kind(
        "bad-cursor",
        422,
        "The cursor is not one of ours",
        "Take the cursor from `next` of the page before, of the same list with the same filters, unchanged.",
    ),
    kind(
        "bad-idempotency-key",
        422,
        "The idempotency key cannot be used",
        "Send 1 to 100 letters, digits, and the signs - _ . : in the header `Idempotency-Key`.",
    ),
    kind(
        "quote-token-invalid",
        422,
        "The quote is not valid",
        "Send the `id` of a quote of POST /v1/quotes unchanged, or ask for a new quote.",
    ),
    kind("catalogue-refused", 422, "The catalogue cannot be published", "Put right what `detail` names."),
    kind(
        "internal",
        500,
        "Something broke here",
        "Nothing was stored. Tell support the request id in `instance`; sending it again with the same idempotency key is safe.",
    ),
    kind("unavailable", 503, "Not available just now", "Send it again in a moment with the same idempotency key."),
    kind("busy", 503, "The account is busy", "Send it again in a moment with the same idempotency key."),
    kind("account-exists", 409, "The customer exists already", "Use the customer that is there."),
    kind("too-many-subscriptions", 409, "The customer has too many services", "End a service first."),
    kind("change-open", 409, "A change is open already", "Pay the open change in `change`, or withdraw it first."),
    kind("period-over", 409, "The period is over", "Ask again when the renewal is made, in a moment."),
    kind(
        "too-many-counters",
        409,
        "The usage of the period has too many parts",
        "Report it when the next period has begun: the plan was changed too often in this one.",
    ),
    kind("not-started", 409, "It has not begun yet", "Ask again when it has begun."),
    kind(
        "quote-expired",
        409,
        "The quote has expired",
        "Nothing was charged. `shown` is what was quoted and `fresh` what it is now; submit the `id` of `fresh` to accept.",
    ),
    kind(
        "quote-stale",
        409,
        "The quote no longer holds",
        "Nothing was charged. `shown` is what was quoted and `fresh` what it is now; submit the `id` of `fresh` to accept.",
    ),
    kind("change-not-open", 409, "The change is not open", "It was made, withdrawn or has lapsed: look at the change."),
    kind("change-being-paid", 409, "The change is being paid", "Wait for the outcome of the payment."),
    kind("change-not-due", 409, "The day of the change has not come", "Withdraw it instead, or wait."),
    kind("not-lapsed-yet", 409, "The change has not lapsed", "Withdraw it instead, or wait."),
    kind("invoice-not-open", 409, "The invoice is not open", "It is paid or void: look at the invoice."),
    kind("payment-running", 409, "A payment is on its way", "Wait for its outcome before paying again."),
    kind(
        "payout-not-offered",
        409,
        "Balance is not paid out",
        "Only the business can pay balance of this storefront out.",
    ),
    kind("payout-open", 409, "A payout is on its way", "Wait until it has been sent or has come back."),
    kind("payout-not-open", 409, "The payout is closed", "It was sent, or is on the balance again; look at it."),
    kind("owed-first", 409, "An invoice is open", "Pay the open invoices before balance is paid out."),
    kind(
        "payout-fee-changed",
        409,
        "The fee is another one",
        "Ask POST /v1/payout-quotes again, show the new fee, and send that.",
    ),
    kind("retry-not-due", 409, "No payment is to be tried again", "Wait until the retry of the invoice is due."),
    kind("grace-not-over", 409, "The grace is not over", "Wait until the grace of the invoice is over."),
    kind(
        "access-restricted",
        409,
        "Access is restricted",
        "Pay every open invoice of the service; access returns with the last, and the plan can be changed again.",
    ),
    kind("attempt-not-running", 409, "The payment has its outcome", "Look at the payment."),
    kind(
        "transfer-known",
        409,
        "The transfer is booked already",
        "A transfer of this reference was booked before, and nothing was booked now. If it is another transfer, give the bank's own reference of it.",
    ),
    kind("not-due", 409, "The period is not due", "Wait until the period ends."),
    kind("old-generation", 409, "The report is of an older generation", "Report on the present generation."),
    kind("subscription-ended", 409, "The service has ended", "Nothing of it can be changed; start another one."),
    kind(
        "subscription-cancelled",
        409,
        "The service is cancelled",
        "It ends with its period. Take the cancellation back first: POST /v1/services/{id}/uncancel.",
    ),
    kind("not-cancelled", 409, "No cancellation is scheduled", "There is nothing to take back; look at the service."),
    kind("end-not-due", 409, "The end is not due", "Wait until the period ends."),
    kind(
        "cancellation-not-offered",
        422,
        "Customers cannot cancel so by themselves",
        "Choose another `when`, or ask the business.",
    ),
    kind("service-settled", 409, "The work on the service has not failed", "There is nothing to try again."),
    kind(
        "package-fits",
        409,
        "The module was asked for the size of the plan already",
        "There is no package to change; look at the service.",
    ),
    kind(
        "idempotency-key-reused",
        409,
        "The idempotency key was used for another request",
        "Use a new key for a new request, and the same key only to repeat the same request.",
    ),
    kind("bad-text", 422, "A text is empty or too long", "Shorten it, or fill it in; without control characters."),
    kind("unknown-product", 422, "There is no such product", "Choose one of GET /v1/catalogue."),
    kind("unknown-plan", 422, "There is no such plan", "Choose one of GET /v1/catalogue."),
    kind("plan-retired", 422, "The plan is no longer sold", "Choose a plan that is not retired."),
    kind("unknown-option", 422, "There is no such option", "Choose one of GET /v1/catalogue."),
    kind("too-much", 422, "More of an option than there can be", "Choose a smaller quantity."),
    kind("too-little", 422, "Less of an option than the plan must have", "Choose a larger quantity."),
    kind(
        "option-not-on-plan",
        422,
        "The plan does not have this option",
        "Set the option to 0, or choose a plan that has it.",
    ),
    kind("two-of-group", 422, "Only one of these options can be had", "Set all options of the group but one to 0."),
    kind(
        "no-price",
        422,
        "There is no price for this",
        "Choose a cycle that the plan and its options have a price for in the customer's currency.",
    ),
    kind("unknown-policy", 422, "There is no such policy", "Name a policy that this server has."),
    kind(
        "when-not-offered",
        422,
        "The change cannot be made at that time",
        "Leave `when` out, or name a time that the product offers.",
    ),
    kind(
        "date-not-offered",
        422,
        "The day of the change cannot be chosen",
        "Leave `on` out: the product does not let customers choose the day of this change.",
    ),
    kind("date-outside", 422, "The change cannot be made on that day", "Name one of the days that `detail` has."),
    kind("not-enough-credits", 422, "The plan has not so many credits left", "Use up no more than what is left."),
    kind(
        "unknown-meter",
        422,
        "The service has no such meter",
        "Choose one of `usage` of GET /v1/services/{id}: a service has the meters with which its plan was sold.",
    ),
    kind("units-outside", 422, "So many units cannot be counted", "Send a number from 1 to what `detail` names."),
    kind("same-plan", 422, "That is what the service has already", "Choose another plan, cycle or option."),
    kind(
        "not-permitted",
        422,
        "This change is not open to customers",
        "Choose a plan of GET /v1/services/{id}/offers.",
    ),
    kind("bad-amount", 422, "The amount cannot be used", "Send an amount above zero and within the limit."),
    kind(
        "payout-too-much",
        422,
        "So much cannot be paid out",
        "Send at most `available` of POST /v1/payout-quotes: goodwill is not paid out.",
    ),
    kind("fee-takes-all", 422, "The fee would take all of it", "Send a larger amount."),
    kind(
        "two-payout-fees",
        422,
        "Two fees on what is paid out",
        "Give the policies of all products of the storefront the same `cash_out_fee`.",
    ),
    kind("wrong-currency", 422, "The customer's money is in another currency", "Send the amount in that currency."),
];

/// The kind of this code. The list is complete (see its test); a code that is not in it is our mistake.
pub fn kind_of_code(code: &str) -> &'static Kind {
    ALL.iter().find(|kind| kind.code == code).unwrap_or(&INTERNAL)
}

/// The kind of a refusal. What is not there and what is another's get one answer.
pub fn kind_of_refusal(refusal: &Refusal) -> &'static Kind {
    match refusal {
        Refusal::UnknownAccount(_) | Refusal::UnknownSubscription(_) | Refusal::UnknownService(_) => {
            kind_of_code("not-found")
        }
        refusal => kind_of_code(refusal.code()),
    }
}

const INTERNAL: Kind = kind("internal", 500, "Something broke here", "Tell support the request id in `instance`.");

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The codes as `Refusal::code` writes them, read from its text so that a new refusal cannot be forgotten here.
    fn refusal_codes() -> BTreeSet<&'static str> {
        let text = include_str!("../../../billing/src/refusal.rs");
        let body = text.split("pub fn code(&self)").last().expect("the function that names refusals");
        let body = body.split("pub fn field(").next().expect("its end");
        body.split("=> \"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }

    #[test]
    fn every_refusal_has_one_status() {
        let hidden = ["unknown-account", "unknown-subscription", "unknown-service"];
        let codes = refusal_codes();
        assert!(codes.len() >= 32, "the codes were read: {codes:?}");
        for code in codes.iter().filter(|code| !hidden.contains(code)) {
            let kind = ALL.iter().find(|kind| kind.code == *code).expect(code);
            assert!((400..500).contains(&kind.status), "{code} is a refusal, not a fault");
        }
    }

    #[test]
    fn no_code_stands_twice_and_every_remedy_is_a_sentence() {
        let mut seen = BTreeSet::new();
        for kind in ALL {
            assert!(seen.insert(kind.code), "{} stands twice", kind.code);
            assert!(kind.remedy.ends_with('.') && !kind.title.ends_with('.'), "{}", kind.code);
        }
    }
}
