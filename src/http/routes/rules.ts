import type { OpenAPIHono } from "@hono/zod-openapi";
import { evaluateOutcome } from "../../rules/outcome.ts";
import { viewRuleOutcome } from "../../rules/outcome-view.ts";
import { parseRule } from "../../rules/parse-rule.ts";
import { forecastOutcome } from "../../rules/forecast/forecast.ts";
import { viewForecast } from "../../rules/forecast-view.ts";
import { findPreset, presets } from "../../rules/presets/presets.ts";
import { ruleMeasure } from "../../rules/measure.ts";
import { findRuleWarnings, type RuleWarning } from "../../rules/rule-warnings.ts";
import type { RuleInput } from "../../rules/rule-input.ts";
import type { Rule } from "../../rules/rule.ts";
import { Work, WorkExceededError } from "../../rules/work.ts";
import { limits } from "../../shared/limits.ts";
import * as contract from "../contract/rules.ts";
import { jsonBody } from "../middleware/json-body.ts";
import { Problem } from "../problem.ts";
import { inputFrom, toRequestFault } from "../requests/rule-input.ts";

/** Rules without a decision: what one would say of a tally, and those that come ready. */
export function ruleRoutes(app: OpenAPIHono): void {
  const body = jsonBody(limits.ruleBytesMax);

  app.openapi({ ...contract.evaluateRuleRoute, middleware: [body] }, async (c) => {
    const asked = c.req.valid("json");
    const work = new Work(limits.ruleRequestWorkMax);
    const [rule, input] = [requireRule(asked, work), inputFrom(asked)];
    const outcome = evaluateWithin(work, () => evaluateOutcome(rule, input, { work }));
    if (!("faults" in outcome)) {
      const forecast = viewForecast(forecastOutcome(rule, input, work));
      const warnings = findRuleWarnings(rule, isWeighted(input)).map((each) =>
        toEvaluatedWarning(each, asked),
      );
      const measure = ruleMeasure(rule);
      return c.json({ ...viewRuleOutcome(outcome), forecast, measure, warnings }, 200);
    }
    const errors = outcome.faults.map((fault) => toRequestFault(fault, asked));
    throw new Problem("rule.figure_missing", { errors });
  });

  app.openapi(contract.listPresetsRoute, async (c) =>
    c.json({ items: presets.map(copyPreset) }, 200),
  );
}

/** @throws {Problem} rule.too_much_work where the rule and its figures take more than is left */
function evaluateWithin<Result>(work: Work, evaluate: () => Result): Result {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof WorkExceededError) throw new Problem("rule.too_much_work");
    throw error;
  }
}

/** Whether figures are given by weight that are not those of heads. */
function isWeighted({ total, regions }: RuleInput): boolean {
  const all = [...regions.values(), ...(total === undefined ? [] : [total])];
  return all
    .flatMap((counts) => Object.values(counts))
    .some(({ ballots, weight }) => BigInt(ballots) !== weight);
}

/** A preset's rule does not stand in the body. */
function toEvaluatedWarning({ pointer, ...rest }: RuleWarning, asked: contract.EvaluationBody) {
  return { pointer: asked.rule === undefined ? "/preset" : `/rule${pointer}`, ...rest };
}

function requireRule(asked: contract.EvaluationBody, work: Work): Rule {
  const document = asked.rule ?? findPreset(asked.preset ?? "")?.rule;
  if (document === undefined) throw new Problem("rule.preset_not_found");
  const { tables, groups } = asked;
  const parsed = parseRule(
    { ...document, ...(tables && { tables }), ...(groups && { groups }) },
    limits,
    work,
  );
  if ("rule" in parsed) return parsed.rule;
  const errors = parsed.faults.map(({ pointer, detail }) => {
    const isOwn = /^\/(tables|groups)(\/|$)/.test(pointer);
    const isReplaced = isOwn && (pointer.startsWith("/tables") ? tables : groups) !== undefined;
    return { pointer: isReplaced ? pointer : `/rule${pointer}`, detail };
  });
  throw new Problem("rule.invalid", { errors });
}

function copyPreset(preset: (typeof presets)[number]) {
  return { ...preset, sources: [...preset.sources], rule: { ...preset.rule } };
}
