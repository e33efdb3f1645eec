//! The configuration file: what cannot be said in a word on the command line. Only the modules, so far.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::modules::Modules;
use crate::modules::command::CommandModule;

/// What `midcycle.toml` may say. Unknown words are errors, so that a slip of the pen is not silently a default.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Configuration {
    /// The programs behind the module names of products.
    #[serde(default)]
    modules: BTreeMap<String, CommandModule>,
}

/// Why the configuration was not read.
#[derive(Debug, thiserror::Error)]
pub enum ConfigurationError {
    /// The file cannot be read.
    #[error("cannot read the configuration {path}: {source}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is not such a configuration; the message names line and field.
    #[error("the configuration {path} is wrong: {source}")]
    Wrong {
        /// The file.
        path: PathBuf,
        /// Line, field and reason.
        source: Box<toml::de::Error>,
    },
    /// A module may take longer than a delivery is leased for: a second run would begin beside the first.
    #[error("the configuration {path} is wrong: modules.{module}.timeout_ms is {timeout_ms}, at most {MAX_TIMEOUT_MS}")]
    TimeoutTooLong {
        /// The file.
        path: PathBuf,
        /// The module's name.
        module: String,
        /// What it says.
        timeout_ms: u64,
    },
}

/// The longest a module may take for one answer: less than the pump's lease of an effect. Longer work answers `working`.
const MAX_TIMEOUT_MS: u64 = 100_000;

impl Configuration {
    /// Reads the named file, or `midcycle.toml` in the folder of the book where that is there.
    pub fn read(named: Option<&Path>, folder: Option<&Path>) -> Result<Self, ConfigurationError> {
        let path = match (named, folder) {
            (Some(path), _) => path.to_owned(),
            (None, Some(folder)) => folder.join("midcycle.toml"),
            (None, None) => return Ok(Self::default()),
        };
        match fs::read_to_string(&path) {
            Ok(text) => Self::parsed(&text, path),
            Err(error) if error.kind() == ErrorKind::NotFound && named.is_none() => Ok(Self::default()),
            Err(source) => Err(ConfigurationError::Unreadable { path, source }),
        }
    }

    fn parsed(text: &str, path: PathBuf) -> Result<Self, ConfigurationError> {
        let wrong = |source| ConfigurationError::Wrong { path: path.clone(), source: Box::new(source) };
        let configuration: Self = toml::from_str(text).map_err(wrong)?;
        for (name, module) in &configuration.modules {
            if module.timeout_ms > MAX_TIMEOUT_MS {
                let (module, timeout_ms) = (name.clone(), module.timeout_ms);
                return Err(ConfigurationError::TimeoutTooLong { path, module, timeout_ms });
            }
        }
        Ok(configuration)
    }

    /// The names and programs of the modules, for the doctor.
    pub fn programs(&self) -> impl Iterator<Item = (&str, &Path)> {
        self.modules.iter().map(|(name, module)| (name.as_str(), module.program.as_path()))
    }

    /// The modules it names.
    pub fn modules(self) -> Modules {
        self.modules.into_iter().fold(Modules::default(), |modules, (name, module)| modules.with(&name, module))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_word_in_the_configuration_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("midcycle.toml");
        fs::write(&path, "[module.kvm]\n").expect("a file");
        let error = Configuration::read(None, Some(folder.path())).expect_err("an unknown table");
        assert!(error.to_string().contains("unknown field `module`"), "{error}");
    }

    #[test]
    fn a_module_may_not_take_longer_than_its_delivery_is_leased_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("midcycle.toml");
        let text = "[modules.kvm]\nprogram = \"/bin/true\"\ndirectory = \"/tmp\"\ntimeout_ms = 100001\n";
        fs::write(&path, text).expect("a file");
        let error = Configuration::read(None, Some(folder.path())).expect_err("a timeout that is too long");
        assert!(error.to_string().contains("modules.kvm.timeout_ms"), "{error}");
    }
}
