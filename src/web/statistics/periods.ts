/** What was counted in a month, as in "2026-11". */
export interface MonthFigure<Figure> {
  month: string;
  figure: Figure;
}

/** Years or months of a picture: "2026" or "2026-11", in order and without gaps. */
export interface Periods<Figure> {
  unit: "month" | "year";
  periods: { period: string; figure: Figure }[];
}

/** A picture of less than a year compares too little. */
const monthsMin = 12;
/** Three years of months stand beside each other on a phone, too. */
const monthsMax = 36;
/** Of a picture of years: dates that are wrong would make more. */
const yearsMax = 400;

/**
 * Months as a picture shows them: each from the first to the last, also where nothing was counted, and
 * the whole year before the last; or years, where there would be too many.
 */
export function layoutPeriods<Figure>(
  months: readonly MonthFigure<Figure>[],
  { none, add }: { none: Figure; add: (a: Figure, b: Figure) => Figure },
): Periods<Figure> {
  const [first] = months;
  const last = months.at(-1);
  if (first === undefined || last === undefined) return { unit: "month", periods: [] };
  const to = monthIndex(last.month);
  const from = Math.min(monthIndex(first.month), to - monthsMin + 1);
  const unit = to - from >= monthsMax ? "year" : "month";
  const nameOf = (month: string): string => (unit === "year" ? month.slice(0, 4) : month);
  const sums = new Map<string, Figure>();
  for (const { month, figure } of months) {
    sums.set(nameOf(month), add(sums.get(nameOf(month)) ?? none, figure));
  }
  const step = unit === "year" ? 12 : 1;
  const count = Math.floor(to / step) - Math.floor(from / step) + 1;
  const periods = Array.from({ length: Math.min(yearsMax, count) }, (_, offset) => {
    const period = nameOf(monthName(from + offset * step));
    return { period, figure: sums.get(period) ?? none };
  });
  return { unit, periods };
}

/** Months since the year 0. */
function monthIndex(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

function monthName(index: number): string {
  const year = String(Math.floor(index / 12)).padStart(4, "0");
  return `${year}-${String((index % 12) + 1).padStart(2, "0")}`;
}
