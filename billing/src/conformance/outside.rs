//! What lies outside the space of Midcycle's policies, family by family, said in words. A family that stands here is
//! asked nothing.

/// Why the vectors of a family cannot be asked, where that is known of all of them.
pub(super) fn reason(family: &str) -> Option<&'static str> {
    Some(match family {
        "boundary_change" => "what the next invoice has besides the change is not stated in the input",
        "cancel_uncancel" => {
            "a cancellation can be taken back, but what is asked are events of another system, or a state in prose"
        }
        "threshold_campaign" => {
            "dunning is by invoice; no rule sums what is overdue by currency and compares it with a threshold"
        }
        _ => return None,
    })
}

/// Why a field that no question reads has no place, where that is known.
pub(super) fn field(name: &str) -> Option<&'static str> {
    Some(match name {
        "billed" => "whether a credit is a share of what was billed, or bounded by it, is not stated",
        "adjusted" => "an invoice is never adjusted beside the credits of its changes",
        "paid" => "what was paid of several lines together is not stated by line",
        "pending_change" => "a change that is open is refused or replaced by the next one, never kept beside it",
        _ => return None,
    })
}

/// Why an expected field is not answered, where that is known.
pub(super) fn expected(name: &str) -> Option<&'static str> {
    Some(match name {
        "addon_monthly_first" => "the vector does not state where an add-on of another cycle is counted from",
        "actual_over_30" => "a whole period costs its price, however many days it has",
        "next_invoice" => "the vector does not state whether the change is settled now or with the next invoice",
        "renewal_total" => "what the renewal has besides the change is not stated in the input",
        "tax" | "tax_on_credit" | "credit_tax" => "the vector does not state a rate of tax",
        "seats_after" | "units_after" => "the vector does not state how many there are",
        _ => return None,
    })
}
