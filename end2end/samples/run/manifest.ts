// Samples in Rust contain their command and dependencies in their first lines; cargo needs the dependencies in a manifest.

/** The manifest of a program. */
export function manifest(code: string): string {
  const said = code.split("\n").filter((line) => line.startsWith("// ")).map((line) => line.slice(3));
  const needs = said.slice(said.indexOf("[dependencies]"));
  return `[package]\nname = "call"\nversion = "0.1.0"\nedition = "2024"\n\n${needs.join("\n")}\n`;
}
