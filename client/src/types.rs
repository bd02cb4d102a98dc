//! Requests and responses.
//!
//! Requests have public fields and a `Default`; `None` is not sent. Responses are `#[non_exhaustive]`, since newer
//! servers may add fields. Serializing a response reveals its secrets.

mod agent;
mod agent_query;
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

pub use agent::{Agent, AgentStatus, AgentType, AgentUpdate, DeploymentEnv, NewAgent};
pub use agent_query::AgentQuery;
pub use audit::{
    AuditAnchor, AuditCheckpoint, AuditEvent, AuditFault, AuditHead, AuditQuery, AuditVerification, Outcome,
};
pub use claim::{Claim, ClaimCheck, ClaimKind, ClaimMethod, ClaimProof, ClaimQuery, ClaimState, NewClaim};
pub use credential::{Credential, CredentialRequest, CredentialStatus, NewCredential, Rotation, Scope};
pub use did::{DidResolution, DidResolutionMetadata};
pub use discovery::{Jwks, ProtectedResource, ServerMetadata};
pub use health::{Dependency, DetailedHealth, HealthResponse, HealthStatus};
pub use marketplace::{
    Card, CardClaim, CardDetail, CardLinks, CheckResult, LookAlike, Moderation, Publisher, PublisherDetail,
};
pub use marketplace_page::{Change, ChangeKind, Changes, Facet, MarketplacePage, ReportReceipt};
pub use marketplace_query::{ChangesQuery, FacetName, MarketplaceQuery, Report, ReportReason, Sort};
pub use organization::{Organization, OrganizationState, OrganizationStatus, OrganizationUpdate, TierName};
pub use session::{NewSession, Session};
pub use signup::{
    ClaimOrganization, EarlierCredentials, EmailVerification, EmailedLink, LinkPurpose, LinkToken, LinkedOrganization,
    MailNotice, RecoveryRequest, RecoveryResponse, SignupRequest, SignupResponse, VerificationRequest,
};
pub use tier::{TierLimits, TierStatus, TierUsage};
pub use token::{Introspection, Token, TokenIntrospectionRequest, TokenRequest};
