//! What every page has around its content: title, brand, menu, path, person, notice.

use super::language::{Args, Language, Texts};
use super::{Icon, Tone, asset};

/// The colour of a storefront. Each is checked for contrast in both modes by a test.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Accent {
    /// Deep blue, the colour of Midcycle itself and of the admin.
    #[default]
    Indigo,
    /// Burnt orange, for the server host.
    Ember,
    /// Green-blue, for the team service.
    Teal,
    /// Dark red-violet, for the messaging service.
    Plum,
    /// Blue-grey, for the hosting company.
    Slate,
}

impl Accent {
    /// The class in `app.css`.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Indigo => "accent-indigo",
            Self::Ember => "accent-ember",
            Self::Teal => "accent-teal",
            Self::Plum => "accent-plum",
            Self::Slate => "accent-slate",
        }
    }

    /// The accent of that name, or the default one.
    #[must_use]
    pub fn named(name: &str) -> Self {
        match name {
            "ember" => Self::Ember,
            "teal" => Self::Teal,
            "plum" => Self::Plum,
            "slate" => Self::Slate,
            _ => Self::Indigo,
        }
    }

    /// All of them, for the style guide and the test.
    pub const ALL: [Self; 5] = [Self::Indigo, Self::Ember, Self::Teal, Self::Plum, Self::Slate];
}

/// An entry of the menu at the side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavItem {
    /// Its words.
    pub label: String,
    /// Shorter words for the bar of a phone.
    pub short: String,
    /// Where it leads.
    pub href: &'static str,
    /// Its drawing.
    pub icon: Icon,
    /// Whether the page belongs to it.
    pub current: bool,
}

/// The parts of the portal, in the order of its menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PortalSection {
    /// `/dashboard`
    Dashboard,
    /// `/services`
    Services,
    /// `/billing`: the invoices.
    Billing,
    /// `/balance`
    Balance,
    /// `/documents`
    Documents,
    /// `/settings`
    Settings,
    /// None of them: an error, the style guide.
    Elsewhere,
}

/// The parts of the admin, in the order of its menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdminSection {
    /// `/admin/customers`
    Customers,
    /// `/admin/services`
    Services,
    /// `/admin/changes`
    Changes,
    /// `/admin/invoices`
    Invoices,
    /// `/admin/payments`
    Payments,
    /// `/admin/modules`: the runs of the server modules.
    Modules,
    /// `/admin/mail`
    Mail,
    /// `/admin/catalogue`
    Catalogue,
    /// `/admin/log`
    Log,
    /// None of them.
    Elsewhere,
}

/// The menu of the portal: where an entry leads, its words, and shorter ones for a phone.
fn portal_menu(language: Language) -> [(PortalSection, &'static str, Icon, String, String); 6] {
    use PortalSection as S;
    [
        (S::Dashboard, "/dashboard", Icon::Tiles, language.text("menu-dashboard"), language.text("menu-home-short")),
        (S::Services, "/services", Icon::Server, language.text("menu-services"), language.text("menu-services-short")),
        (S::Billing, "/billing", Icon::Invoice, language.text("menu-billing"), language.text("menu-billing-short")),
        (S::Balance, "/balance", Icon::Purse, language.text("menu-balance"), language.text("menu-balance-short")),
        (S::Documents, "/documents", Icon::Folder, language.text("menu-documents"), language.text("menu-files-short")),
        (S::Settings, "/settings", Icon::Sliders, language.text("menu-settings"), language.text("menu-settings-short")),
    ]
}

const ADMIN_MENU: [(AdminSection, &str, &str, Icon); 9] = [
    (AdminSection::Customers, "Customers", "/admin/customers", Icon::Person),
    (AdminSection::Services, "Services", "/admin/services", Icon::Server),
    (AdminSection::Changes, "Changes", "/admin/changes", Icon::Arrows),
    (AdminSection::Invoices, "Invoices", "/admin/invoices", Icon::Invoice),
    (AdminSection::Payments, "Payments", "/admin/payments", Icon::Card),
    (AdminSection::Modules, "Modules", "/admin/modules", Icon::Plug),
    (AdminSection::Mail, "Mail", "/admin/mail", Icon::Letter),
    (AdminSection::Catalogue, "Catalogue", "/admin/catalogue", Icon::Tag),
    (AdminSection::Log, "Log", "/admin/log", Icon::List),
];

/// A step of the path above the title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// Its words.
    pub label: String,
    /// Where it leads.
    pub href: String,
}

/// A word about what just happened, at the top right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How it feels.
    pub tone: Tone,
    /// A few words: `Downgrade complete`.
    pub title: String,
    /// A sentence: `€6.67 is on your balance.`
    pub sentence: Option<String>,
    /// Where to read more: words and address.
    pub link: Option<(String, String)>,
}

impl Notice {
    /// Something went well.
    #[must_use]
    pub fn good(title: impl Into<String>) -> Self {
        Self::of(Tone::Good, title)
    }

    /// Something was not done.
    #[must_use]
    pub fn bad(title: impl Into<String>) -> Self {
        Self::of(Tone::Bad, title)
    }

    /// A notice of any tone.
    #[must_use]
    pub fn of(tone: Tone, title: impl Into<String>) -> Self {
        Self { tone, title: title.into(), sentence: None, link: None }
    }

    /// The same notice with a sentence.
    #[must_use]
    pub fn sentence(mut self, sentence: impl Into<String>) -> Self {
        self.sentence = Some(sentence.into());
        self
    }
}

/// Everything around the content of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The one title; also the `h1`.
    pub title: String,
    /// The storefront's name.
    pub brand: String,
    /// The storefront's colour.
    pub accent: Accent,
    /// The language of the text.
    pub language: Language,
    /// The menu.
    pub nav: Vec<NavItem>,
    /// The path above the title, without the page itself.
    pub crumbs: Vec<Crumb>,
    /// Who is logged in.
    pub person: Option<String>,
    /// Sent back in the field `csrf` of every form that changes something.
    pub csrf: String,
    /// What just happened.
    pub notice: Option<Notice>,
    /// What stands above the content of every page until it is over: something is owed.
    pub banner: Option<Notice>,
    /// What stands in the search field of the admin.
    pub search: String,
    /// Where the brand leads.
    pub home_href: &'static str,
    /// Where the log-out form is sent.
    pub logout_href: &'static str,
}

impl Page {
    /// A page without menu or person: login, errors before login.
    #[must_use]
    pub fn bare(language: Language, title: impl Into<String>, brand: impl Into<String>, accent: Accent) -> Self {
        Self {
            title: title.into(),
            brand: brand.into(),
            accent,
            language,
            nav: Vec::new(),
            crumbs: Vec::new(),
            person: None,
            csrf: String::new(),
            notice: None,
            banner: None,
            search: String::new(),
            home_href: "/",
            logout_href: "/logout",
        }
    }

    /// A page of the portal.
    #[must_use]
    pub fn portal(
        language: Language,
        title: impl Into<String>,
        brand: impl Into<String>,
        accent: Accent,
        section: PortalSection,
        person: impl Into<String>,
        csrf: impl Into<String>,
    ) -> Self {
        Self {
            nav: portal_menu(language)
                .into_iter()
                .map(|(this, href, icon, label, short)| NavItem { label, short, href, icon, current: this == section })
                .collect(),
            person: Some(person.into()),
            csrf: csrf.into(),
            home_href: "/dashboard",
            ..Self::bare(language, title, brand, accent)
        }
    }

    /// A page of the admin.
    #[must_use]
    pub fn admin(
        title: impl Into<String>,
        brand: impl Into<String>,
        section: AdminSection,
        person: impl Into<String>,
        csrf: impl Into<String>,
    ) -> Self {
        Self {
            nav: ADMIN_MENU
                .iter()
                .map(|&(this, label, href, icon)| NavItem {
                    label: label.to_owned(),
                    short: label.to_owned(),
                    href,
                    icon,
                    current: this == section,
                })
                .collect(),
            person: Some(person.into()),
            csrf: csrf.into(),
            home_href: "/admin",
            logout_href: "/admin/logout",
            ..Self::bare(Language::English, title, brand, Accent::Indigo)
        }
    }

    /// A text in the page's language.
    #[must_use]
    pub fn text(&self, key: &str) -> String {
        self.language.text(key)
    }

    /// A text in the page's language with its one placeholder filled.
    #[must_use]
    pub fn with(&self, key: &str, name: &str, value: impl ToString) -> String {
        let mut args = Args::new();
        args.set(name, value.to_string());
        self.language.fill(key, &args)
    }

    /// The same page, one step deeper in the path.
    #[must_use]
    pub fn crumb(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.crumbs.push(Crumb { label: label.into(), href: href.into() });
        self
    }

    /// The same page with a notice.
    #[must_use]
    pub fn notice(mut self, notice: Option<Notice>) -> Self {
        self.notice = notice;
        self
    }

    /// Where the style sheet is.
    #[must_use]
    pub fn css_href(&self) -> &'static str {
        &asset::CSS_HREF
    }

    /// Where the script is.
    #[must_use]
    pub fn js_href(&self) -> &'static str {
        &asset::JS_HREF
    }
}
