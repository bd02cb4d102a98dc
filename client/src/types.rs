//! What is sent and what is answered.
//!
//! Requests have public fields and a `Default`; what is `None` is not sent. Answers may get more fields: they can't be made
//! or taken apart in full outside of this crate. Serializing an answer shows the secrets that it holds.

mod agent;
mod agent_change;
mod audit;
mod claim;
mod credential;
mod did;
mod discovery;
mod health;
mod marketplace;
mod marketplace_page;
mod marketplace_query;
mod organization;
mod session;
mod signup;
mod tier;
mod token;

pub use agent::{Agent, AgentStatus, AgentType, DeploymentEnv, NewAgent};
pub use agent_change::{AgentChange, AgentQuery};
pub use audit::{AuditEvent, AuditFault, AuditHead, AuditQuery, AuditVerification, Outcome};
pub use claim::{Claim, ClaimCheck, ClaimKind, ClaimMethod, ClaimProof, ClaimQuery, ClaimState, NewClaim};
pub use credential::{Credential, CredentialRequest, CredentialStatus, NewCredential, Rotation, Scope};
pub use did::{DidResolution, DidResolutionMetadata};
pub use discovery::{Jwks, ProtectedResource, ServerMetadata};
pub use health::{Dependency, DetailedHealth, HealthAnswer, HealthStatus};
pub use marketplace::{
    Card, CardClaim, CardDetail, CardLinks, CheckResult, LookAlike, Moderation, Publisher, PublisherDetail,
};
pub use marketplace_page::{Change, ChangeKind, Changes, Facet, MarketplacePage, Reported};
pub use marketplace_query::{ChangesQuery, FacetName, MarketplaceQuery, Report, ReportReason, Sort};
pub use organization::{Organization, OrganizationChange, OrganizationState, TierName};
pub use session::{NewSession, Session};
pub use signup::{ClaimOrganization, LinkToken, MailNotice, Recovered, Recovery, SignedUp, Signup, Verified};
pub use tier::{TierLimits, TierStatus, TierUsage};
pub use token::{Introspection, Token, TokenInQuestion, TokenRequest};
