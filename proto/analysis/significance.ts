/** Whether two samples differ by more than chance. All p-values are two-sided. */

/**
 * Mann-Whitney U test: the probability that two samples of one and the same distribution, whatever its shape, lie as far apart in rank as these or further. Normal approximation with correction for
 * ties and for continuity, which errs towards 1 for small samples (Mann, Whitney: "On a Test of Whether one of Two Random Variables is Stochastically Larger than the Other",
 * 1947; Lehmann: "Nonparametrics", 1975, section 1.2). 1 where either sample is empty.
 */
export const mannWhitney = (a: readonly number[], b: readonly number[]): number => {
  const [sizeA, sizeB] = [a.length, b.length];
  const size = sizeA + sizeB;
  if (sizeA === 0 || sizeB === 0) return 1;
  const { rankSumA, ties } = ranks(a, b);
  const u = rankSumA - (sizeA * (sizeA + 1)) / 2;
  const variance = ((sizeA * sizeB) / 12) * (size + 1 - ties / (size * (size - 1)));
  if (variance <= 0) return 1;
  const distance = Math.max(0, Math.abs(u - (sizeA * sizeB) / 2) - 0.5);
  return Math.min(1, complementaryError(distance / Math.sqrt(2 * variance)));
};

/** Equal values share the mean of their ranks; `ties` is the sum of t³ - t over groups of t equal ones. */
const ranks = (a: readonly number[], b: readonly number[]): { rankSumA: number; ties: number } => {
  const values = [...a.map((value) => ({ value, ofA: 1 })), ...b.map((value) => ({ value, ofA: 0 }))].toSorted((x, y) => x.value - y.value);
  let rankSumA = 0;
  let ties = 0;
  for (let from = 0; from < values.length;) {
    let to = from;
    let inA = 0;
    for (; to < values.length && values[to]?.value === values[from]?.value; to++) inA += values[to]?.ofA ?? 0;
    const count = to - from;
    rankSumA += inA * ((from + to + 1) / 2);
    ties += count ** 3 - count;
    from = to;
  }
  return { rankSumA, ties };
};

/** erfc(x) for x >= 0, within 1.2e-7 of its value (Press et al.: "Numerical Recipes in C", 2nd edition, section 6.2, `erfcc`). */
const complementaryError = (x: number): number => {
  const t = 1 / (1 + x / 2);
  const coefficients = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223, 0.17087277,
  ];
  return t * Math.exp(coefficients.reduceRight((sum, coefficient) => sum * t + coefficient, 0) - x * x);
};

/**
 * Fisher's exact test: the probability that, of two groups with one and the same share, the counts are as unlikely as these or more (Fisher: "The Design of Experiments", 1935). `inA` of `sizeA` have
 * something, and `inB` of `sizeB`.
 */
export const fisherExact = (inA: number, sizeA: number, inB: number, sizeB: number): number => {
  const all = inA + inB;
  const logOf = (count: number): number => logChoose(sizeA, count) + logChoose(sizeB, all - count) - logChoose(sizeA + sizeB, all);
  // Rounding must not tell apart what is equally likely.
  const observed = logOf(inA) + 1e-7;
  let sum = 0;
  for (let count = Math.max(0, all - sizeB); count <= Math.min(sizeA, all); count++) {
    const log = logOf(count);
    if (log <= observed) sum += Math.exp(log);
  }
  return Math.min(1, sum);
};

const logFactorials = [0];

const logFactorial = (count: number): number => {
  for (let next = logFactorials.length; next <= count; next++) logFactorials.push((logFactorials[next - 1] ?? 0) + Math.log(next));
  return logFactorials[count] ?? 0;
};

const logChoose = (size: number, count: number): number => logFactorial(size) - logFactorial(count) - logFactorial(size - count);

/**
 * The largest p-value that still counts, so that of what is called a change at most the share `rate` is none: of a hundred operations, one would otherwise always seem to have changed (Benjamini, Hochberg:
 * "Controlling the False Discovery Rate", 1995). Negative where none counts.
 */
export const significantUpTo = (pValues: readonly number[], rate: number): number => {
  const ascending = pValues.toSorted((x, y) => x - y);
  const last = ascending.findLastIndex((p, index) => p <= (rate * (index + 1)) / ascending.length);
  return ascending[last] ?? -1;
};
