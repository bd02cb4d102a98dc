// How a figure is told: in a table of Markdown, where a missed one is marked so that scripts/audit.sh finds it.

/** What stands in the last column. */
export const kept = (isKept) => (isKept ? "yes" : "**missed**");

/** Prints a table; columns of numbers are aligned to the right. */
export function table(head, rows) {
  const isNumber = head.map((_, column) => rows.length > 0 && rows.every((row) => /^[+−]?\d/.test(String(row[column]))));
  const line = (cells) => `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`;
  console.log([line(head), line(isNumber.map((right) => (right ? "---:" : "---"))), ...rows.map(line), ""].join("\n"));
}

/** The middle one; of an even number, the mean of the middle two. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}
