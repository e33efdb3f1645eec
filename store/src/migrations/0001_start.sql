-- The books of Midcycle. Instants are milliseconds since 1970, days are ISO dates, money is whole minor units in the
-- currency beside it, JSON stands only where nothing asks for what is in it. Marks in braces: see dialect.rs.

create table accounts (
    id {text} not null primary key,
    version {int} not null,
    storefront {text} not null,
    name {text} not null,
    email {text} not null,
    zone {text} not null,
    currency {text} not null,
    opened_at {int} not null,
    balance_minor {int} not null,
    reserved_minor {int} not null,
    cash_minor {int} not null,
    granted_minor {int} not null,
    fees_on_minor {int} not null,
    log_hash {text} not null,
    had {text},
    constraint balance_not_negative check (balance_minor >= 0),
    constraint reserved_not_negative check (reserved_minor >= 0),
    constraint backing_not_negative check (cash_minor >= 0 and granted_minor >= 0 and fees_on_minor >= 0)
) {table};
create index accounts_by_age on accounts (opened_at, id);

create table subscriptions (
    account_id {text} not null references accounts (id),
    id {text} not null,
    product {text} not null,
    started_at {int} not null,
    anchor_start {text} not null,
    anchor_cycle {text} not null,
    period_no {int} not null,
    periods_before {int} not null,
    period_from {int} not null,
    period_until {int} not null,
    due_day {int},
    pays_by {text} not null,
    plan_credits {text},
    carry {text},
    waiting {text},
    trial_until {int},
    billed {text} not null,
    usage {text},
    one_time {text},
    full_refund_until {int},
    cancellation {text},
    gone {int} not null,
    primary key (account_id, id),
    constraint period_in_order check (period_from <= period_until)
) {table};
create unique index subscription_id on subscriptions (id);
create index subscriptions_by_age on subscriptions (started_at, id);
-- Due renewals are found by day and walked in the order of ids: an index on the exact moment is slower the more there are.
create index subscriptions_due on subscriptions (due_day, account_id, id);

create table services (
    account_id {text} not null,
    id {text} not null,
    subscription_id {text} not null,
    label {text} not null,
    module {text} not null,
    desired {text} not null,
    access {text} not null,
    generation {int} not null,
    package {text},
    observed {text},
    observed_generation {int} not null,
    progress {text} not null,
    progress_reason {text},
    progress_at {int} not null,
    primary key (account_id, id),
    foreign key (account_id, subscription_id) references subscriptions (account_id, id)
) {table};
create unique index service_id on services (id);
create unique index service_of_subscription on services (account_id, subscription_id);
create index services_package on services (id) where package is not null;
create index services_restricted on services (id) where access = 'restricted';
create index services_failed on services (progress_at, id) where progress = 'failed';

create table items (
    account_id {text} not null,
    id {text} not null,
    subscription_id {text} not null,
    component {text} not null,
    code {text} not null,
    label {text} not null,
    currency {text} not null,
    unit_price_minor {int} not null,
    tiers {text},
    discount {text},
    cycle {text} not null,
    quantity {int} not null,
    price_minor {int} not null,
    catalogue_version {int} not null,
    primary key (account_id, id),
    foreign key (account_id, subscription_id) references subscriptions (account_id, id),
    constraint quantity_not_negative check (quantity >= 0)
) {table};
create index items_of_subscription on items (account_id, subscription_id);

create table segments (
    account_id {text} not null,
    id {text} not null,
    subscription_id {text} not null,
    item_id {text} not null,
    code {text} not null,
    label {text} not null,
    from_at {int} not null,
    until_at {int} not null,
    shares_first_day {int} not null,
    currency {text} not null,
    list_minor {int} not null,
    discount {text},
    cycle {text} not null,
    quantity {int} not null,
    gross_minor {int} not null,
    net_minor {int} not null,
    tax_minor {int} not null,
    tax_rate {text},
    collected_minor {int} not null,
    policy {text} not null,
    document_id {text},
    bought {text},
    of_trial {int} not null,
    primary key (account_id, id),
    constraint segment_in_order check (from_at <= until_at),
    constraint collected_at_most_net check (collected_minor >= 0 and collected_minor <= net_minor),
    constraint net_at_most_gross check (net_minor <= gross_minor and tax_minor >= 0)
) {table};
create index segments_by_end on segments (account_id, until_at);

create table plan_changes (
    account_id {text} not null,
    id {text} not null,
    subscription_id {text} not null,
    submitted_at {int} not null,
    asked_by {text} not null,
    pays_by {text},
    document_id {text},
    state {text} not null,
    needs_from {int},
    lapses_at {int},
    closed_at {int},
    direction {text} not null,
    from_plan {text} not null,
    to_plan {text} not null,
    currency {text} not null,
    total_minor {int} not null,
    due_minor {int} not null,
    quote {text} not null,
    primary key (account_id, id),
    constraint change_state check (
        (state = 'awaits_payment' and lapses_at is not null and closed_at is null)
        or (state = 'scheduled' and lapses_at is null and closed_at is null)
        or (state in ('applied', 'withdrawn', 'lapsed') and lapses_at is null and closed_at is not null)
    )
) {table};
create unique index plan_change_id on plan_changes (id);
create unique index one_open_change on plan_changes (account_id, subscription_id)
    where state in ('awaits_payment', 'scheduled');
create index plan_changes_by_age on plan_changes (submitted_at, id);
create index plan_changes_to_begin on plan_changes (needs_from) where state = 'scheduled';
create index plan_changes_to_lapse on plan_changes (lapses_at) where state = 'awaits_payment';

create table documents (
    account_id {text} not null references accounts (id),
    id {text} not null,
    kind {text} not null,
    storefront {text} not null,
    series {text} not null,
    number {int} not null,
    issued_at {int} not null,
    issued_on {text} not null,
    currency {text} not null,
    total_minor {int} not null,
    reason {text} not null,
    period_ordinal {int},
    change_id {text},
    subscription_id {text},
    corrects_id {text},
    fee_count {text},
    primary key (account_id, id),
    constraint total_not_negative check (total_minor >= 0)
) {table};
create unique index document_id on documents (id);
create unique index document_number on documents (storefront, series, number);
create unique index renewal_once on documents (account_id, subscription_id, period_ordinal)
    where kind = 'invoice' and reason = 'period';
-- What a trial costs is charged once, and an end is billed or credited once.
create unique index once_of_subscription on documents (account_id, subscription_id, reason)
    where reason in ('trial', 'cancellation');
create index documents_by_age on documents (issued_at, id);
{append_only documents}

create table document_lines (
    account_id {text} not null,
    document_id {text} not null,
    line_no {int} not null,
    item_id {text},
    label {text} not null,
    quantity {int} not null,
    from_at {int},
    until_at {int},
    currency {text} not null,
    amount_minor {int} not null,
    tax_minor {int} not null,
    tax_rate {text},
    segment_id {text},
    derivation {text},
    metered {text},
    primary key (account_id, document_id, line_no),
    foreign key (account_id, document_id) references documents (account_id, id)
) {table};
{append_only document_lines}

create table invoices (
    account_id {text} not null,
    id {text} not null,
    subscription_id {text} not null,
    change_id {text},
    currency {text} not null,
    total_minor {int} not null,
    from_balance_minor {int} not null,
    credited_minor {int} not null,
    due_on {text} not null,
    state {text} not null,
    closed_at {int},
    paid_by {text},
    dunning {text},
    dunning_at {int},
    primary key (account_id, id),
    foreign key (account_id, id) references documents (account_id, id),
    constraint invoice_parts check (
        from_balance_minor >= 0 and credited_minor >= 0 and from_balance_minor + credited_minor <= total_minor
    ),
    constraint invoice_state check (
        (state = 'open' and closed_at is null and paid_by is null)
        or (state = 'paid' and closed_at is not null and paid_by is not null)
        or (state = 'void' and closed_at is not null and paid_by is null)
    )
) {table};
create index invoices_open on invoices (account_id, id) where state = 'open';
create index invoices_to_dun on invoices (dunning_at, account_id, id) where dunning_at is not null;

create table attempts (
    account_id {text} not null,
    id {text} not null,
    invoice_id {text} not null,
    currency {text} not null,
    amount_minor {int} not null,
    card {text} not null,
    created_at {int} not null,
    state {text} not null,
    reason {text},
    captured_at {int},
    primary key (account_id, id),
    constraint attempt_positive check (amount_minor > 0)
) {table};
create unique index attempt_id on attempts (id);
create unique index captured_once on attempts (account_id, invoice_id) where state = 'captured';
create index attempts_by_age on attempts (created_at, id);

create table payouts (
    account_id {text} not null,
    id {text} not null,
    currency {text} not null,
    amount_minor {int} not null,
    fee_minor {int} not null,
    sent_to {text} not null,
    requested_at {int} not null,
    state {text} not null,
    closed_at {int},
    note {text},
    primary key (account_id, id),
    foreign key (account_id, id) references documents (account_id, id),
    constraint payout_parts check (fee_minor >= 0 and fee_minor < amount_minor),
    constraint payout_state check (
        (state = 'requested' and closed_at is null and note is null)
        or (state in ('sent', 'returned') and closed_at is not null and note is not null)
    )
) {table};
create unique index payout_id on payouts (id);
create unique index one_open_payout on payouts (account_id) where state = 'requested';
create index payouts_by_age on payouts (requested_at, id);

create table postings (
    account_id {text} not null,
    id {text} not null,
    transaction_id {text} not null,
    ledger_account {text} not null,
    currency {text} not null,
    amount_minor {int} not null,
    document_id {text} not null,
    posted_at {int} not null,
    primary key (account_id, id),
    constraint posting_not_zero check (amount_minor <> 0)
) {table};
create index postings_by_age on postings (posted_at, id);
{append_only postings}

create table log (
    account_id {text} not null,
    version {int} not null,
    command_id {text} not null,
    decided_at {int} not null,
    actor {text} not null,
    actor_name {text},
    name {text} not null,
    request_key {text},
    digest {text} not null,
    summary {text} not null,
    body {text} not null,
    answer {text} not null,
    hash {text} not null,
    primary key (account_id, version)
) {table};
create unique index command_once on log (command_id);
create unique index key_once on log (account_id, request_key) where request_key is not null;
create index log_by_age on log (decided_at, command_id);
{append_only log}

create table effects (
    account_id {text} not null,
    id {text} not null,
    wish {text} not null,
    kind {text} not null,
    due_at {int} not null,
    state {text} not null,
    ready_at {int} not null,
    attempts {int} not null,
    fence {int} not null,
    leased_by {text},
    closed_at {int},
    error {text},
    primary key (account_id, id),
    constraint effect_state check (state in ('queued', 'done', 'dead'))
) {table};
create unique index effect_id on effects (id);
create index effects_ready on effects (ready_at, account_id, id) where state = 'queued';
create index effects_dead on effects (due_at, id) where state = 'dead';
create index effects_by_age on effects (due_at, id);

create table mails (
    account_id {text} not null,
    id {text} not null,
    template {text} not null,
    recipient {text} not null,
    subject {text} not null,
    html {text} not null,
    plain {text} not null,
    document_id {text},
    sent_at {int} not null,
    primary key (account_id, id)
) {table};
create unique index mail_id on mails (id);
create index mails_by_age on mails (sent_at, id);

create table module_runs (
    account_id {text} not null,
    id {text} not null,
    service_id {text} not null,
    module {text} not null,
    generation {int} not null,
    started_at {int} not null,
    ended_at {int},
    input {text} not null,
    output {text},
    outcome {text},
    primary key (account_id, id)
) {table};
create unique index module_run_id on module_runs (id);
create index module_runs_by_age on module_runs (started_at, id);
create index module_runs_of_service on module_runs (account_id, service_id, started_at);

create table gateway_events (
    gateway {text} not null,
    event_id {text} not null,
    account_id {text} not null,
    received_at {int} not null,
    constraint gateway_event_once primary key (gateway, event_id)
) {table};

create table series (
    storefront {text} not null,
    name {text} not null,
    last {int} not null,
    primary key (storefront, name)
) {table};

create table catalogues (
    storefront {text} not null,
    version {int} not null,
    digest {text} not null,
    body {text} not null,
    published_at {int} not null,
    primary key (storefront, version)
) {table};
{append_only catalogues}

create table logins (
    id {text} not null primary key,
    email {text} not null,
    password_hash {text} not null,
    role {text} not null,
    account_id {text},
    name {text} not null,
    disabled {int} not null,
    created_at {int} not null,
    constraint login_role check (
        (role = 'customer' and account_id is not null) or (role = 'staff' and account_id is null)
    )
) {table};
create unique index login_email on logins (email);
create index logins_of_account on logins (account_id);

create table sessions (
    token_hash {bytes} not null primary key,
    login_id {text} not null references logins (id),
    csrf {text} not null,
    created_at {int} not null,
    last_seen_at {int} not null,
    expires_at {int} not null
) {table};
create index sessions_of_login on sessions (login_id);
create index sessions_by_end on sessions (expires_at);

create table api_keys (
    id {text} not null primary key,
    name {text} not null,
    secret_hash {bytes} not null,
    scope {text} not null,
    account_id {text},
    created_at {int} not null,
    last_used_at {int},
    revoked_at {int},
    constraint key_scope check (scope in ('read', 'write'))
) {table};

-- The other side of the sandbox gateway: its own books, by the key that it was sent.
create table sandbox_charges (
    charge_key {text} not null primary key,
    currency {text} not null,
    amount_minor {int} not null,
    card {text} not null,
    captured {int} not null,
    created_at {int} not null
) {table};

create table settings (
    name {text} not null primary key,
    content {text} not null
) {table};
