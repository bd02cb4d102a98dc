//! Services: parts of the state for the handlers of one resource, if they need more than three.

mod claim_checker;
mod market_reader;
mod signup;
mod token_issuer;

pub use claim_checker::ClaimChecker;
pub use market_reader::MarketReader;
pub use signup::SignupService;
pub use token_issuer::TokenIssuer;
