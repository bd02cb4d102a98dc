// The site's colors in both themes as hex, read from style/tokens.css: Mermaid computes with colors and knows no oklch.
import { readFileSync } from "node:fs";

const TOKEN = /--([\w-]+):\s*light-dark\(oklch\(([^)]*)\),\s*oklch\(([^)]*)\)\)/g;

/** The tokens by theme: `{ light: { paper: "#…", … }, dark: { … } }`. */
export function palette(file) {
  const tokens = [...readFileSync(file, "utf8").matchAll(TOKEN)];
  const theme = (column) => {
    const colors = new Map(tokens.map((token) => [token[1], srgb(token[column])]));
    const paper = colors.get("paper");
    if (!paper) throw new Error(`${file}: no --paper of the shape light-dark(oklch(…), oklch(…))`);
    return Object.fromEntries([...colors].map(([name, color]) => [name, hex(over(color, paper))]));
  };
  return { light: theme(2), dark: theme(3) };
}

/** OKLCH to red, green, blue and opacity from 0 to 1, https://www.w3.org/TR/css-color-4/#color-conversion-code */
function srgb(text) {
  const [coordinates, opacity = "100%"] = text.split("/");
  const [lightness, chroma, hue] = coordinates.trim().split(/\s+/).map(Number);
  const [a, b] = [chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  const gamma = (value) => (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055);
  return [...linear.map((value) => Math.min(1, Math.max(0, gamma(value)))), Number.parseFloat(opacity) / 100];
}

/** A see-through color as it looks on a ground. */
function over([red, green, blue, opacity], ground) {
  return [red, green, blue].map((value, index) => value * opacity + ground[index] * (1 - opacity));
}

function hex(channels) {
  return `#${channels.map((value) => Math.round(value * 255).toString(16).padStart(2, "0")).join("")}`;
}
