//! The API over HTTP, in a process of its own keys, database and mails. A file for each noun, as in `routes`.

mod agents;
mod marketplace;
mod support;
