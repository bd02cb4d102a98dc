// Samples that don't run here, each with its reason. An entry without a matching sample fails the test.

/** Whole pages. */
export const PAGES: Record<string, string> = {
  "quickstarts/index.md": "shows the error message of a misconfigured portal; server/tests checks the message",
  "quickstarts/run-the-portal.md": "clones and builds the whole repository; bench/first-run.md records a run",
  "quickstarts/write-a-page.md": "modifies the repository; the tests of crates/content check the messages",
  "quickstarts/serve-under-a-sub-path.md": "builds the portal and requires nginx; end2end/pages tests a portal under a base path",
};

const JOSE = "pinned in end2end/package.json";
const PYJWT = "pinned in samples/run/requirements.txt";
const PUBLISHED = "requires a record or a file on the public internet; api/tests verifies claims against its own servers";

/** Single commands, by their beginning. */
export const COMMANDS: { page: string; begins: string; why: string }[] = [
  { page: "docs/guides/issue-and-verify-a-token.md", begins: "npm install jose", why: JOSE },
  { page: "docs/guides/issue-and-verify-a-token.md", begins: "python3 -m pip install", why: PYJWT },
  { page: "docs/guides/call-another-agent.md", begins: "npm install jose", why: JOSE },
  { page: "docs/guides/read-and-verify-the-audit-trail.md", begins: "npm install jose", why: JOSE },
  { page: "docs/guides/read-and-verify-the-audit-trail.md", begins: "python3 -m pip install", why: PYJWT },
  { page: "docs/guides/prove-a-key.md", begins: "python3 -m pip install", why: PYJWT },
  { page: "docs/guides/prove-a-domain.md", begins: "jq -r '.state, .method, .expiresAt'", why: PUBLISHED },
  { page: "docs/guides/prove-a-repository.md", begins: "jq -r '.state, .method, .expiresAt'", why: PUBLISHED },
  { page: "docs/guides/prove-a-repository.md", begins: "git ", why: "requires a repository on a code host" },
  { page: "docs/operate/api.md", begins: "make build", why: "API_BIN is already built" },
  { page: "docs/operate/api.md", begins: "SENTRYAGENT_ENV=development target/release/api serve", why: "does not exit; the test has already started an API" },
  { page: "docs/operate/api.md", begins: "export ISSUER_URL", why: "uses example hosts and does not exit" },
];
