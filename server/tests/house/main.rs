//! The walls of the house, read from the sources themselves: where SQL may stand, which crate may know which,
//! what `billing` may not touch, and that nothing names the machine it was written on.
//!
//! Each wall is a function from text to findings, and is first shown a planted violation: a check that cannot
//! fail proves nothing. What the compiler and `billing/clippy.toml` already refuse is not repeated here.

mod parts;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use parts::Parts;

#[test]
fn sql_stands_in_store_alone() {
    let planted = [
        r#"let q = "select id from accounts where id = $1";"#,
        r#"let q = "SELECT count(*)\n  FROM accounts";"#,
        r##"let q = r#"with due as (select 1) insert into t (a) values ($1)"#;"##,
        r#"const Q: &str = "update accounts set version = version + 1";"#,
        r#"client.execute("delete from sessions where id = $1")"#,
        "concat!(\"create table x (\", \"id bigint)\")",
        r#"db.batch("begin immediate; commit")"#,
    ];
    for text in planted {
        assert_eq!(sql(text).len(), 1, "not seen as SQL: {text}");
    }
    let innocent = [
        r#"println!("select a plan from the list")"#,
        r#""update your settings""#,
        "// select id from accounts: a comment may speak of SQL",
        "/* delete from x where y */ fn f() {}",
        r#"'"'; let from = select;"#,
        r#""Choose from these plans, then insert the card into the reader""#,
    ];
    for text in innocent {
        assert_eq!(sql(text), Vec::<String>::new(), "wrongly seen as SQL: {text}");
    }

    let mut findings = Vec::new();
    for crate_name in ["billing", "engine", "server"] {
        for file in files(crate_name, &["rs"]) {
            // This file has to spell out what it looks for.
            if !file.ends_with("server/tests/house/main.rs") {
                note(&mut findings, &file, sql(&read(&file)));
            }
        }
        findings.extend(files(crate_name, &["sql"]).iter().map(|file| format!("{}: a file of SQL", file.display())));
    }
    assert_clean("SQL outside `store`", &findings);
}

#[test]
fn each_crate_knows_only_what_its_rule_allows() {
    let planted = "[package]\nname = \"billing\"\n[dependencies]\njiff.workspace = true\n\
                   [dependencies.store]\npath = \"../store\"\n[dev-dependencies]\nproptest = \"1\"\n\
                   [target.'cfg(unix)'.dependencies]\ntokio = \"1\"\n[build-dependencies]\ncc = \"1\"\n";
    assert_eq!(dependencies(planted), ["jiff", "store", "tokio", "cc"]);
    assert_eq!(edges("billing", planted).len(), 3);
    assert_eq!(
        edges("engine", "[dependencies]\nrenamed = { package = \"axum\", version = \"1\" }\n").len(),
        1,
        "a renamed dependency is the same dependency"
    );

    let mut findings = Vec::new();
    for crate_name in ["billing", "store", "engine", "server"] {
        let manifest = root().join(crate_name).join("Cargo.toml");
        note(&mut findings, &manifest, edges(crate_name, &read(&manifest)));
    }
    assert_clean("an edge that the design forbids", &findings);
}

#[test]
fn billing_has_no_floats_and_no_world() {
    let planted = [
        "fn f(x: f64) {}",
        "let x = 1_f32;",
        "let x = 1.5f64;",
        "use std::fs;",
        "use std::{collections::BTreeMap, net::TcpStream};",
        "tokio::spawn(async {})",
        "async fn f() {}",
        "let m: HashMap<u8, u8>;",
        "unsafe { }",
    ];
    for text in planted {
        assert!(!worldly(text).is_empty(), "not seen: {text}");
    }
    let innocent = [
        "// f64 and std::fs are absent on purpose",
        r#"let text = "f64 HashMap async";"#,
        "let offset_f = 64; let self64 = 1;",
        "use std::collections::BTreeMap;",
        "let xf64x = 1;",
    ];
    for text in innocent {
        assert_eq!(worldly(text), Vec::<String>::new(), "wrongly seen: {text}");
    }

    let mut findings = Vec::new();
    for file in files("billing/src", &["rs"]) {
        note(&mut findings, &file, worldly(&read(&file)));
    }
    assert_clean("something impure in `billing`", &findings);
}

#[test]
fn nothing_names_the_machine_it_was_written_on() {
    // Written in halves, so that this file does not find itself.
    let home = concat!("/ho", "me/");
    let planted = [
        format!("see {home}ada/midcycle"),
        format!("{}midcycle/target", concat!("/Us", "ers/ada/")),
        concat!("cd /ro", "ot/x").to_owned(),
        concat!("C:\\Us", "ers\\ada").to_owned(),
        concat!("/wo", "rk/main/billing").to_owned(),
    ];
    for text in planted {
        assert_eq!(machine_paths(&text).len(), 1, "not seen: {text}");
    }
    for text in ["/usr/bin/chromium and /tmp/x and /etc/passwd", "https://example.test/homepage", "GET /workshops"] {
        assert_eq!(machine_paths(text), Vec::<String>::new(), "wrongly seen: {text}");
    }

    let mut findings = Vec::new();
    for file in files(
        "",
        &["rs", "toml", "md", "html", "css", "js", "mjs", "json", "sql", "sh", "py", "yml", "yaml", "txt", "lock", ""],
    ) {
        note(&mut findings, &file, machine_paths(&read(&file)));
    }
    assert_clean("a path of somebody's machine", &findings);
}

#[test]
fn every_source_file_says_what_lives_in_it() {
    assert!(!opens_with_its_purpose("use std::fmt;\n//! too late"));
    assert!(opens_with_its_purpose("//! Money.\nuse std::fmt;"));

    let mut findings = Vec::new();
    for crate_name in ["billing", "store", "engine", "server"] {
        for file in files(crate_name, &["rs"]) {
            if !opens_with_its_purpose(&read(&file)) {
                findings.push(format!("{}: the first line is not a `//!` comment", file.display()));
            }
        }
    }
    assert_clean("a file that does not say what lives in it", &findings);
}

/// The statements of SQL among the string literals of a Rust source, each by its beginning.
fn sql(source: &str) -> Vec<String> {
    let literals = Parts::of(source).literals;
    literals
        .iter()
        .filter(|literal| {
            let text = literal.replace("\\n", " ").to_lowercase();
            let words: Vec<&str> = text
                .split(|c: char| !(c.is_alphanumeric() || "_*$.=".contains(c)))
                .filter(|word| !word.is_empty())
                .collect();
            statement(&words)
        })
        .map(|literal| literal.chars().take(60).collect())
        .collect()
}

/// Whether words are a statement and not a sentence of English that uses the same verbs.
fn statement(words: &[&str]) -> bool {
    let has = |word: &str| words.contains(&word);
    let follows = |first: &str, second: &str| words.windows(2).any(|pair| pair == [first, second]);
    let article = ["the", "a", "an", "your", "these", "this", "our"].iter().any(|word| has(word));
    let formal = words.iter().any(|word| word.contains('$') || word.contains('*') || word.contains('='));
    follows("create", "table")
        || follows("alter", "table")
        || follows("drop", "table")
        || (follows("create", "index") && has("on"))
        || (follows("insert", "into") && (has("values") || has("select")))
        || (follows("delete", "from") && (formal || !article))
        || (words.first() == Some(&"update") && has("set") && !article)
        || (words.first() == Some(&"begin") && has("immediate"))
        || (words.first() == Some(&"pragma"))
        || (has("select") && has("from") && (formal || !article) && position(words, "select") < position(words, "from"))
}

fn position(words: &[&str], word: &str) -> Option<usize> {
    words.iter().position(|candidate| *candidate == word)
}

/// What a manifest depends on that the rule of its crate forbids. Development dependencies are free: a test may
/// bring the world to a crate that does not know it.
fn edges(crate_name: &str, manifest: &str) -> Vec<String> {
    let asynchronous = ["tokio", "axum", "axum-extra", "tower", "tower-http", "hyper", "reqwest", "async-std"];
    let databases = ["rusqlite", "postgres", "tokio-postgres", "deadpool-postgres", "sqlx", "diesel"];
    let chance = ["getrandom", "rand", "fastrand"];
    let house = |names: &[&'static str]| names.to_vec();
    let forbidden: Vec<&str> = match crate_name {
        "billing" => {
            [house(&["store", "engine", "midcycle"]), asynchronous.into(), databases.into(), chance.into()].concat()
        }
        "store" => [house(&["engine", "midcycle"]), asynchronous.into()].concat(),
        "engine" => [house(&["midcycle"]), asynchronous.into(), databases.into()].concat(),
        _ => databases.into(),
    };
    let mut found: Vec<String> = dependencies(manifest)
        .into_iter()
        .filter(|name| forbidden.contains(&name.as_str()))
        .map(|name| format!("`{crate_name}` depends on `{name}`"))
        .collect();
    // `billing` is small enough to list what it may know instead of what it may not.
    if crate_name == "billing" {
        let known =
            ["jiff", "litemap", "schemars", "serde", "serde_json", "sha2", "smol_str", "thiserror", "toml", "uuid"];
        found.extend(
            dependencies(manifest)
                .into_iter()
                .filter(|name| !known.contains(&name.as_str()) && !forbidden.contains(&name.as_str()))
                .map(|name| format!("`billing` depends on `{name}`, which is not on its list")),
        );
    }
    found
}

/// The names in the tables of dependencies of a manifest, without those for development.
///
/// Read line by line: one crate of a parser less, for a format that this workspace writes itself.
fn dependencies(manifest: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut inside = false;
    for line in manifest.lines().map(str::trim) {
        if let Some(table) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            let (group, single) = match table.rsplit_once("dependencies.") {
                Some((before, name)) => (format!("{before}dependencies"), Some(name)),
                None => (table.to_owned(), None),
            };
            let counts = group.ends_with("dependencies") && !group.ends_with("dev-dependencies");
            inside = counts && single.is_none();
            names.extend(single.filter(|_| counts).map(str::to_owned));
        } else if inside
            && !line.starts_with('#')
            && let Some((key, value)) = line.split_once('=')
        {
            let renamed = value.split_once("package").and_then(|(_, rest)| rest.split('"').nth(1));
            let key = key.trim().split('.').next().unwrap_or_default().trim_matches('"');
            names.push(renamed.unwrap_or(key).to_owned());
        }
    }
    names
}

/// The words in the code of `billing` (not in its comments or texts) that mean floats, async or the outside world.
fn worldly(source: &str) -> Vec<String> {
    let code = Parts::of(source).code;
    let mut found: Vec<String> = words(&code)
        .filter(|word| {
            matches!(
                *word,
                "f32" | "f64" | "async" | "await" | "unsafe" | "HashMap" | "HashSet" | "tokio" | "TcpStream"
            ) || (word.starts_with(|c: char| c.is_ascii_digit()) && (word.ends_with("f32") || word.ends_with("f64")))
        })
        .map(|word| format!("the word `{word}`"))
        .collect();
    for module in ["fs", "net", "env", "thread", "process", "os", "io", "sync::mpsc"] {
        let path = format!("std::{module}");
        let whole = |at: usize| !code[at + path.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
        if code.match_indices(&path).any(|(at, _)| whole(at)) {
            found.push(format!("the module `{path}`"));
        }
    }
    found
}

fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty())
}

/// The places where a text names a folder that exists on one person's machine alone.
fn machine_paths(text: &str) -> Vec<String> {
    let folders = [
        concat!("/ho", "me/"),
        concat!("/Us", "ers/"),
        concat!("\\Us", "ers\\"),
        concat!("/ro", "ot/"),
        concat!("/wo", "rk/main"),
        concat!("/wo", "rk/shared"),
    ];
    text.lines()
        .filter(|line| folders.iter().any(|folder| line.contains(folder)))
        .map(|line| line.trim().chars().take(80).collect())
        .collect()
}

fn opens_with_its_purpose(source: &str) -> bool {
    source.starts_with("//!")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate stands in the workspace").to_path_buf()
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The files below a folder of the repository with one of the endings, in a fixed order; "" is a name without one.
fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    // What a build or an installation puts there is not ours to judge.
    let foreign = ["target", "node_modules", ".git", "screenshots"];
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for entry in entries {
            let path = entry.expect("a folder can be listed").path();
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            let ending = path.extension().map(|ending| ending.to_string_lossy().into_owned());
            // In a second working tree `.git` is a file.
            if name.is_some_and(|name| foreign.contains(&name.as_str())) {
                continue;
            } else if path.is_dir() {
                open.push(path);
            } else if endings.contains(&ending.unwrap_or_default().as_str()) {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(folder.is_empty() || !found.is_empty() || endings == ["sql"], "no files below {folder}");
    found
}

fn note(findings: &mut Vec<String>, file: &Path, found: Vec<String>) {
    findings.extend(found.into_iter().map(|what| format!("{}: {what}", file.display())));
}

fn assert_clean(what: &str, findings: &[String]) {
    let mut list = String::new();
    for finding in findings {
        let _ = writeln!(list, "  {finding}");
    }
    assert!(findings.is_empty(), "{what}:\n{list}");
}
