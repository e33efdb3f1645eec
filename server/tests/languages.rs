//! The texts in `server/locales` held against each other and against the sources: every language says everything, every
//! text that is asked for exists, and none is left over.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use midcycle::ui::Language;
use midcycle::ui::language::files;

/// A text: what it says, the placeholders it writes, and those it only chooses by.
#[derive(Debug, Default)]
struct Text {
    written: String,
    placeholders: BTreeSet<String>,
    selectors: BTreeSet<String>,
}

fn texts(language: Language) -> BTreeMap<String, Text> {
    let mut texts = BTreeMap::new();
    for (name, file) in files(language) {
        let found = read(file);
        assert!(found.len() > 10, "{name}.ftl in {} says nothing", language.tag());
        for (key, text) in found {
            assert!(texts.insert(key.clone(), text).is_none(), "{key} stands twice in {}", language.tag());
        }
    }
    texts
}

/// The texts of a Fluent file: a key at the start of a line, and what follows it up to the next.
fn read(file: &str) -> BTreeMap<String, Text> {
    let mut texts: BTreeMap<String, Text> = BTreeMap::new();
    let mut current = None;
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        let value = match line.split_once(" = ") {
            Some((key, value)) if !line.starts_with([' ', '}']) => {
                assert!(texts.insert(key.to_owned(), Text::default()).is_none(), "{key} stands twice in one file");
                current = Some(key.to_owned());
                value
            }
            _ => line,
        };
        if let Some(text) = current.as_ref().and_then(|key| texts.get_mut(key)) {
            text.written.push_str(value);
            text.written.push('\n');
        }
    }
    for text in texts.values_mut() {
        for inside in text.written.split("{ $").skip(1) {
            let name: String = inside.chars().take_while(char::is_ascii_alphanumeric).collect();
            let after = inside[name.len()..].trim_start();
            let set = if after.starts_with("->") { &mut text.selectors } else { &mut text.placeholders };
            set.insert(name);
        }
    }
    texts
}

#[test]
fn every_language_says_everything_with_the_same_placeholders() {
    let english = texts(Language::English);
    for language in [Language::German, Language::Japanese] {
        let texts = texts(language);
        let keys = |texts: &BTreeMap<String, Text>| texts.keys().cloned().collect::<BTreeSet<_>>();
        let (ours, theirs) = (keys(&english), keys(&texts));
        let differ: Vec<_> = ours.symmetric_difference(&theirs).collect();
        assert!(differ.is_empty(), "only in English or only in {}: {differ:?}", language.tag());
        for (key, text) in &texts {
            let model = &english[key];
            assert_eq!(text.placeholders, model.placeholders, "{key} in {}", language.tag());
            // A language that does not count by one and many has no use for the count.
            assert!(text.selectors.is_subset(&model.selectors), "{key} in {}", language.tag());
        }
    }
}

#[test]
fn what_is_said_is_said_in_the_language() {
    let english = texts(Language::English);
    // The same word in both, or nothing but an order of placeholders.
    let same_in_german = [
        "count-of",
        "direction-downgrade",
        "direction-upgrade",
        "direction-what",
        "document-title",
        "mail-line",
        "noted-with-tax",
        "option-priced",
        "pending-sentence",
        "price-per",
        "settings-name",
        "share-of-line",
        "subject-period-days",
        "tax-with-amount",
        "what-with-cycle",
        "what-with-options",
        "credits-will",
        "credits-has-will",
        "server-now",
    ];
    for (key, text) in texts(Language::German) {
        if !same_in_german.contains(&key.as_str()) {
            assert_ne!(text.written, english[&key].written, "{key} is English in German");
        }
        for informal in [" du ", " dein", " Du ", " Dein"] {
            assert!(!format!(" {}", text.written).contains(informal), "{key}: German customers are addressed with Sie");
        }
    }
    let is_japanese =
        |letter: char| ('\u{3040}'..='\u{30ff}').contains(&letter) || ('\u{4e00}'..='\u{9fff}').contains(&letter);
    for (key, text) in texts(Language::Japanese) {
        let words: String =
            text.written.split('{').map(|part| part.split_once('}').map_or(part, |(_, after)| after)).collect();
        let has_letters = words.chars().any(|letter| letter.is_ascii_alphabetic());
        assert!(!has_letters || words.chars().any(is_japanese), "{key} is not Japanese: {}", text.written);
    }
}

#[test]
fn every_text_that_is_asked_for_exists_and_none_is_left_over() {
    let english = texts(Language::English);
    let planted = "words.fill(\n    \"no-such-text\",\n    &args![\"a\" => 1],\n) page.text(\"nor-this\") language.fill(\"mail-line\", &args![\"word\" => 2])";
    let asked = asks(planted);
    let keys: Vec<_> = asked.iter().map(|asks| asks.key.as_str()).collect();
    assert_eq!(keys, ["no-such-text", "nor-this", "mail-line"]);
    assert_eq!(asked[2].names, Some(["word".to_owned()].into()));

    let (mut used, mut wrong) = (BTreeSet::new(), Vec::new());
    for file in sources() {
        let source = fs::read_to_string(&file).expect("a readable source");
        for asks in asks(&source) {
            match english.get(&asks.key) {
                None => wrong.push(format!("{}: there is no text {}", file.display(), asks.key)),
                Some(text) => {
                    let all: BTreeSet<_> = text.placeholders.union(&text.selectors).cloned().collect();
                    if asks.names.as_ref().is_some_and(|names| !all.is_subset(names)) || (asks.plain && !all.is_empty())
                    {
                        wrong.push(format!("{}: {} needs {all:?}", file.display(), asks.key));
                    }
                }
            }
            used.insert(asks.key);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let left: Vec<_> = english.keys().filter(|key| !used.contains(*key)).collect();
    assert!(left.is_empty(), "nobody asks for {left:?}");
}

/// A place where a text is asked for.
#[derive(Debug)]
struct Asks {
    key: String,
    /// Is it asked for without placeholders?
    plain: bool,
    /// The placeholders that are filled, where they stand beside the key.
    names: Option<BTreeSet<String>>,
}

/// Every place in a source that asks for a text by a key that is written out.
fn asks(source: &str) -> Vec<Asks> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find('(') {
        let name = rest[..at].rsplit(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').next();
        let name = name.unwrap_or_default().to_owned();
        rest = &rest[at + 1..];
        if !["text", "fill", "with", "words", "figure", "button"].contains(&name.as_str()) {
            continue;
        }
        let Some((key, after)) = rest.trim_start().strip_prefix('"').and_then(|text| text.split_once('"')) else {
            continue;
        };
        let is_key = key.contains('-')
            && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !is_key {
            continue;
        }
        let after = after.trim_start().trim_start_matches(',').trim_start();
        let names = match after.strip_prefix("&args![").and_then(|inside| inside.split_once(']')) {
            Some((inside, _)) if name == "fill" || name == "words" => {
                let names = inside.split(" => ").filter_map(|part| part.rsplit('"').nth(1));
                let count = inside.matches(" => ").count();
                Some(names.take(count).map(str::to_owned).collect())
            }
            _ if name == "with" => {
                after.strip_prefix('"').and_then(|text| text.split_once('"')).map(|(one, _)| [one.to_owned()].into())
            }
            _ => None,
        };
        found.push(Asks { key: key.to_owned(), plain: matches!(name.as_str(), "text" | "figure" | "button"), names });
    }
    found
}

/// Everything that may ask for a text. The API speaks to programs, in English.
fn sources() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join("src"), root.join("templates")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            match path.extension().and_then(|ending| ending.to_str()) {
                _ if path.is_dir() && path.ends_with("src/api") => {}
                _ if path.is_dir() => folders.push(path),
                Some("rs" | "html") => found.push(path),
                _ => {}
            }
        }
    }
    assert!(found.len() > 100, "only {} sources were found", found.len());
    found
}
