//! Catalogues in memory: immutable published versions, read from the store once each. Every load of an account says
//! which version is the newest, so a version published by another node or by the command line is seen at once.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use billing::catalogue::{Catalogue, CatalogueError};
use billing::payout::one_fee;
use billing::quote::hexadecimal;
use billing::refusal::Refusal;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use store::{Published, PublishedCatalogue};

use crate::{Engine, EngineError};

type Versions = BTreeMap<(String, i64), Arc<Catalogue>>;

/// The versions that were read.
#[derive(Default)]
pub(crate) struct Catalogues(RwLock<Versions>);

impl Engine {
    /// The newest catalogue of a storefront.
    pub fn catalogue(&self, storefront: &str) -> Result<Arc<Catalogue>, EngineError> {
        let unknown = || EngineError::UnknownStorefront(storefront.to_owned());
        let newest = self.store.newest_catalogue(storefront)?.ok_or_else(unknown)?;
        self.catalogue_version(storefront, newest.version)
    }

    /// One version of a storefront's catalogue.
    pub fn catalogue_version(&self, storefront: &str, version: i64) -> Result<Arc<Catalogue>, EngineError> {
        let key = (storefront.to_owned(), version);
        let versions = self.catalogues.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(catalogue) = versions.get(&key) {
            return Ok(Arc::clone(catalogue));
        }
        drop(versions);
        let unknown = || EngineError::UnknownStorefront(storefront.to_owned());
        let published = self.store.catalogue(storefront, version)?.ok_or_else(unknown)?;
        let catalogue: Catalogue =
            serde_json::from_str(&published.body).map_err(|error| CatalogueError::Unreadable(error.to_string()))?;
        let catalogue = Arc::new(catalogue);
        let mut versions = self.catalogues.0.write().unwrap_or_else(PoisonError::into_inner);
        versions.insert(key, Arc::clone(&catalogue));
        Ok(catalogue)
    }

    /// Publishes a catalogue as the next version of its storefront, and says which. What was sold stays as it was
    /// sold; open quotes no longer hold. Publishing what is already the newest changes nothing.
    pub fn publish(&self, catalogue: &Catalogue, now: Timestamp) -> Result<i64, EngineError> {
        let mut catalogue = catalogue.clone().validated()?;
        for product in &catalogue.products {
            let unknown = || Refusal::UnknownPolicy(product.policy.clone());
            catalogue.policy(&product.policy, &self.policies).ok_or_else(unknown)?;
        }
        one_fee(&catalogue, &self.policies)?;
        // Another publisher may come between: then its version is the newest, and ours is the one after.
        loop {
            let newest = self.store.newest_catalogue(&catalogue.storefront)?.map_or(0, |newest| newest.version);
            if newest > 0 {
                catalogue.version = newest;
                if *self.catalogue_version(&catalogue.storefront, newest)? == catalogue {
                    return Ok(newest);
                }
            }
            catalogue.version = newest + 1;
            let body = serde_json::to_string(&catalogue).expect("a catalogue is plain data");
            let published = self.store.publish_catalogue(&PublishedCatalogue {
                storefront: catalogue.storefront.clone(),
                version: catalogue.version,
                digest: hexadecimal(&Sha256::digest(&body)),
                body,
                published_at: crate::run::whole_milliseconds(now),
            })?;
            if published == Published::Published {
                return Ok(catalogue.version);
            }
        }
    }
}
