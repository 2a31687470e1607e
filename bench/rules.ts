import { formatRatio } from "../src/rules/ratio.ts";
import { evaluateOutcome } from "../src/rules/outcome.ts";
import { parseRule } from "../src/rules/parse-rule.ts";
import { presets } from "../src/rules/presets/presets.ts";
import { forecastOutcome } from "../src/rules/forecast/forecast.ts";
import { limits } from "../src/shared/limits.ts";
import { microsecondsEach } from "./votes/microseconds-each.ts";
import { presetInput } from "./rules/preset-input.ts";
import { measureWorst } from "./rules/measure-worst.ts";
import { exitStatus, runMain } from "../src/cli/command-line/usage-error.ts";

/** Of the Union's 27 states, each with its sentence. */
const goalMicroseconds = 500;

/**
 * `npm run bench:rules`: microseconds to evaluate each preset on a vote of all its regions, and to
 * forecast it; then what the worst rules take of a request and of a look at a decision's outcome.
 */
await runMain(async () => {
  const slow = measurePresets();
  for (const name of slow) console.log(`SLOW ${name}: over ${goalMicroseconds} µs`);
  const missed = measureWorst((line) => console.log(line));
  return slow.length + missed === 0 ? exitStatus.ok : exitStatus.differences;
});

function measurePresets(): string[] {
  console.log("preset                          regions  evaluate µs   forecast µs  outcome");
  return presets.flatMap(({ name, rule: document }) => {
    const parsed = parseRule(document, limits);
    if ("faults" in parsed) throw new Error(`${name}: ${JSON.stringify(parsed.faults)}`);
    const input = presetInput(document);
    const outcome = evaluateOutcome(parsed.rule, input);
    if ("faults" in outcome) throw new Error(`${name}: ${JSON.stringify(outcome.faults)}`);
    const evaluated = microsecondsEach(() => evaluateOutcome(parsed.rule, input));
    const forecast = microsecondsEach(() => forecastOutcome(parsed.rule, input));
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
    return evaluated > goalMicroseconds ? [name] : [];
  });
}
