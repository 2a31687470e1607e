import type { I18n } from "@lingui/core";
import { plural, t } from "@lingui/core/macro";
import type { ApiTally, Counts, Turnout } from "../contract.ts";
import { formatInteger } from "../i18n/format.ts";
import { choiceWord } from "./choice-words.ts";
import type { CountMeasure } from "./measure.ts";
import { releaseWords } from "./release-words.ts";
import { countsOf, shownChoices } from "./tally-bars.ts";
import { turnoutWords } from "./turnout-words.ts";

export type BoardResult = Turnout &
  Pick<Counts, "release_min"> & { total: ApiTally; final: boolean };

/** What is below the figures: how many there are, which is what each percentage is a share of. */
export function sumWords(i18n: I18n, result: BoardResult, measure: CountMeasure): string {
  const { total } = result;
  const lag = releaseWords(i18n, result, total.ballots);
  if (total.ballots === 0)
    return (
      lag ??
      (result.final ? t(i18n)`No ballot was counted` : t(i18n)`No ballot has been counted yet`)
    );
  const sum = baseWords(i18n, total, measure);
  return lag === null ? sum : t(i18n)`${sum}. ${lag}`;
}

/** What 100 % is. */
function baseWords(i18n: I18n, { ballots, weight }: ApiTally, measure: CountMeasure): string {
  if (measure === "ballots")
    return t(i18n)`${plural(ballots, { one: "# counted ballot", other: "# counted ballots" })}`;
  const all = formatInteger(i18n, BigInt(weight));
  return t(
    i18n,
  )`Total weight ${all} from ${plural(ballots, { one: "# counted ballot", other: "# counted ballots" })}`;
}

/** What a screen reader says of a result. */
export function spokenResult(i18n: I18n, result: BoardResult, measure: CountMeasure): string {
  const counts = countsOf(result.total, measure);
  const [yes, no, abstain] = shownChoices.map((choice) => {
    const word = choiceWord(i18n, choice);
    return t(i18n)`${word} ${formatInteger(i18n, counts[choice])}`;
  });
  const sum = sumWords(i18n, result, measure);
  const turnout = turnoutWords(i18n, result, measure);
  const spoken = t(i18n)`${yes}, ${no}, ${abstain}. ${sum}.`;
  const whole = turnout === null ? spoken : t(i18n)`${spoken} ${turnout}.`;
  return result.final ? t(i18n)`Final result. ${whole}` : whole;
}
