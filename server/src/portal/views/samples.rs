//! Examples of every page of the portal, one family of pages per file: usual, empty, one, many,
//! very long names, hostile text. [`every_page`] renders them all, for tests, for the pictures
//! and for whoever wants to see a state without bringing it about.

mod account;
mod document;
mod money;
mod plan_change;
mod service;

use billing::explain::Language;

use super::*;
use crate::ui::{
    Accent, AmountView, Badge, DateView, Page, PortalSection, Sample, Step, StepState, Tone, style_guide::StyleGuide,
};
use askama::Template;

/// Every page in every state: a name and its HTML.
///
/// # Errors
/// When a template cannot be rendered, which a test rules out.
pub fn every_page() -> Result<Vec<(String, String)>, askama::Error> {
    let mut pages = Vec::new();
    render::<LoginPage>("login", &mut pages)?;
    render::<DashboardPage>("dashboard", &mut pages)?;
    render::<SettingsPage>("settings", &mut pages)?;
    render::<ServicesPage>("services", &mut pages)?;
    render::<ServicePage>("service", &mut pages)?;
    render::<CancelPage>("cancel", &mut pages)?;
    render::<ChoosePage>("choose", &mut pages)?;
    render::<ReviewPage>("review", &mut pages)?;
    render::<OutdatedPage>("outdated", &mut pages)?;
    render::<ChangePage>("change", &mut pages)?;
    render::<DocumentPage>("document", &mut pages)?;
    render::<InvoicesPage>("invoices", &mut pages)?;
    render::<BalancePage>("balance", &mut pages)?;
    render::<PayoutPage>("payout", &mut pages)?;
    render::<DocumentsPage>("documents", &mut pages)?;
    render::<ErrorPage>("error", &mut pages)?;
    render::<StyleGuide>("style_guide", &mut pages)?;
    Ok(pages)
}

fn render<P: Sample + Template>(name: &str, pages: &mut Vec<(String, String)>) -> Result<(), askama::Error> {
    for (index, page) in P::samples().iter().enumerate() {
        pages.push((format!("{name}-{}", index + 1), page.render()?));
    }
    Ok(())
}

fn page(title: &str, section: PortalSection) -> Page {
    Page::portal(Language::English, title, "Fjordhost", Accent::Ember, section, "Anna Lindqvist", "csrf-sample")
}

fn euro(minor: i64) -> AmountView {
    AmountView::new(Language::English, minor, "EUR", 2)
}

fn day(year: i16, month: i8, day: i8) -> DateView {
    DateView::day(Language::English, jiff::civil::date(year, month, day))
}

fn moment(text: &str) -> DateView {
    let (at, zone) = (
        text.parse().unwrap_or(jiff::Timestamp::UNIX_EPOCH),
        jiff::tz::TimeZone::get("Europe/Berlin").unwrap_or(jiff::tz::TimeZone::UTC),
    );
    DateView::moment(Language::English, at, &zone)
}

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|&text| text.to_owned()).collect()
}

fn steps_waiting() -> Vec<Step> {
    vec![
        Step::new("Ordered", StepState::Done).at(moment("2027-04-17T09:12:00Z")),
        Step::new("Paid", StepState::Current).note("waiting for your payment"),
        Step::new("Resizing", StepState::Ahead),
        Step::new("Restarted", StepState::Ahead),
        Step::new("Done", StepState::Ahead),
    ]
}

fn steps_resizing() -> Vec<Step> {
    vec![
        Step::new("Ordered", StepState::Done).at(moment("2027-04-17T09:12:00Z")),
        Step::new("Paid", StepState::Done).at(moment("2027-04-17T09:13:00Z")),
        Step::new("Resizing", StepState::Current).note("about 2 minutes"),
        Step::new("Restarted", StepState::Ahead),
        Step::new("Done", StepState::Ahead),
    ]
}

fn steps_done() -> Vec<Step> {
    vec![
        Step::new("Ordered", StepState::Done).at(moment("2027-04-17T09:12:00Z")),
        Step::new("Paid", StepState::Done).at(moment("2027-04-17T09:13:00Z")),
        Step::new("Resized", StepState::Done).at(moment("2027-04-17T09:14:00Z")),
        Step::new("Restarted", StepState::Done).at(moment("2027-04-17T09:15:00Z")),
        Step::new("Done", StepState::Done).at(moment("2027-04-17T09:15:00Z")),
    ]
}

fn running() -> Badge {
    Badge::new("Running", Tone::Good)
}

impl Sample for ErrorPage {
    fn samples() -> Vec<Self> {
        [400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503]
            .map(|status| {
                Self::for_status(Page::bare(Language::English, "", "Fjordhost", Accent::Ember), status, "req_01jx2b9k")
            })
            .to_vec()
    }
}
