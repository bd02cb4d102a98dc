// Samples in Rust say in their first lines how they are run and what they need; cargo wants the second in a manifest.

/** The manifest around a program. */
export function manifest(code: string): string {
  const said = code.split("\n").filter((line) => line.startsWith("// ")).map((line) => line.slice(3));
  const needs = said.slice(said.indexOf("[dependencies]"));
  return `[package]\nname = "call"\nversion = "0.1.0"\nedition = "2024"\n\n${needs.join("\n")}\n`;
}
