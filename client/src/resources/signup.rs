//! Sign-up: provision, work, claim. Nobody has to show who he is, but for a mail that is sent again.

use crate::operation::declare;
use crate::types::{ClaimOrganization, LinkToken, MailNotice, Recovered, Recovery, SignedUp, Signup, Verified};
use crate::{Client, Result};

declare! {
    CREATE = Post "signUp" "/api/v1/signup", keyed, open;
    CLAIM = Post "claimOrganization" "/api/v1/signup/claim", open;
    VERIFY = Post "verifyEmail" "/api/v1/signup/verify", keyed, open;
    RESEND = Post "resendVerification" "/api/v1/signup/resend";
    RECOVER = Post "recoverOrganization" "/api/v1/signup/recover", open;
    CONFIRM = Post "confirmRecovery" "/api/v1/signup/recover/confirm", keyed, open;
}

/// Sign-up: provision, work, claim.
#[derive(Clone, Debug)]
pub struct SignUp(pub(crate) Client);

impl SignUp {
    /// Makes an organization with an admin credential that works at once.
    pub async fn create(&self, signup: &Signup) -> Result<SignedUp> {
        self.0.call(CREATE).json(signup).fetch().await
    }

    /// Sends the mail by which a person takes a provisional organization over.
    pub async fn claim(&self, claim: &ClaimOrganization) -> Result<MailNotice> {
        self.0.call(CLAIM).json(claim).fetch().await
    }

    /// Confirms an address with the code of a mail. The code works once: this is never tried again by itself.
    pub async fn verify(&self, link: &LinkToken) -> Result<Verified> {
        self.0.call(VERIFY).json(link).fetch().await
    }

    /// Sends the confirmation again.
    pub async fn resend(&self) -> Result<MailNotice> {
        self.0.call(RESEND).fetch().await
    }

    /// Sends a mail to a confirmed address, by which a new admin credential is made.
    pub async fn recover(&self, recovery: &Recovery) -> Result<MailNotice> {
        self.0.call(RECOVER).json(recovery).fetch().await
    }

    /// Makes a new admin credential with the code of that mail. All admin credentials and sessions that there were end.
    pub async fn confirm_recovery(&self, link: &LinkToken) -> Result<Recovered> {
        self.0.call(CONFIRM).json(link).fetch().await
    }
}
