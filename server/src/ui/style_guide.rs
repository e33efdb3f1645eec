//! The style guide: every component in every state, light beside dark. It is drawn by the same
//! macros as all pages, so it cannot drift from them.

use billing::explain::Language;

use super::sample::{HOSTILE_TEXT, LONG_NAME};
use super::{
    Accent, AmountView, Badge, Checkbox, Choice, Column, DateView, EmptyState, Event, Fact, Field, Icon, MenuItem,
    Notice, Page, Pager, PortalSection, RadioCard, Row, Sample, Select, Step, StepState, Table, Tone, UsageBar, Value,
};
use askama::Template;

/// `GET /style-guide`
#[derive(Clone, Debug, Template)]
#[template(path = "style_guide.html")]
pub struct StyleGuide {
    /// Around the content.
    pub page: Page,
}

/// One half of the guide: its class and a word that keeps the ids of both halves apart.
struct Half {
    class: &'static str,
    word: &'static str,
}

impl StyleGuide {
    /// The guide with a menu around it.
    #[must_use]
    pub fn new() -> Self {
        Self {
            page: Page::portal(
                Language::English,
                "Style guide",
                "Midcycle",
                Accent::Indigo,
                PortalSection::Elsewhere,
                "Anna Example",
                "",
            )
            .crumb("Dashboard", "/dashboard"),
        }
    }

    fn halves(&self) -> [Half; 2] {
        [Half { class: "scheme-light", word: "light" }, Half { class: "scheme-dark", word: "dark" }]
    }

    fn badges(&self) -> [Badge; 6] {
        [
            Badge::new("Ended", Tone::Neutral),
            Badge::new("Paid", Tone::Good),
            Badge::new("Resizing", Tone::Waiting),
            Badge::new("Open", Tone::Attention),
            Badge::new("Failed", Tone::Bad),
            Badge::new("Your plan", Tone::Accent),
        ]
    }

    fn amounts(&self) -> [AmountView; 6] {
        [
            AmountView::new(Language::English, 1333, "EUR", 2),
            AmountView::new(Language::English, -667, "EUR", 2),
            AmountView::difference(Language::English, 1000, "EUR", 2),
            AmountView::new(Language::English, 0, "EUR", 2),
            AmountView::new(Language::English, 1200, "JPY", 0),
            AmountView::new(Language::English, 1_234_567, "KWD", 3),
        ]
    }

    fn fields(&self, half: &Half) -> [Field; 4] {
        let name = |field: &str| format!("{}_{field}", half.word);
        [
            Field::new(name("mail"), "Email", "email").help("We send your invoices there."),
            Field::new(name("wrong"), "Quantity", "number")
                .value("-3")
                .error("The quantity is below zero. Choose a number from 1 to 16.")
                .help("From 1 to 16."),
            Field::new(name("note"), "Note", "text").optional(),
            Field::new(name("zone"), "Time zone", "text").value("Europe/Berlin").read_only(),
        ]
    }

    fn selects(&self, half: &Half) -> [Select; 2] {
        let select = Select {
            name: format!("{}_memory", half.word),
            label: "Extra memory".into(),
            choices: vec![Choice::new("0", "None", false), Choice::new("2", "2 GB, €4.00 per month", true)],
            help: Some("Changes together with the plan.".into()),
            error: None,
        };
        [
            select.clone(),
            Select {
                name: format!("{}_memory_wrong", half.word),
                error: Some("This plan takes no extra memory. Choose none.".into()),
                ..select
            },
        ]
    }

    fn checkbox(&self, half: &Half) -> Checkbox {
        Checkbox {
            name: format!("{}_recalculate", half.word),
            label: "Recalculate the recurring amount".into(),
            checked: true,
            help: Some("From the next invoice on.".into()),
        }
    }

    fn cards(&self, half: &Half) -> [RadioCard; 3] {
        let name = format!("{}_plan", half.word);
        let card = RadioCard {
            amount: Some(AmountView::new(Language::English, 2000, "EUR", 2)),
            amount_note: Some("per month".into()),
            badge: Some(Badge::new("Your plan", Tone::Accent)),
            ..RadioCard::new(name.clone(), "standard", "Standard", true).note("2 processors, 4 GB memory, 80 GB disk")
        };
        [
            card.clone(),
            RadioCard {
                badge: None,
                amount: Some(AmountView::new(Language::English, 4000, "EUR", 2)),
                ..RadioCard { value: "large".into(), label: "Large".into(), selected: false, ..card.clone() }
            },
            RadioCard {
                refused: Some("Your disk holds 62 GB, and this plan has 40 GB. Delete 22 GB first.".into()),
                amount: Some(AmountView::new(Language::English, 1000, "EUR", 2)),
                ..RadioCard::new(name, "small", "Small", false)
            },
        ]
    }

    fn table(&self) -> Table {
        let row = |name: &str, tone: Tone, word: &str, minor: i64| {
            Row::new(vec![
                Value::Link { label: name.to_owned(), href: "/services".into(), note: Some("Standard, 4 GB".into()) },
                Badge::new(word, tone).into(),
                AmountView::new(Language::English, minor, "EUR", 2).into(),
            ])
            .with_menu(
                name,
                vec![
                    MenuItem::new("View", "/services", Icon::Server),
                    MenuItem {
                        refused: Some("A change is already on its way.".into()),
                        ..MenuItem::new("Change plan", "/services", Icon::Arrows)
                    },
                ],
            )
        };
        Table {
            caption: "Example services".into(),
            columns: vec![Column::new("Service"), Column::new("State"), Column::numeric("Price")],
            rows: vec![
                row("web-1.example.net", Tone::Good, "Running", 2000),
                row(LONG_NAME, Tone::Waiting, "Resizing", 123_456),
                row(HOSTILE_TEXT, Tone::Bad, "Failed", -667),
            ],
            empty: self.empty(),
            pager: Pager { previous: None, next: Some("/services".into()), text: "1–3 of 12".into() },
        }
    }

    fn empty(&self) -> EmptyState {
        EmptyState {
            action: Some(("Go to my services".into(), "/services".into())),
            ..EmptyState::new(
                Icon::Purse,
                "Nothing has moved yet",
                "What comes back from a smaller plan will be listed here.",
            )
        }
    }

    fn steps(&self) -> [Vec<Step>; 3] {
        let at = |text: &str| DateView { iso: "2027-05-03T12:00:00Z".into(), text: text.into() };
        [
            vec![
                Step::new("Ordered", StepState::Done).at(at("14:00 CEST")),
                Step::new("Paid", StepState::Done).at(at("14:01 CEST")),
                Step::new("Resizing", StepState::Current).note("about 2 minutes"),
                Step::new("Done", StepState::Ahead),
            ],
            vec![
                Step::new("Ordered", StepState::Done).at(at("14:00 CEST")),
                Step::new("Paid", StepState::Done).at(at("14:01 CEST")),
                Step::new("Resized", StepState::Done).at(at("14:03 CEST")),
                Step::new("Done", StepState::Done).at(at("14:03 CEST")),
            ],
            vec![
                Step::new("Ordered", StepState::Done).at(at("14:00 CEST")),
                Step::new("Payment declined", StepState::Failed).at(at("14:01 CEST")).note("by your bank"),
                Step::new("Resizing", StepState::Ahead),
                Step::new("Done", StepState::Ahead),
            ],
        ]
    }

    fn events(&self) -> Vec<Event> {
        let event = |icon, sentence: &str, by: &str, text: &str| Event {
            at: DateView { iso: "2027-05-03T12:00:00Z".into(), text: text.into() },
            sentence: sentence.into(),
            by: by.into(),
            icon,
            href: None,
        };
        vec![
            event(
                Icon::Restart,
                "The server restarted with 8 GB of memory.",
                "Server module",
                "3 May 2027, 14:03 CEST",
            ),
            event(Icon::Card, "€13.33 was paid by card.", "Sandbox gateway", "3 May 2027, 14:01 CEST"),
            event(
                Icon::Arrows,
                "Anna Example ordered the change from Standard to Large.",
                "Anna Example",
                "3 May 2027, 14:00 CEST",
            ),
        ]
    }

    fn usage(&self) -> Vec<UsageBar> {
        let bar =
            |label: &str, used, limit, text: &str| UsageBar { label: label.into(), used, limit, text: text.into() };
        vec![
            bar("Disk", 31, 80, "31 of 80 GB"),
            bar("Traffic", 960, 1000, "960 of 1,000 GB"),
            bar("Addresses", 0, 4, "0 of 4"),
        ]
    }

    fn facts(&self) -> Vec<Fact> {
        vec![
            Fact::new("Plan", "Standard"),
            Fact::new("Paid until", DateView { iso: "2027-05-31".into(), text: "31 May 2027".into() }),
            Fact::new("State", Badge::new("Running", Tone::Good)),
            Fact::new("Service", Value::Code("svc_01jx2b".into())),
            Fact::new("Window", Value::Nothing),
        ]
    }

    fn notices(&self) -> [Notice; 2] {
        [
            Notice::good("Downgrade complete").sentence("€6.67 is on your balance."),
            Notice {
                link: Some(("Look at the invoice".into(), "/billing".into())),
                ..Notice::bad("The payment was declined").sentence("Nothing was changed.")
            },
        ]
    }

    fn why(&self) -> [&'static str; 2] {
        [
            "You paid €20.00 for Standard from 1 to 30 April 2027, which is 30 days.",
            "14 of these days are left. 20.00 × 14 ÷ 30 is 9.333, rounded to €9.33.",
        ]
    }
}

impl Default for StyleGuide {
    fn default() -> Self {
        Self::new()
    }
}

impl Sample for StyleGuide {
    fn samples() -> Vec<Self> {
        vec![Self::new()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::asset::CSS;

    /// Relative luminance after WCAG 2.2, from `#rrggbb`.
    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let value = u8::from_str_radix(&colour[at..at + 2], 16).expect("two hex digits");
            let value = f64::from(value) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The light and the dark colour of a property, in the first rule that begins with `rule`.
    fn colours(rule: &str, property: &str) -> [String; 2] {
        let rule = &CSS[CSS.find(rule).expect("the rule stands in app.css")..];
        let rule = &rule[rule.find(&format!("{property}: light-dark(")).expect("the property")..];
        let inside = &rule[rule.find('(').expect("open") + 1..rule.find(')').expect("close")];
        let (light, dark) = inside.split_once(", ").expect("two colours");
        [light.to_owned(), dark.to_owned()]
    }

    #[test]
    fn every_accent_can_be_read_in_both_modes() {
        let grounds = ["--canvas", "--surface", "--sunken"].map(|name| colours(":root {", name));
        for accent in Accent::ALL {
            let rule = format!(".{} {{", accent.class());
            let (own, on) = (colours(&rule, "--accent"), colours(&rule, "--on-accent"));
            for mode in 0..2 {
                assert!(contrast(&own[mode], &on[mode]) >= 4.5, "{accent:?} {mode}");
                for ground in &grounds {
                    assert!(contrast(&own[mode], &ground[mode]) >= 4.5, "{accent:?} {mode}");
                }
            }
        }
    }

    #[test]
    fn every_colour_of_text_can_be_read_in_both_modes() {
        let grounds = ["--canvas", "--surface", "--sunken"].map(|name| colours(":root {", name));
        for name in ["--ink", "--ink-quiet", "--good", "--attention", "--bad", "--waiting"] {
            let text = colours(":root {", name);
            for mode in 0..2 {
                for ground in &grounds {
                    assert!(contrast(&text[mode], &ground[mode]) >= 4.5, "{name} {mode}");
                }
            }
        }
    }
}
