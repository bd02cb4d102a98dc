//! Services: what the handlers of one noun take, where it is more than three parts of the state.

mod claim_checker;
mod market_reader;
mod signup;
mod token_issuer;

pub use claim_checker::ClaimChecker;
pub use market_reader::MarketReader;
pub use signup::SignupService;
pub use token_issuer::TokenIssuer;
