//! Every page of the admin in every state, held to the rules that hold for all pages.

use midcycle::admin::views::samples::every_page;
use midcycle::ui::sample::HOSTILE_TEXT;

fn each_page(look: impl Fn(&str, &str)) {
    let pages = every_page().expect("every template renders");
    assert!(pages.len() > 70, "the samples are gone");
    for (name, html) in &pages {
        look(name, html);
    }
}

#[test]
fn every_page_has_one_title_and_one_main_part_and_stays_small() {
    each_page(|name, html| {
        assert_eq!(html.matches("<h1").count(), 1, "{name}");
        assert_eq!(html.matches("<main").count(), 1, "{name}");
        assert_eq!(html.matches("<title>").count(), 1, "{name}");
        assert!(html.len() < 60_000, "{name} has {} bytes", html.len());
    });
}

#[test]
fn no_page_carries_a_style_or_a_script_of_its_own() {
    each_page(|name, html| {
        assert!(!html.contains(" style=\"") && !html.contains("<style"), "{name}");
        assert_eq!(html.matches("<script").count(), 1, "{name}");
        for handler in [" onclick=", " onchange=", " onsubmit=", "javascript:"] {
            assert!(!html.contains(handler), "{name} has {handler}");
        }
    });
}

#[test]
fn hostile_text_is_only_ever_text() {
    let mut met = 0;
    for (name, html) in every_page().expect("every template renders") {
        assert!(!html.contains(HOSTILE_TEXT) && !html.contains("' onmouseover"), "{name}");
        met += usize::from(html.contains("&#60;script&#62;alert"));
    }
    assert!(met >= 30, "only {met} pages met hostile text");
}

#[test]
fn ids_are_unique_and_every_reference_finds_its_id() {
    each_page(|name, html| {
        let ids = attribute(html, "id");
        for (index, id) in ids.iter().enumerate() {
            assert!(!ids[..index].contains(id), "{name}: {id} stands twice");
        }
        for reference in ["for", "aria-labelledby", "aria-describedby", "popovertarget"] {
            for id in attribute(html, reference).iter().flat_map(|ids| ids.split_whitespace()) {
                assert!(ids.contains(&id), "{name}: {reference} {id} leads nowhere");
            }
        }
    });
}

#[test]
fn every_form_that_changes_something_carries_the_token() {
    each_page(|name, html| {
        for form in html.split("<form ").skip(1) {
            let form = &form[..form.find("</form>").expect("a form ends")];
            if form.contains("method=\"post\"") {
                assert!(form.contains("name=\"csrf\""), "{name}");
            }
        }
    });
}

#[test]
fn words_that_only_we_use_stay_in_the_house_and_headings_are_in_order() {
    each_page(|name, html| {
        let lower = html.to_lowercase();
        for word in ["proration", "prorated", "entity", "invalid input", "saga"] {
            assert!(!lower.contains(word), "{name} says {word}");
        }
        let mut before = 1;
        for part in html.split("<h").skip(1) {
            let Some(level) = part.chars().next().and_then(|letter| letter.to_digit(10)) else {
                continue;
            };
            assert!(level <= before + 1, "{name}: h{level} after h{before}");
            before = level;
        }
    });
}

fn attribute<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    html.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}
