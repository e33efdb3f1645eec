//! `midcycle explain DOCUMENT`: why an issued document is over what it is over. Every line is computed again from its own
//! derivation, the tax and the total from the lines; nothing is looked up that the document does not carry. Reads only.

use std::fmt::Write as _;
use std::process::ExitCode;

use billing::calendar::Zone;
use billing::document::{Document, DocumentLine};
use billing::explain::{Explanation, Language, LineExplanation, Replay};
use billing::id::DocumentId;
use clap::Args;
use engine::Engine;
use serde_json::{Value, json};
use store::DocumentRow;

use super::Complaint;
use super::book::Place;

/// What is asked.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  midcycle explain INV-2027-0042 --storefront fjordhost --language de --data DIR")]
pub struct Explain {
    /// The document: its number, such as INV-2027-0042, or its id.
    document: String,
    /// The storefront that issued it; storefronts count their numbers apart.
    #[arg(long)]
    storefront: Option<String>,
    /// The language of the sentences: en, de, ja. The storefront's where it is missing.
    #[arg(long)]
    language: Option<String>,
    /// Print the document and its explanation as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

/// Explains a document; the exit code says whether it replays.
pub fn explain(asked: &Explain) -> Result<ExitCode, Complaint> {
    let language = asked.language.as_deref().map(known).transpose()?;
    let engine = asked.place.open_reading()?;
    let row = find(&engine, &asked.document, asked.storefront.as_deref())?;
    let language = match language {
        Some(language) => language,
        None => Language::of(&engine.catalogue(&row.storefront)?.language),
    };
    let store = engine.store();
    let corrects = match row.document.corrects {
        Some(id) => store.document(None, id)?.map(|row| row.number),
        None => None,
    };
    // The days of a line are the customer's.
    let zone = match store.account(row.account)? {
        Some(account) => account.account.zone,
        None => Zone::utc(),
    };
    let explained = row.document.explain(corrects.as_deref(), language);
    if asked.json {
        println!("{}", serde_json::to_string_pretty(&in_json(&row, &explained, language))?);
    } else {
        print!("{}", in_words(&row, &explained, &zone));
    }
    Ok(if explained.holds { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn known(tag: &str) -> Result<Language, Complaint> {
    let tags = Language::ALL.map(Language::tag).join(", ");
    Language::known(tag)
        .ok_or_else(|| format!("{tag:?} is not a language that amounts are explained in: {tags}").into())
}

/// The document of an id, or of a number in the one storefront that has it.
fn find(engine: &Engine, name: &str, storefront: Option<&str>) -> Result<DocumentRow, Complaint> {
    let store = engine.store();
    let missing = || format!("there is no document {name}");
    if let Ok(id) = DocumentId::parse(name) {
        let row = store.document(None, id)?.filter(|row| storefront.is_none_or(|wanted| row.storefront == wanted));
        return Ok(row.ok_or_else(missing)?);
    }
    let storefronts: Vec<String> = match storefront {
        Some(storefront) => vec![storefront.to_owned()],
        None => store.storefronts()?.into_iter().map(|(storefront, _)| storefront).collect(),
    };
    let mut found = Vec::new();
    for storefront in &storefronts {
        found.extend(store.document_by_number(None, storefront, name)?);
    }
    if found.len() > 1 {
        let names: Vec<_> = found.iter().map(|row| row.storefront.as_str()).collect();
        return Err(format!("{name} is a document of {}; say --storefront NAME", names.join(" and of ")).into());
    }
    Ok(found.pop().ok_or_else(missing)?)
}

fn in_words(row: &DocumentRow, explained: &Explanation, zone: &Zone) -> String {
    let document = &row.document;
    let mut text = format!(
        "{} of {}, issued on {}: {}\n{}\n",
        row.number, row.storefront, document.issued_on, document.total, explained.headline
    );
    for (line, why) in document.lines.iter().zip(&explained.lines) {
        text.push('\n');
        text.push_str(&heading(line, zone));
        for sentence in &why.sentences {
            let _ = writeln!(text, "    {sentence}");
        }
        let _ = writeln!(text, "    {}", replayed(line, why));
    }
    text.push('\n');
    for tax in &explained.taxes {
        let _ = writeln!(text, "{}", tax.sentence);
    }
    text.push_str(&explained.total_sentence);
    let total = document.total;
    let _ = match explained.total == total {
        true => writeln!(text, "\ntotal: same"),
        false => writeln!(text, "\ntotal: DIFFERS, the document says {total}"),
    };
    text
}

fn heading(line: &DocumentLine, zone: &Zone) -> String {
    let quantity = if line.quantity == 1 { String::new() } else { format!("{} × ", line.quantity) };
    let days = line.span.filter(|span| !span.is_empty()).map(|span| {
        // The last day is the one that holds the last instant before the end.
        let last = span.until.checked_sub(jiff::SignedDuration::from_nanos(1)).unwrap_or(span.until);
        format!(", {} to {}", zone.date(span.from), zone.date(last))
    });
    let policy = line.derivation.as_ref().map(|derivation| &derivation.policy);
    let policy = policy.or(line.metered.as_ref().map(|metered| &metered.policy)).map(|policy| format!("  [{policy}]"));
    format!("  {quantity}{}{}  {}{}\n", line.text, days.unwrap_or_default(), line.amount, policy.unwrap_or_default())
}

fn replayed(line: &DocumentLine, why: &LineExplanation) -> String {
    match why.replay {
        Some(Replay::Same) => "replayed: same".to_owned(),
        Some(Replay::Part) => "replayed: same, a part of it here".to_owned(),
        Some(Replay::Differs(Some(again))) => format!("replayed: DIFFERS, {again} and not {}", line.amount),
        Some(Replay::Differs(None)) => "replayed: DIFFERS, the derivation leads nowhere".to_owned(),
        None => "nothing was derived: the document says why it exists".to_owned(),
    }
}

fn in_json(row: &DocumentRow, explained: &Explanation, language: Language) -> Value {
    let Document { id, lines, total, .. } = &row.document;
    let lines: Vec<_> = lines.iter().zip(&explained.lines).map(|(line, why)| line_in_json(line, why)).collect();
    let taxes: Vec<_> = explained
        .taxes
        .iter()
        .map(|tax| json!({ "rate": tax.rate, "amount": tax.amount, "tax": tax.tax, "explanation": tax.sentence }))
        .collect();
    json!({
        "document": id,
        "number": row.number,
        "storefront": row.storefront,
        "language": language.tag(),
        "explanation": explained.headline,
        "lines": lines,
        "taxes": taxes,
        "total": total,
        "total_again": explained.total,
        "holds": explained.holds,
    })
}

fn line_in_json(line: &DocumentLine, why: &LineExplanation) -> Value {
    let replay = match why.replay {
        Some(Replay::Same) => "same",
        Some(Replay::Part) => "part",
        Some(Replay::Differs(_)) => "differs",
        None => "none",
    };
    json!({
        "text": line.text,
        "quantity": line.quantity,
        "span": line.span,
        "amount": line.amount,
        "tax": line.tax,
        "explanation": why.sentences,
        "derivation": line.derivation,
        "metered": line.metered,
        "replay": replay,
    })
}
