import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import type { ApiRegion } from "../contract.ts";
import { formatInteger, formatShare } from "../i18n/format.ts";
import { choiceWord } from "../results/choice-words.ts";
import type { CountMeasure } from "../results/measure.ts";
import type { HeldResults } from "../results/merge-results.ts";
import { countsOf, shownChoices } from "../results/tally-bars.ts";
import { countedWords } from "../results/turnout-words.ts";
import { classOfCounts, classOfTurnout, type MapClass } from "./map-class.ts";

/** What a map says of one region. */
export interface MapRegion {
  code: string;
  name: string;
  mapClass: MapClass;
  /** Its figures in words, without its name. */
  words: string;
}

/** What a map says of each region of a decision, by code. */
export function mapRegions(
  i18n: I18n,
  { regions, results, measure }: MapSubject,
): ReadonlyMap<string, MapRegion> {
  const described = describeShown(i18n, results, measure);
  return new Map(
    regions.map(({ code, name }) => {
      const shown = described.get(code) ?? {
        mapClass: "hidden",
        words: results.final
          ? t(i18n)`Too few votes to be shown by themselves`
          : t(i18n)`No figures shown yet`,
      };
      return [code, { code, name: name || code, ...shown }];
    }),
  );
}

/** What a map is drawn of. */
export interface MapSubject {
  regions: readonly ApiRegion[];
  results: HeldResults;
  measure: CountMeasure;
}

type Described = Pick<MapRegion, "mapClass" | "words">;

function describeShown(
  i18n: I18n,
  results: HeldResults,
  measure: CountMeasure,
): Map<string, Described> {
  if (results.shows === "nothing") return new Map();
  if (results.shows === "turnout") {
    return new Map(
      results.regions.map(({ region, turnout, electorate }) => {
        const eligible = electorate?.voters ?? null;
        const mapClass = classOfTurnout(turnout.voters, eligible);
        const voted = formatInteger(i18n, turnout.voters);
        const words =
          eligible === null
            ? t(i18n)`Have voted: ${voted}`
            : t(
                i18n,
              )`Have voted: ${voted} of ${formatInteger(i18n, eligible)} (${formatShare(i18n, BigInt(turnout.voters), BigInt(eligible))})`;
        return [region, { mapClass, words }];
      }),
    );
  }
  return new Map(
    results.regions.map((tally) => {
      const counts = countsOf(tally, measure);
      const [yes, no, abstain] = shownChoices.map((choice) => {
        const word = choiceWord(i18n, choice);
        return t(i18n)`${word} ${formatInteger(i18n, counts[choice])}`;
      });
      const all = countedWords(i18n, counts.all, { tally, measure });
      const words = t(i18n)`${yes}, ${no}, ${abstain}; in all ${all}`;
      return [tally.region, { mapClass: classOfCounts(counts), words }];
    }),
  );
}

/** What a class means, as its legend has it. */
export function mapClassWords(i18n: I18n, mapClass: MapClass, isFinal: boolean): string {
  switch (mapClass) {
    case "yes-most":
      return t(i18n)`Yes, two thirds or more`;
    case "yes":
      return t(i18n)`More yes than no`;
    case "even":
      return t(i18n)`As many yes as no`;
    case "no":
      return t(i18n)`More no than yes`;
    case "no-most":
      return t(i18n)`No, two thirds or more`;
    case "turnout-4":
      return t(i18n)`Three quarters or more have voted`;
    case "turnout-3":
      return t(i18n)`Half or more have voted`;
    case "turnout-2":
      return t(i18n)`A quarter or more have voted`;
    case "turnout-1":
      return t(i18n)`Fewer than a quarter have voted`;
    case "none":
      return t(i18n)`Neither yes nor no`;
    case "hidden":
      return isFinal ? t(i18n)`Too few votes to be shown` : t(i18n)`Nothing shown yet`;
    default:
      return t(i18n)`No region of this decision`;
  }
}
