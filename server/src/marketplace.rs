//! The marketplace as the portal has it: asked of the API by HTTP, kept for a while, dropped when the API says that it
//! changed.
//!
//! `ask` says what an address asks for, `question` what a list is narrowed by, `source` asks the API, `answer` is
//! what it says, `shelf` keeps the
//! answers, `kept` is one of them with all its faces, `follow` hears of changes, `directory` knows every agent for
//! sitemaps.

mod answer;
mod ask;
mod credential;
mod directory;
mod follow;
mod json;
mod kept;
mod plain;
mod question;
mod shelf;
mod source;
mod verify;

pub use answer::{Agent, Answer, Check, List, Publisher};
pub use ask::{Ask, Form, Subject};
pub use directory::Directory;
pub use follow::follow;
pub use json::{agent as agent_json, list as list_json, publisher as publisher_json};
pub use kept::{Kept, minutes};
pub use plain::{plain, short};
pub use question::{Note, Question, SortBy};
pub use shelf::Shelf;
pub use source::{Outage, Source};
pub use verify::verify;
