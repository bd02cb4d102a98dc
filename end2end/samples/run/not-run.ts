// Samples that don't run here, each with its reason. An entry that fits no sample fails the test.

/** Whole pages. */
export const PAGES: Record<string, string> = {
  "quickstarts/index.md": "shows the message of a portal that is set wrongly; server/tests asks for it",
  "quickstarts/run-the-portal.md": "clones the repository and builds all of it; bench/first-run.md is its record",
  "quickstarts/write-a-page.md": "changes the repository; server/content has tests of what the check says",
  "quickstarts/serve-under-a-sub-path.md": "builds the portal and wants nginx; end2end/pages serves a portal under a base path",
};

/** Single commands, by how they begin. */
export const COMMANDS: { page: string; begins: string; why: string }[] = [
  { page: "docs/guides/issue-and-verify-a-token.md", begins: "cargo run -q", why: "TEMP" },
  { page: "docs/guides/issue-and-verify-a-token.md", begins: "npm install jose", why: "pinned in end2end/package.json" },
  { page: "docs/guides/issue-and-verify-a-token.md", begins: "python3 -m pip install", why: "pinned in samples/run/requirements.txt" },
];
