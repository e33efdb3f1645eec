//! Examples of every page of the admin: usual, empty, one, many, very long names, hostile text.
//! [`every_page`] renders them all, for tests and for the pictures.

mod changes;
mod lists;
mod nouns;

use billing::explain::Language;

use super::*;
use crate::ui::{AdminSection, AmountView, Badge, DateView, Page, Sample, Step, StepState, Tone};
use askama::Template;

/// Every page in every state: a name and its HTML.
///
/// # Errors
/// When a template cannot be rendered, which a test rules out.
pub fn every_page() -> Result<Vec<(String, String)>, askama::Error> {
    let mut pages = Vec::new();
    render::<ListPage>("admin_list", &mut pages)?;
    render::<FormPage>("admin_form", &mut pages)?;
    render::<CustomerPage>("admin_customer", &mut pages)?;
    render::<ServicePage>("admin_service", &mut pages)?;
    render::<ChangePage>("admin_change", &mut pages)?;
    render::<ChoosePage>("admin_choose", &mut pages)?;
    render::<ReviewPage>("admin_review", &mut pages)?;
    render::<OutdatedPage>("admin_outdated", &mut pages)?;
    render::<DocumentPage>("admin_document", &mut pages)?;
    render::<RunPage>("admin_run", &mut pages)?;
    render::<MailPage>("admin_mail", &mut pages)?;
    render::<CataloguePage>("admin_catalogue", &mut pages)?;
    render::<EntryPage>("admin_entry", &mut pages)?;
    Ok(pages)
}

fn render<P: Sample + Template>(name: &str, pages: &mut Vec<(String, String)>) -> Result<(), askama::Error> {
    for (index, page) in P::samples().iter().enumerate() {
        pages.push((format!("{name}-{}", index + 1), page.render()?));
    }
    Ok(())
}

fn page(title: &str, section: AdminSection) -> Page {
    Page::admin(title, "Fjordhost", section, "Mara Keller", "csrf-sample")
}

fn euro(minor: i64) -> AmountView {
    AmountView::new(Language::English, minor, "EUR", 2)
}

fn day(year: i16, month: i8, day: i8) -> DateView {
    DateView::day(Language::English, jiff::civil::date(year, month, day))
}

fn moment(text: &str) -> DateView {
    let at = text.parse().unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    DateView::moment(
        Language::English,
        at,
        &jiff::tz::TimeZone::get("Europe/Berlin").unwrap_or(jiff::tz::TimeZone::UTC),
    )
}

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|&text| text.to_owned()).collect()
}

fn pair(words: &str, href: &str) -> (String, String) {
    (words.to_owned(), href.to_owned())
}

fn steps(reached: usize) -> Vec<Step> {
    let labels = ["Ordered", "Paid", "Resized", "Done"];
    let state = |index: usize| match index.cmp(&reached) {
        std::cmp::Ordering::Less => StepState::Done,
        std::cmp::Ordering::Equal => StepState::Current,
        std::cmp::Ordering::Greater => StepState::Ahead,
    };
    let step = |(index, label): (usize, &&str)| {
        let step = Step::new(*label, state(index));
        if index < reached { step.at(moment("2027-04-17T09:12:00Z")) } else { step }
    };
    labels.iter().enumerate().map(step).collect()
}

fn settled() -> Badge {
    Badge::new("Settled", Tone::Good)
}
