// The contrast of every pair of tokens used for text or boundaries meets WCAG 2.2 in both themes, even if no page uses
// it yet. Colors are read from the browser's own pixels.
import { expect, test } from "../helper/test";

const GROUNDS = ["--paper", "--raised"];
const TEXT: [string, string[]][] = [
  ...["--ink", "--quiet", "--accent", "--warn", "--bad"].map((token): [string, string[]] => [token, GROUNDS]),
  ...["k", "s", "n", "c", "f", "t", "a"].map((letter): [string, string[]] => [`--code-${letter}`, GROUNDS]),
  ["--on-accent", ["--accent"]],
  ["--ink", ["--accent-ground", "--warn-ground", "--bad-ground"]],
  ["--accent", ["--accent-ground"]],
  ["--warn", ["--warn-ground"]],
  ["--bad", ["--bad-ground"]],
];
// The border of a control is not text: 3 to 1 (success criterion 1.4.11).
const SHAPES: [string, string[]][] = [["--edge", GROUNDS]];

for (const theme of ["light", "dark"] as const) {
  test(`the color tokens meet the contrast requirements of WCAG 2.2 in the ${theme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await page.goto("/");
    const ratio = (one: string, other: string) =>
      page.evaluate(([one, other]) => {
        const canvas = document.createElement("canvas");
        canvas.width = canvas.height = 1;
        const context = canvas.getContext("2d", { willReadFrequently: true })!;
        const probe = document.body.appendChild(document.createElement("i"));
        const luminance = (token: string) => {
          probe.style.setProperty("color", `var(${token})`);
          const color = getComputedStyle(probe).color;
          context.fillStyle = color;
          context.fillRect(0, 0, 1, 1);
          const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map((value) => {
            const part = value / 255;
            return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
          });
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
        probe.remove();
        return (high + 0.05) / (low + 0.05);
      }, [one, other]);
    for (const [pairs, least] of [[TEXT, 4.5], [SHAPES, 3]] as const) {
      for (const [token, grounds] of pairs) {
        for (const ground of grounds) {
          expect(await ratio(token, ground), `${token} on ${ground}`).toBeGreaterThanOrEqual(least);
        }
      }
    }
  });
}
