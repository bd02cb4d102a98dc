// Parses every fence in content/ with a parser of its language, so that each sample can be pasted.
import { expect, test } from "@playwright/test";
import { grammars, samples } from "./samples.js";
import { PARSERS, NO_SYNTAX } from "./parsers.js";

for (const [file, found] of samples()) {
  test(`every code sample of ${file} is valid in its language`, async () => {
    const wrong: string[] = [];
    for (const { language, line, code } of found) {
      if (NO_SYNTAX.has(language)) continue;
      const parse = PARSERS[language];
      if (!parse) {
        wrong.push(`${file}:${line}: no parser for ${language}. Add one in end2end/samples/parsers.ts.`);
        continue;
      }
      const problem = await parse(code);
      if (problem) wrong.push(`${file}:${line}: ${language}: ${problem}`);
    }
    expect(wrong).toEqual([]);
  });
}

test("every parser rejects an invalid sample of its language", async () => {
  const broken: Record<string, string> = {
    bash: "if true; then echo", console: "$ echo 'open", go: "func (", json: "{'a': 1}", jsonc: "{ // note\n", jsonl: "{}\n{",
    nginx: "location / { proxy_pass }", powershell: "function {", python: "def f(:\n  pass", rust: "fn main( {", systemd: "[Unit\nno key",
    toml: "a = ", typescript: "const = 1;", yaml: "a: [1", http: "GET", diff: "both\n",
  };
  for (const [language, code] of Object.entries(broken)) expect(await PARSERS[language](code), language).toBeTruthy();
  // Each parser needs an example that it must reject.
  for (const language of new Set(Object.keys(PARSERS).map(grammars))) expect(Object.keys(broken)).toContain(language);
});
