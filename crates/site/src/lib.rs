//! The portal's site: content becomes view models, and view models become prepared responses.
//!
//! Three modules matter most: [`snapshot`] (all addresses of one state of the site), [`view`] (content and API data as
//! view models) and [`response`] (bytes and headers of every encoding). This crate contains no router and no sockets.
#![forbid(unsafe_code)]

pub mod assets;
pub mod context;
pub mod error;
pub mod forms;
pub mod marketplace;
pub mod newest;
pub mod page;
pub mod paths;
pub mod plain_text;
pub mod render;
pub mod response;
pub mod settings;
pub mod snapshot;
pub mod text;
pub mod time;
pub mod view;

pub use context::SiteContext;
pub use error::{AssetsError, SiteError};
pub use newest::NewestAgents;
pub use settings::SiteSettings;
pub use snapshot::SiteSnapshot;
