//! A Rust source taken apart into code, comments and texts: just enough of the language for the walls of
//! `main.rs`, which have to tell a word of the program from the same word in a sentence about it.

/// A Rust source taken apart: its code without comments and texts, and the texts of its string literals.
#[derive(Default)]
pub struct Parts {
    /// Without comments; every text is left as an empty one.
    pub code: String,
    /// As they are written, escapes and all.
    pub literals: Vec<String>,
}

impl Parts {
    /// Knows enough of the language to tell code, comment and text apart: line and nested block comments, plain,
    /// byte and raw strings, and characters as against lifetimes.
    pub fn of(source: &str) -> Self {
        let mut parts = Self::default();
        let mut rest = source;
        while let Some(next) = rest.chars().next() {
            if rest.starts_with("//") {
                rest = rest.find('\n').map_or("", |end| &rest[end..]);
            } else if rest.starts_with("/*") {
                rest = after_block_comment(rest);
            } else if let Some((literal, after)) = literal(rest, &parts.code) {
                parts.literals.push(literal.to_owned());
                parts.code.push_str("\"\"");
                rest = after;
            } else if let Some(after) = after_character(rest) {
                parts.code.push_str("' '");
                rest = after;
            } else {
                parts.code.push(next);
                rest = &rest[next.len_utf8()..];
            }
        }
        parts
    }
}

fn after_block_comment(text: &str) -> &str {
    let mut depth = 0;
    let mut rest = text;
    loop {
        if let Some(after) = rest.strip_prefix("/*") {
            depth += 1;
            rest = after;
        } else if let Some(after) = rest.strip_prefix("*/") {
            depth -= 1;
            rest = after;
        } else if let Some(next) = rest.chars().next() {
            rest = &rest[next.len_utf8()..];
        } else {
            return rest;
        }
        if depth == 0 {
            return rest;
        }
    }
}

/// The string literal at the start of a text, and what follows it. `before` tells `r"…"` from a name ending in r.
fn literal<'a>(text: &'a str, before: &str) -> Option<(&'a str, &'a str)> {
    if let Some(body) = text.strip_prefix('"') {
        let mut escaped = false;
        for (at, c) in body.char_indices() {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => return Some((&body[..at], &body[at + 1..])),
                _ => {}
            }
        }
        return Some((body, ""));
    }
    let raw = text.strip_prefix('r')?;
    let byte_or_code = before.strip_suffix('b').unwrap_or(before);
    if byte_or_code.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let hashes = raw.len() - raw.trim_start_matches('#').len();
    let body = raw[hashes..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    let end = body.find(&close)?;
    Some((&body[..end], &body[end + close.len()..]))
}

/// What follows the character at the start of a text; a lifetime is not a character.
fn after_character(text: &str) -> Option<&str> {
    let body = text.strip_prefix('\'')?;
    if let Some(escape) = body.strip_prefix('\\') {
        let start = escape.chars().next()?.len_utf8();
        let end = escape[start..].find('\'')?;
        return Some(&escape[start + end + 1..]);
    }
    let first = body.chars().next()?;
    body[first.len_utf8()..].strip_prefix('\'')
}
