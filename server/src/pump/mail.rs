//! Renders a mail and keeps it in the mail log. Its Message-ID derives from the effect, and it is kept in the transaction
//! that completes the effect.
//!
//! What if we die here? Before that transaction nothing happened and the mail is rendered again; after it, it is over.

use billing::account::Account;
use billing::effect::{Mail, MailTemplate};
use engine::{Engine, EngineError};
use jiff::Timestamp;
use store::{LeasedEffect, RenderedMail};

use super::{Next, Pump};
use crate::mail::{Facts, render};
use crate::ui::Language;

impl Pump {
    pub(super) async fn mail(&self, leased: &LeasedEffect, mail: &Mail) -> Next {
        let (leased, mail) = (leased.clone(), mail.clone());
        let (base_url, now) = (self.app.settings.base_url.clone(), self.app.now());
        match self.blocking(move |engine| keep_mail(engine, &leased, &mail, &base_url, now)).await {
            Ok(next) => next,
            Err(error) => Next::Fault(error.to_string()),
        }
    }
}

/// Renders a mail as of a moment and keeps it.
pub(crate) fn keep_mail(
    engine: &Engine,
    leased: &LeasedEffect,
    mail: &Mail,
    base_url: &str,
    now: Timestamp,
) -> Result<Next, EngineError> {
    let Some(account) = engine.account(leased.account, now)? else {
        return Ok(Next::Bury("the account does not exist".to_owned()));
    };
    let facts = facts(engine, &account, mail, base_url)?;
    let rendered = match render(leased.effect.id, mail, &facts) {
        Ok(rendered) => rendered,
        Err(error) => return Ok(Next::Bury(format!("the mail cannot be rendered: {error}"))),
    };
    let rendered = RenderedMail {
        account: leased.account,
        template: mail.template,
        to: rendered.to,
        subject: rendered.subject,
        html: rendered.html,
        text: rendered.plain,
        document: mail.document,
        at: now,
    };
    // False where another node was quicker: it keeps its own.
    engine.store().complete_mail(leased.effect.id, leased.fence, &rendered)?;
    Ok(Next::Closed)
}

fn facts(engine: &Engine, account: &Account, mail: &Mail, base_url: &str) -> Result<Facts, EngineError> {
    let catalogue = engine.catalogue(&account.storefront)?;
    let document = mail.document.map(|id| engine.store().document(Some(account.id), id)).transpose()?.flatten();
    let subscription = account.subscriptions.iter().find(|s| Some(s.service.id) == mail.service_id);
    // Of a changed plan, only a service that has not its new size yet is still to restart.
    let restart = subscription.filter(|subscription| match mail.template {
        MailTemplate::PlanChanged => !subscription.service.is_settled(),
        MailTemplate::ServiceResized => true,
        _ => false,
    });
    let restart = restart.and_then(|subscription| catalogue.product(&subscription.product)?.restart);
    Ok(Facts {
        language: Language::of(&catalogue.language),
        base_url: base_url.to_owned(),
        brand: catalogue.brand.clone(),
        support_email: catalogue.support_email.clone(),
        bank_account: catalogue.bank_account.clone(),
        name: account.name.clone(),
        zone: account.zone.clone(),
        document: document.map(|document| (document.document.kind, document.number)),
        restart_seconds: restart.map(|restart| restart.seconds),
    })
}
