//! Codes of refusals.

use crate::words::words;

words! {
    /// Which refusal. The list is the contract's.
    ErrorCode, Unknown {
        /// A field, parameter or header is not as it has to be (400).
        Validation = "VALIDATION_ERROR",
        /// No token, or none that holds (401).
        Unauthorized = "UNAUTHORIZED",
        /// The token lacks a scope, or this caller may not (403).
        Forbidden = "FORBIDDEN",
        /// There is no such agent (404).
        AgentNotFound = "AGENT_NOT_FOUND",
        /// There is no such credential (404).
        CredentialNotFound = "CREDENTIAL_NOT_FOUND",
        /// There is no such event in the audit trail (404).
        AuditEventNotFound = "AUDIT_EVENT_NOT_FOUND",
        /// There is nothing of the kind (404).
        NotFound = "NOT_FOUND",
        /// The address knows other methods (405).
        MethodNotAllowed = "METHOD_NOT_ALLOWED",
        /// An agent with that e-mail address exists (409).
        AgentAlreadyExists = "AGENT_ALREADY_EXISTS",
        /// A public name that could be taken for another (409).
        NameNotAvailable = "NAME_NOT_AVAILABLE",
        /// A call with that `Idempotency-Key` was done, and its answer was lost (409).
        IdempotencyAnswerLost = "IDEMPOTENCY_ANSWER_LOST",
        /// The agent was there and was taken away (410).
        AgentRemoved = "AGENT_REMOVED",
        /// `If-Match` names another version (412).
        PreconditionFailed = "PRECONDITION_FAILED",
        /// A body beyond 64 KiB (413).
        PayloadTooLarge = "PAYLOAD_TOO_LARGE",
        /// A body that is no JSON (415).
        UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE",
        /// The same `Idempotency-Key` with another body (422).
        IdempotencyKeyReused = "IDEMPOTENCY_KEY_REUSED",
        /// Too often (429).
        RateLimited = "RATE_LIMITED",
        /// No more in this tier (429).
        TierLimitExceeded = "TIER_LIMIT_EXCEEDED",
        /// A fault of the service (500).
        Internal = "INTERNAL_ERROR",
        /// Not at the moment (503).
        Unavailable = "UNAVAILABLE",
    }
}

words! {
    /// Why a token endpoint refused (RFC 6749, section 5.2; RFC 8707, section 2).
    OAuthErrorCode, Other {
        /// A parameter is missing, twice there, or unreadable.
        InvalidRequest = "invalid_request",
        /// There is no such client with that secret.
        InvalidClient = "invalid_client",
        /// What was shown for a token does not hold.
        InvalidGrant = "invalid_grant",
        /// The client may not do this.
        UnauthorizedClient = "unauthorized_client",
        /// A grant that is not served.
        UnsupportedGrantType = "unsupported_grant_type",
        /// More than the credential may.
        InvalidScope = "invalid_scope",
        /// A resource that can't be one.
        InvalidTarget = "invalid_target",
        /// Too often, or no more today.
        TemporarilyUnavailable = "temporarily_unavailable",
    }
}
