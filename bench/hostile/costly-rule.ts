const regionsMax = 1_000;
const requirementsCount = 6;

/** A body for `POST …/rules/evaluate` that asks for as much work as its length allows. */
export function costlyEvaluation(): string {
  const codes = Array.from({ length: regionsMax }, (_, index) => `r${index}`);
  const tableOf = (factor: number) =>
    Object.fromEntries(codes.map((code, index) => [code, 1 + ((index * factor) % 99_991)]));
  const weighed = (table: string, bound: string) => ({
    count: { weigh: table, that: "for" },
    at_least: bound,
    of: { weigh: table },
  });
  const requirements = Array.from({ length: requirementsCount }, (_, index) => ({
    id: `q${index}`,
    any: [weighed("t", `${30 + index}/61`), weighed("u", `${31 + index}/67`)],
  }));
  const regions = codes.map((region, index) => ({
    region,
    yes: 50_000 + index * 811,
    no: 50_000 + index * 797,
    eligible: 400_000 + index * 1_613,
  }));
  return JSON.stringify({
    rule: { tables: { t: tableOf(7_919), u: tableOf(6_007) }, requirements },
    regions,
    closed: false,
  });
}
