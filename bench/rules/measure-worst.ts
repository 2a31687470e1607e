import { forecastOutcome } from "../../src/rules/forecast/forecast.ts";
import { viewForecast } from "../../src/rules/forecast-view.ts";
import { findEvaluationFaults } from "../../src/rules/most-work.ts";
import { evaluateOutcome } from "../../src/rules/outcome.ts";
import { viewRuleOutcome } from "../../src/rules/outcome-view.ts";
import { parseRule } from "../../src/rules/parse-rule.ts";
import { Work, WorkExceededError } from "../../src/rules/work.ts";
import { limits } from "../../src/shared/limits.ts";
import { worstRules, type WorstRule } from "./worst-rules.ts";

const requestMsMax = 50;
const lookMsMax = 20;
/** The processor's clock ticks every 4 ms, so that so many tries are measured together. */
const tries = 40;

/** What a rule took of the processor; of its first time, too, before the code is compiled. */
type Taken = { ms: number; firstMs: number; units: number; end: string };

/**
 * Prints what each of the worst rules takes of a request and of a look at an outcome. Answers how
 * many took too long.
 */
export function measureWorst(log: (line: string) => void): number {
  log("");
  log("worst rules                                   units      ms  first ms  ns/unit  end");
  let missed = 0;
  const tell = (name: string, { ms, firstMs, units, end }: Taken, msMax: number) => {
    const cells = [
      name.padEnd(42),
      String(Math.round(units)).padStart(8),
      ms.toFixed(1).padStart(7),
      firstMs.toFixed(1).padStart(9),
      ((ms * 1e6) / units).toFixed(0).padStart(8),
      ` ${end}`,
    ];
    log(cells.join(" "));
    if (ms <= msMax) return;
    missed += 1;
    log(`SLOW ${name}: over ${msMax} ms`);
  };
  const all = worstRules();
  for (const worst of all)
    tell(
      worst.name,
      measure(() => takeRequest(worst)),
      requestMsMax,
    );
  log("as a look at a decision's outcome");
  for (const worst of all) {
    if (isDrafted(worst))
      tell(
        worst.name,
        measure(() => takeLook(worst)),
        lookMsMax,
      );
  }
  return missed;
}

function measure(take: () => Pick<Taken, "units" | "end">): Taken {
  const first = process.threadCpuUsage();
  let last = take();
  const firstMs = millisecondsSince(first);
  for (let count = 0; count < 5; count += 1) take();
  const start = process.threadCpuUsage();
  for (let count = 0; count < tries; count += 1) last = take();
  return { ...last, ms: millisecondsSince(start) / tries, firstMs };
}

/** Of this thread alone: what else runs on the machine is not counted. */
function millisecondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1_000;
}

/** As `POST /api/v1/rules/evaluate` does it. */
function takeRequest({ document, input }: WorstRule): Pick<Taken, "units" | "end"> {
  const work = new Work(limits.ruleRequestWorkMax);
  const ended = (end: string) => ({ units: Math.min(work.spent, limits.ruleRequestWorkMax), end });
  try {
    const parsed = parseRule(document, limits, work);
    if ("faults" in parsed) return ended("not read");
    const outcome = evaluateOutcome(parsed.rule, input, { work });
    if ("faults" in outcome) return ended("faults");
    const forecast = viewForecast(forecastOutcome(parsed.rule, input, work));
    JSON.stringify({ ...viewRuleOutcome(outcome), forecast });
    return ended(`answered, forecast ${forecast?.further_yes?.result ?? "closed"}`);
  } catch (error) {
    if (error instanceof WorkExceededError) return ended("refused");
    throw error;
  }
}

function isDrafted({ document, input }: WorstRule): boolean {
  const parsed = parseRule(document, limits);
  if ("faults" in parsed) return false;
  const regions = [...input.regions.keys()];
  const expected = { regions, electorates: regions, figureBits: 96 };
  return findEvaluationFaults(parsed.rule, expected, limits.ruleOutcomeWorkMax).length === 0;
}

/** As a room does it for each new version. */
function takeLook({ document, input }: WorstRule): Pick<Taken, "units" | "end"> {
  const parsed = parsedOnce(document);
  const work = new Work(Infinity);
  const outcome = evaluateOutcome(parsed, input, { work });
  if ("faults" in outcome) throw new Error(JSON.stringify(outcome.faults));
  const forecasting = new Work(Math.max(0, limits.ruleLookWorkMax - work.spent));
  const forecast = viewForecast(forecastOutcome(parsed, input, forecasting));
  JSON.stringify({ ...viewRuleOutcome(outcome), forecast });
  const units = Math.min(limits.ruleLookWorkMax, work.spent + forecasting.spent);
  return { units, end: `forecast ${forecast?.further_yes?.result ?? "closed"}` };
}

const rules = new WeakMap<object, Parameters<typeof evaluateOutcome>[0]>();

function parsedOnce(document: object) {
  const known = rules.get(document);
  if (known !== undefined) return known;
  const parsed = parseRule(document, limits);
  if ("faults" in parsed) throw new Error(JSON.stringify(parsed.faults));
  rules.set(document, parsed.rule);
  return parsed.rule;
}
