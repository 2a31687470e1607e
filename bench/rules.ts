import { formatRatio } from "../src/rules/ratio.ts";
import { evaluateOutcome } from "../src/rules/outcome.ts";
import { parseRule } from "../src/rules/parse-rule.ts";
import { presets } from "../src/rules/presets/presets.ts";
import { forecastOutcome } from "../src/rules/forecast/forecast.ts";
import { limits } from "../src/shared/limits.ts";
import { microsecondsEach } from "./votes/microseconds-each.ts";
import { presetInput } from "./rules/preset-input.ts";
import { exitStatus, runMain } from "../src/cli/command-line/usage-error.ts";

const goalMicroseconds = 50;

/**
 * `npm run bench:rules`: microseconds to evaluate each preset on a vote of all its regions, and to
 * forecast it.
 */
await runMain(async () => {
  console.log("preset                          regions  evaluate µs   forecast µs  outcome");
  const slow: string[] = [];
  for (const { name, rule: document } of presets) {
    const parsed = parseRule(document, limits);
    if ("faults" in parsed) throw new Error(`${name}: ${JSON.stringify(parsed.faults)}`);
    const input = presetInput(document);
    const outcome = evaluateOutcome(parsed.rule, input);
    if ("faults" in outcome) throw new Error(`${name}: ${JSON.stringify(outcome.faults)}`);
    const evaluated = microsecondsEach(() => evaluateOutcome(parsed.rule, input));
    const forecast = microsecondsEach(() => forecastOutcome(parsed.rule, input));
    if (evaluated > goalMicroseconds) slow.push(name);
    const actual = outcome.requirements.map(({ figures }) =>
      figures === null ? "–" : formatRatio(figures.actual),
    );
    const cells = [
      name.padEnd(31),
      String(input.regions.size).padStart(7),
      evaluated.toFixed(1).padStart(12),
      forecast.toFixed(1).padStart(13),
      ` ${outcome.ifClosedNow} (${actual.join(", ")})`,
    ];
    console.log(cells.join(" "));
  }
  for (const name of slow) console.log(`SLOW ${name}: over ${goalMicroseconds} µs`);
  return slow.length === 0 ? exitStatus.ok : exitStatus.differences;
});
