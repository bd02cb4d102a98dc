// Comparison of two samples of response times.

export type Comparison = { p: number; medians: [number, number]; superiority: number };

export const median = (sample: number[]): number => {
  const sorted = sample.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** Complementary error function, by Abramowitz and Stegun 7.1.26 (error below 2e-7). */
function erfc(x: number): number {
  const t = 1 / (1 + 0.3275911 * x);
  return t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * Math.exp(-x * x);
}

/**
 * Mann-Whitney U test, two-sided, with the normal approximation and its correction for ties. It compares ranks and not
 * means, so that a few slow responses of a busy machine have no weight.
 *
 * U counts the pairs in which the value of the first sample is the larger one. Without a difference between the samples, it
 * is n1·n2/2 with the variance n1·n2/12 · (N + 1 - Σ(t³ - t)/(N(N - 1))), where t are the sizes of groups of equal values.
 * `superiority`, the effect size, is U/(n1·n2): the probability that a response of the first kind is slower than one of the
 * second. 0.5 is no effect.
 */
export function compare(first: number[], second: number[]): Comparison {
  const all = [...first.map((value) => ({ value, own: 1 })), ...second.map((value) => ({ value, own: 0 }))].sort((a, b) => a.value - b.value);
  const [n1, n2, n] = [first.length, second.length, all.length];
  let [rankSum, ties] = [0, 0];
  for (let from = 0; from < n; ) {
    let to = from;
    while (to < n && all[to].value === all[from].value) to++;
    // Equal values share the mean of their ranks, which begin with 1.
    const rank = (from + 1 + to) / 2;
    for (let at = from; at < to; at++) rankSum += all[at].own * rank;
    ties += (to - from) ** 3 - (to - from);
    from = to;
  }
  const u = rankSum - (n1 * (n1 + 1)) / 2;
  const deviation = Math.sqrt(((n1 * n2) / 12) * (n + 1 - ties / (n * (n - 1))));
  const p = erfc(Math.abs(u - (n1 * n2) / 2) / deviation / Math.SQRT2);
  return { p, medians: [median(first), median(second)], superiority: u / (n1 * n2) };
}

/**
 * True if the first sample is distinguishable from the second: p < 0.001, and medians that differ by more than a tenth.
 *
 * A tenth, and not 1 ms: a response takes about 1 ms here, so a limit of 1 ms would let it take twice as long. A tenth of it
 * is far below what anyone can measure over a network, and above the difference that a busy machine makes: both kinds are
 * sent in one random order, so that noise hits both alike, and only the standard error of two medians remains. p alone
 * would fail for differences without any use to an attacker, and for one in a thousand runs by chance.
 */
export const differs = ({ p, medians: [a, b] }: Comparison) => p < 0.001 && Math.abs(a - b) > 0.1 * Math.max(a, b);
