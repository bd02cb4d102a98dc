//! Error codes.

use crate::open_enum::open_enum;

open_enum! {
    /// Error code of the API, as listed in the contract.
    ErrorCode, Unknown {
        /// Invalid field, parameter or header (400).
        Validation = "VALIDATION_ERROR",
        /// Missing or invalid token (401).
        Unauthorized = "UNAUTHORIZED",
        /// Missing scope or permission (403).
        Forbidden = "FORBIDDEN",
        /// Organization whose deletion was requested (403).
        OrganizationDeleting = "ORGANIZATION_DELETING",
        /// Organization suspended by the operator (403).
        OrganizationSuspended = "ORGANIZATION_SUSPENDED",
        /// Agent not found (404).
        AgentNotFound = "AGENT_NOT_FOUND",
        /// Credential not found (404).
        CredentialNotFound = "CREDENTIAL_NOT_FOUND",
        /// Audit event not found (404).
        AuditEventNotFound = "AUDIT_EVENT_NOT_FOUND",
        /// Resource not found (404).
        NotFound = "NOT_FOUND",
        /// Method not allowed at this path (405).
        MethodNotAllowed = "METHOD_NOT_ALLOWED",
        /// Email address already used by another agent (409).
        AgentAlreadyExists = "AGENT_ALREADY_EXISTS",
        /// Public name confusable with another publisher's (409).
        NameNotAvailable = "NAME_NOT_AVAILABLE",
        /// Call with this `Idempotency-Key` completed, but its response was lost (409).
        IdempotencyResponseLost = "IDEMPOTENCY_ANSWER_LOST",
        /// Audit trail changed outside of the service (409).
        AuditTrailBroken = "AUDIT_TRAIL_BROKEN",
        /// Agent removed (410).
        AgentRemoved = "AGENT_REMOVED",
        /// Publisher deleted (410).
        PublisherRemoved = "PUBLISHER_REMOVED",
        /// `If-Match` doesn't match the current version (412).
        PreconditionFailed = "PRECONDITION_FAILED",
        /// Body over 64 KiB (413).
        PayloadTooLarge = "PAYLOAD_TOO_LARGE",
        /// Content type other than JSON (415).
        UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE",
        /// `Idempotency-Key` reused with another body (422).
        IdempotencyKeyReused = "IDEMPOTENCY_KEY_REUSED",
        /// Rate limit exceeded (429).
        RateLimited = "RATE_LIMITED",
        /// Tier limit exceeded (429).
        TierLimitExceeded = "TIER_LIMIT_EXCEEDED",
        /// Internal error (500).
        Internal = "INTERNAL_ERROR",
        /// Service temporarily unavailable (503).
        Unavailable = "UNAVAILABLE",
    }
}

open_enum! {
    /// Error code of a token endpoint (RFC 6749, section 5.2; RFC 8707, section 2).
    OAuthErrorCode, Other {
        /// Parameter missing, repeated or malformed.
        InvalidRequest = "invalid_request",
        /// Unknown client or wrong secret.
        InvalidClient = "invalid_client",
        /// Invalid grant.
        InvalidGrant = "invalid_grant",
        /// Client not allowed to use this grant.
        UnauthorizedClient = "unauthorized_client",
        /// Invalid bearer token (RFC 6750).
        InvalidToken = "invalid_token",
        /// Bearer token without the required scope (RFC 6750).
        InsufficientScope = "insufficient_scope",
        /// Unsupported grant type.
        UnsupportedGrantType = "unsupported_grant_type",
        /// Scope beyond the credential's.
        InvalidScope = "invalid_scope",
        /// Invalid resource.
        InvalidTarget = "invalid_target",
        /// Rate limit or daily limit exceeded.
        TemporarilyUnavailable = "temporarily_unavailable",
    }
}
