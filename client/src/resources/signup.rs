//! Sign-up: create, claim, verify, recover. No authentication, except to resend the verification email.

use crate::operation::declare;
use crate::types::{
    ClaimOrganization, EmailVerification, EmailedLink, LinkToken, MailNotice, RecoveryRequest, RecoveryResponse,
    SignupRequest, SignupResponse, VerificationRequest,
};
use crate::{Client, Result, Secret};

declare! {
    CREATE = Post "signUp" "/api/v1/signup", keyed, public;
    CLAIM = Post "claimOrganization" "/api/v1/signup/claim", public;
    VERIFY = Post "verifyEmail" "/api/v1/signup/verify", keyed;
    RESEND = Post "resendVerification" "/api/v1/signup/resend";
    RECOVER = Post "recoverOrganization" "/api/v1/signup/recover", public;
    LINK = Get "getEmailedLink" "/api/v1/signup/link";
    DISOWN = Post "disownSignup" "/api/v1/signup/disown", keyed, public;
    RESTORE = Post "restoreByEmail" "/api/v1/signup/restore", keyed, public;
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

    /// Returns what an emailed link is for, without using it.
    pub async fn link(&self, code: impl Into<Secret>) -> Result<EmailedLink> {
        self.0.with_bearer(code).call(LINK).fetch().await
    }

    /// Verifies an email address with the code from the link. The code works once; retries use the same
    /// `Idempotency-Key`. A client with a token or session of the organization itself keeps its credentials by default.
    pub async fn verify(&self, verification: &VerificationRequest) -> Result<EmailVerification> {
        self.0.call(VERIFY).json(verification).fetch().await
    }

    /// Deletes an organization that somebody else signed up or claimed with your email address.
    pub async fn disown(&self, link: &LinkToken) -> Result<()> {
        self.0.call(DISOWN).json(link).send_ignoring_body().await
    }

    /// Cancels the deletion of an organization with the code from the email about it.
    pub async fn restore(&self, link: &LinkToken) -> Result<()> {
        self.0.call(RESTORE).json(link).send_ignoring_body().await
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
