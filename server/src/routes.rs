//! All that is not a page by itself: health, the feed, the tool with a question, and the way to pages that are not
//! finished yet.

pub mod did_web;
pub mod feed;
pub mod health;
pub mod metrics;
pub mod page;
