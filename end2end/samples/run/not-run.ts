// Samples that don't run here, each with its reason. An entry without a matching sample fails the test.

/** Whole pages. */
export const PAGES: Record<string, string> = {
  "quickstarts/index.md": "shows the message of a portal that is set wrongly; server/tests asks for it",
  "quickstarts/run-the-portal.md": "clones the repository and builds all of it; bench/first-run.md is its record",
  "quickstarts/write-a-page.md": "changes the repository; crates/content has tests of what the check says",
  "quickstarts/serve-under-a-sub-path.md": "builds the portal and wants nginx; end2end/pages serves a portal under a base path",
};

const JOSE = "pinned in end2end/package.json";
const PYJWT = "pinned in samples/run/requirements.txt";
const PUBLISHED = "needs a record or a file on the public internet; api/tests proves claims against servers of its own";

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
  { page: "docs/guides/prove-a-repository.md", begins: "git ", why: "needs a repository at a code host" },
  { page: "docs/operate/api.md", begins: "make build", why: "the program is there: API_BIN" },
  { page: "docs/operate/api.md", begins: "SENTRYAGENT_ENV=development target/release/api serve", why: "does not end: the runner has started one" },
  { page: "docs/operate/api.md", begins: "export ISSUER_URL", why: "names hosts of examples, and does not end" },
];
