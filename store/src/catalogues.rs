//! Published catalogues: immutable versions per storefront, as JSON. And settings, single values that are stored once.

use jiff::Timestamp;

use crate::Store;
use crate::error::StoreError;

/// One published version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedCatalogue {
    /// The storefront.
    pub storefront: String,
    /// The version, from 1.
    pub version: i64,
    /// The digest of its content, as the publisher computed it.
    pub digest: String,
    /// The catalogue as JSON.
    pub body: String,
    /// When it was published.
    pub published_at: Timestamp,
}

/// What became of a publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Published {
    /// It is the newest version now.
    Published,
    /// Its version is not the newest plus one; nothing was stored.
    NotNext {
        /// The newest version; 0 where there is none.
        newest: i64,
    },
}

const COLUMNS: &str = "storefront, version, digest, body, published_at";

impl Store {
    /// Publishes the next version of a storefront's catalogue.
    pub fn publish_catalogue(&self, catalogue: &PublishedCatalogue) -> Result<Published, StoreError> {
        let args = vec![
            (&catalogue.storefront).into(),
            catalogue.version.into(),
            (&catalogue.digest).into(),
            (&catalogue.body).into(),
            catalogue.published_at.into(),
        ];
        // Two publishers of one version meet on the primary key: the second stores nothing.
        let stored = self.changes_one(
            "insert into catalogues (storefront, version, digest, body, published_at)
             select * from (select cast($1 as text) as storefront, cast($2 as bigint) as version,
                            cast($3 as text), cast($4 as text), cast($5 as bigint)) as given
             where given.version = 1 + (select coalesce(max(version), 0) from catalogues c
                                        where c.storefront = given.storefront)
             on conflict (storefront, version) do nothing returning 1",
            args,
        )?;
        if stored {
            return Ok(Published::Published);
        }
        let newest = self.newest_catalogue(&catalogue.storefront)?;
        Ok(Published::NotNext { newest: newest.map_or(0, |newest| newest.version) })
    }

    /// The newest catalogue of a storefront.
    pub fn newest_catalogue(&self, storefront: &str) -> Result<Option<PublishedCatalogue>, StoreError> {
        let row = self.read_one(
            &format!("select {COLUMNS} from catalogues where storefront = $1 order by version desc limit 1"),
            &[storefront.into()],
        )?;
        row.map(|row| read_catalogue(&row)).transpose()
    }

    /// One version of a storefront's catalogue.
    pub fn catalogue(&self, storefront: &str, version: i64) -> Result<Option<PublishedCatalogue>, StoreError> {
        let row = self.read_one(
            &format!("select {COLUMNS} from catalogues where storefront = $1 and version = $2"),
            &[storefront.into(), version.into()],
        )?;
        row.map(|row| read_catalogue(&row)).transpose()
    }

    /// The storefronts that have a catalogue, with its newest version, by name.
    pub fn storefronts(&self) -> Result<Vec<(String, i64)>, StoreError> {
        let sql = "select storefront, max(version) from catalogues group by storefront order by storefront";
        let rows = self.read(sql, &[])?;
        let names = rows.iter().map(|row| {
            let mut fields = row.fields("catalogues");
            Ok((fields.text()?, fields.int()?))
        });
        names.collect()
    }

    /// A setting; stored as `first` where there is none yet. Two programs that start at once get the same one.
    pub fn setting_or(&self, name: &str, first: &str) -> Result<String, StoreError> {
        if let Some(content) = self.setting(name)? {
            return Ok(content);
        }
        let args = vec![name.into(), first.into()];
        self.write_one("insert into settings (name, content) values ($1, $2) on conflict do nothing", args)?;
        Ok(self.setting(name)?.unwrap_or_else(|| first.to_owned()))
    }

    /// A setting.
    pub fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        let row = self.read_one("select content from settings where name = $1", &[name.into()])?;
        row.map(|row| row.fields("settings").text()).transpose()
    }
}

fn read_catalogue(row: &crate::value::Row) -> Result<PublishedCatalogue, StoreError> {
    let mut fields = row.fields("catalogues");
    Ok(PublishedCatalogue {
        storefront: fields.text()?,
        version: fields.int()?,
        digest: fields.text()?,
        body: fields.text()?,
        published_at: fields.at()?,
    })
}
