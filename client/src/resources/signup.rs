//! Sign-up: create, claim, verify, recover. No authentication, except to resend the verification email.

use crate::operation::declare;
use crate::types::{
    ClaimOrganization, EmailVerification, LinkToken, MailNotice, RecoveryRequest, RecoveryResponse, SignupRequest,
    SignupResponse,
};
use crate::{Client, Result};

declare! {
    CREATE = Post "signUp" "/api/v1/signup", keyed, public;
    CLAIM = Post "claimOrganization" "/api/v1/signup/claim", public;
    VERIFY = Post "verifyEmail" "/api/v1/signup/verify", keyed, public;
    RESEND = Post "resendVerification" "/api/v1/signup/resend";
    RECOVER = Post "recoverOrganization" "/api/v1/signup/recover", public;
    CONFIRM = Post "confirmRecovery" "/api/v1/signup/recover/confirm", keyed, public;
}

/// Sign-up: create, claim, verify, recover.
#[derive(Clone, Debug)]
pub struct SignUp(Client);

impl Client {
    /// Sign-up: create, claim, verify, recover.
    pub fn signup(&self) -> SignUp {
        SignUp(self.clone())
    }
}

impl SignUp {
    /// Creates an organization with a working admin credential.
    pub async fn create(&self, signup: &SignupRequest) -> Result<SignupResponse> {
        self.0.call(CREATE).json(signup).fetch().await
    }

    /// Emails a link to claim a provisional organization.
    pub async fn claim(&self, claim: &ClaimOrganization) -> Result<MailNotice> {
        self.0.call(CLAIM).json(claim).fetch().await
    }

    /// Verifies an email address with the code from the link. The code works once; retries use the same
    /// `Idempotency-Key`.
    pub async fn verify(&self, link: &LinkToken) -> Result<EmailVerification> {
        self.0.call(VERIFY).json(link).fetch().await
    }

    /// Resends the verification email.
    pub async fn resend(&self) -> Result<MailNotice> {
        self.0.call(RESEND).fetch().await
    }

    /// Emails a recovery link to a verified address.
    pub async fn recover(&self, recovery: &RecoveryRequest) -> Result<MailNotice> {
        self.0.call(RECOVER).json(recovery).fetch().await
    }

    /// Creates a new admin credential with the code from the recovery link. Revokes all earlier admin credentials and
    /// sessions.
    pub async fn confirm_recovery(&self, link: &LinkToken) -> Result<RecoveryResponse> {
        self.0.call(CONFIRM).json(link).fetch().await
    }
}
