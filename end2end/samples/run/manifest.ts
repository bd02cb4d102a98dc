// Samples in Rust say in their first lines what they need; cargo wants that in a manifest.

/** The manifest around a program. */
export function manifest(code: string): string {
  const needs = code.split("\n").filter((line) => line.startsWith("// ")).map((line) => line.slice(3));
  return `[package]\nname = "call"\nversion = "0.1.0"\nedition = "2024"\n\n${needs.join("\n")}\n`;
}
