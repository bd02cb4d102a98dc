// Prints results as Markdown tables. Missed goals and limits are marked so that scripts/audit.sh finds them.

/** Text of the last column. */
export const met = (state) => (state ? "yes" : "**missed**");

/** Prints a table with right-aligned columns of numbers. */
export function table(head, rows) {
  const isNumber = head.map((_, column) => rows.length > 0 && rows.every((row) => /^[+−]?\d/.test(String(row[column]))));
  const line = (cells) => `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`;
  console.log([line(head), line(isNumber.map((right) => (right ? "---:" : "---"))), ...rows.map(line), ""].join("\n"));
}

/** The middle value; for an even count, the mean of the two middle values. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
}
