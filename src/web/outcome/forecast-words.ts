import type { I18n } from "@lingui/core";
import { plural, t } from "@lingui/core/macro";
import type { ApiOutcome, ApiRegion, Least } from "../contract.ts";
import { formatInteger, formatNames, pluralOf } from "../i18n/format.ts";
import { countsByRegion } from "./counts-by-region.ts";

type OutcomeForecast = NonNullable<ApiOutcome["forecast"]>;

/** The regions that may be named; none where it does not matter which. */
type NamedRegions = readonly ApiRegion[];

/** Regions that are named one by one; more are counted. */
const regionsNamed = 4;

/**
 * What is still needed while a decision is open, or how near it was once it is closed, a sentence
 * each. None where nothing is known.
 */
export function forecastWords(
  i18n: I18n,
  { final, forecast, rule }: Pick<ApiOutcome, "final" | "forecast" | "rule">,
  regions: NamedRegions,
): string[] {
  if (forecast === null) return [];
  // Where the rule counts the whole alone, one region serves as well as another, and the one that
  // the search took means nothing.
  const named = countsByRegion(rule) ? regions : [];
  if (final) {
    return [...switchWords(i18n, forecast, named), ...abstentionWords(i18n, forecast, final)];
  }
  const needed = neededWords(i18n, forecast, named);
  return forecast.certainty === "open"
    ? [...needed, ...abstentionWords(i18n, forecast, final)]
    : needed;
}

function neededWords(i18n: I18n, forecast: OutcomeForecast, named: NamedRegions): string[] {
  if (forecast.certainty === "carried") {
    return [t(i18n)`No vote still to come can change it: it is carried.`];
  }
  if (forecast.certainty === "lost") {
    return [t(i18n)`No vote still to come can carry it any more.`];
  }
  const further = forecast.further_yes;
  if (further?.result === "met") return [t(i18n)`As it stands it would be carried.`];
  if (further?.result === "impossible") {
    return [t(i18n)`The yes votes that are left are too few to carry it.`];
  }
  if (further?.reason === "too_much_work") {
    return [t(i18n)`How many votes it still needs takes too long to work out.`];
  }
  if (further?.result !== "found") return [];
  const { count, votes } = leastVotes(i18n, further);
  const sentence =
    forecast.counted_by === "weight"
      ? t(i18n)`Yes of weight ${votes} more would carry it, if nobody else voted.`
      : t(
          i18n,
        )`${plural(count, { one: "One more yes would carry it, if nobody else voted.", other: `${votes} more yes votes would carry it, if nobody else voted.` })}`;
  return [sentence, ...detailWords(i18n, further, named)];
}

function abstentionWords(i18n: I18n, forecast: OutcomeForecast, isFinal: boolean): string[] {
  const least = forecast.abstain_to_yes;
  if (least?.result !== "found") return [];
  const sentence =
    forecast.counted_by === "weight"
      ? abstainedWeightWords(i18n, least, isFinal)
      : abstainedVotesWords(i18n, least, isFinal);
  return [sentence, ...detailWords(i18n, least, [])];
}

function abstainedWeightWords(i18n: I18n, least: Least, isFinal: boolean): string {
  const { votes } = leastVotes(i18n, least);
  return isFinal
    ? t(i18n)`Abstentions of weight ${votes} changed to yes would have carried it.`
    : t(i18n)`Abstentions of weight ${votes} changed to yes would carry it.`;
}

function abstainedVotesWords(i18n: I18n, least: Least, isFinal: boolean): string {
  const { count, votes } = leastVotes(i18n, least);
  return isFinal
    ? t(
        i18n,
      )`${plural(count, { one: "One abstention changed to yes would have carried it.", other: `${votes} abstentions changed to yes would have carried it.` })}`
    : t(
        i18n,
      )`${plural(count, { one: "One abstention changed to yes would carry it.", other: `${votes} abstentions changed to yes would carry it.` })}`;
}

function switchWords(
  i18n: I18n,
  { counted_by: countedBy, no_to_yes: toYes, yes_to_no: toNo }: OutcomeForecast,
  named: NamedRegions,
): string[] {
  if (toYes?.result === "found") {
    const { count, votes } = leastVotes(i18n, toYes);
    const sentence =
      countedBy === "weight"
        ? t(i18n)`Weight ${votes} from no to yes would have carried it.`
        : t(
            i18n,
          )`${plural(count, { one: "One vote from no to yes would have carried it.", other: `${votes} votes from no to yes would have carried it.` })}`;
    return [sentence, ...detailWords(i18n, toYes, named)];
  }
  if (toNo?.result !== "found") return [];
  const { count, votes } = leastVotes(i18n, toNo);
  const sentence =
    countedBy === "weight"
      ? t(i18n)`Weight ${votes} from yes to no would have stopped it.`
      : t(
          i18n,
        )`${plural(count, { one: "One vote from yes to no would have stopped it.", other: `${votes} votes from yes to no would have stopped it.` })}`;
  return [sentence, ...detailWords(i18n, toNo, named)];
}

/** A number of votes: for the choice of the word, and in digits. */
function leastVotes(i18n: I18n, { votes }: Least): { count: number; votes: string } {
  return { count: pluralOf(votes ?? 0), votes: formatInteger(i18n, BigInt(votes ?? 0)) };
}

/** Where these votes are, and that fewer may do where the search could not tell. */
function detailWords(i18n: I18n, { exact, regions }: Least, named: NamedRegions): string[] {
  const names = new Map(named.map(({ code, name }) => [code, name]));
  const told = regions.flatMap(({ region, votes }) => {
    const name = names.get(region);
    return name === undefined ? [] : [{ name, votes }];
  });
  const where = told.length === 0 ? [] : [regionWords(i18n, told)];
  return exact ? where : [...where, t(i18n)`Fewer may be enough.`];
}

function regionWords(i18n: I18n, told: readonly { name: string; votes: string }[]): string {
  if (told.length > regionsNamed) {
    return t(
      i18n,
    )`${plural(told.length, { one: "They are in # region.", other: "They are in # regions." })}`;
  }
  const list = formatNames(
    i18n,
    told.map(({ name, votes }) => {
      const count = formatInteger(i18n, BigInt(votes));
      return t(i18n)`${count} in ${name}`;
    }),
  );
  return t(i18n)`By region: ${list}.`;
}
