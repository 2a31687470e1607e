import type { I18n } from "@lingui/core";
import { plural, t } from "@lingui/core/macro";
import { formatInteger, formatMoment, formatNames } from "../../i18n/format.ts";
import { languageName } from "./language-name.ts";
import type { DraftMember, WholeDraft } from "./draft-body.ts";

/** What a field of a draft is called, in its form and wherever it is told. */
export function memberLabel(i18n: I18n, member: DraftMember): string {
  const labels: Record<DraftMember, string> = {
    title: t(i18n)`Question`,
    description: t(i18n)`What it is about`,
    translations: t(i18n)`In other languages`,
    rehearsal: t(i18n)`What it is for`,
    electorate: t(i18n)`Who may vote`,
    regions: t(i18n)`Regions or chambers`,
    rule: t(i18n)`Rule`,
    opens_at: t(i18n)`Voting begins`,
    closes_at: t(i18n)`Voting ends`,
    ends_early: t(i18n)`Ending early`,
    extension: t(i18n)`Extension after a late quorum`,
    revote_policy: t(i18n)`Changing a vote`,
    visibility: t(i18n)`Results while voting goes on`,
    disclosure: t(i18n)`What is published of each vote`,
    release_min: t(i18n)`Steps in which results are released`,
    small_cells_min: t(i18n)`Smallest group that is shown`,
    electorate_size: t(i18n)`How many may vote`,
    weight_max: t(i18n)`Largest weight of a vote`,
    voter_ids: t(i18n)`Capital letters in voters’ numbers`,
    stations: t(i18n)`Polling stations`,
    login: t(i18n)`Login of voters`,
    retention: t(i18n)`Forgetting voters and votes`,
    expected_watchers: t(i18n)`Expected watchers`,
    shards: t(i18n)`Parts of the record`,
    location_hints: t(i18n)`Where the record is kept`,
    placement: t(i18n)`Regions whose votes are kept elsewhere`,
  };
  return labels[member];
}

type Told<Member extends DraftMember> = { draft: WholeDraft; member: Member; timeZone: string };

/** What a draft says in a field, as a person would say it. */
export function memberWords(i18n: I18n, { draft, member, timeZone }: Told<DraftMember>): string {
  switch (member) {
    case "title":
    case "description":
      return textWords(i18n, draft[member] ?? "");
    case "translations":
      return translationWords(i18n, draft.translations);
    case "rehearsal":
      return choiceWords(i18n, member, draft.rehearsal ? "rehearsal" : "counts");
    case "opens_at":
    case "closes_at":
      return momentWords(i18n, { draft, member, timeZone });
    case "regions":
      return regionWords(i18n, draft.regions);
    case "electorate_size":
      return sizeWords(i18n, draft.electorate_size);
    case "rule":
      return ruleTitle(i18n, draft.rule);
    case "login":
      return draft.login?.issuer ?? t(i18n)`None: every voter has a ballot of their own.`;
    case "location_hints":
      return draft.location_hints.length === 0
        ? t(i18n)`Wherever the first voter is`
        : formatNames(i18n, draft.location_hints);
    case "placement":
      return placementWords(i18n, draft.placement);
    case "extension":
    case "retention":
      return lengthWords(i18n, draft, member);
    case "release_min":
    case "small_cells_min":
    case "weight_max":
    case "expected_watchers":
    case "shards":
      return formatInteger(i18n, draft[member]);
    default:
      return choiceWords(i18n, member, draft[member]);
  }
}

/** What choosing an option of a field means, in a sentence. */
export function optionWords(i18n: I18n, member: ChoiceMember, option: string): OptionWords {
  return optionTable(i18n)[member][option] ?? { label: option, consequence: "" };
}

export type OptionWords = { label: string; consequence: string };

/** Fields that are one of a few words. */
export type ChoiceMember =
  | "rehearsal"
  | "electorate"
  | "ends_early"
  | "revote_policy"
  | "visibility"
  | "disclosure"
  | "voter_ids"
  | "stations";

function choiceWords(i18n: I18n, member: ChoiceMember, option: string): string {
  return optionWords(i18n, member, option).label;
}

function optionTable(i18n: I18n): Record<ChoiceMember, Record<string, OptionWords>> {
  return { ...votingOptions(i18n), ...showingOptions(i18n), ...handlingOptions(i18n) };
}

function votingOptions(i18n: I18n) {
  return {
    rehearsal: {
      counts: {
        label: t(i18n)`A vote that counts`,
        consequence: t(i18n)`Its result stands.`,
      },
      rehearsal: {
        label: t(i18n)`A rehearsal`,
        consequence: t(
          i18n,
        )`To try everything out: its results never count, and every page says so. Whoever runs this site may follow single votes through it, so let nobody vote here in earnest.`,
      },
    },
    electorate: {
      roll: {
        label: t(i18n)`The voters on a list`,
        consequence: t(
          i18n,
        )`You upload the list after this step. Only who is on it can vote, each once, and turnout is known.`,
      },
      open: {
        label: t(i18n)`Whoever you give a ballot to`,
        consequence: t(
          i18n,
        )`There is no list. Whoever holds a valid ballot of yours votes once, and nobody knows who is missing unless you say how many may vote.`,
      },
    },
    revote_policy: {
      final: {
        label: t(i18n)`The first vote stands`,
        consequence: t(i18n)`Nobody can change a vote once it is recorded.`,
      },
      revisable: {
        label: t(i18n)`The last vote counts`,
        consequence: t(
          i18n,
        )`Voters may change or withdraw their vote until the end, so whoever was pressed can vote again in private.`,
      },
    },
    ends_early: {
      never: {
        label: t(i18n)`Not before its time`,
        consequence: t(
          i18n,
        )`Nobody, you included, can close it before the end that you set. You can still cancel it, publicly and without a result.`,
      },
      by_rule: {
        label: t(i18n)`As soon as nothing can change the result`,
        consequence: t(
          i18n,
        )`It closes by itself once no vote to come can change the outcome. Needs a list of voters, votes that stand, and results shown live.`,
      },
      by_organiser: {
        label: t(i18n)`When you close it`,
        consequence: t(
          i18n,
        )`You may close it at any moment, for instance once the chair has called the vote. Everybody sees that it may end so.`,
      },
    },
  };
}

function showingOptions(i18n: I18n) {
  return {
    visibility: {
      live: {
        label: t(i18n)`Everything, live`,
        consequence: t(
          i18n,
        )`Everybody, you included, sees how the votes stand while voting goes on. It may sway who has not voted yet.`,
      },
      turnout: {
        label: t(i18n)`Turnout alone`,
        consequence: t(
          i18n,
        )`Everybody sees how many have voted, and nobody sees how, until it closes.`,
      },
      sealed: {
        label: t(i18n)`Nothing`,
        consequence: t(
          i18n,
        )`Nobody, you included, sees a figure until it closes: not even how many have voted.`,
      },
    },
    disclosure: {
      roll_call: {
        label: t(i18n)`Who voted how, by name`,
        consequence: t(
          i18n,
        )`An open vote: everybody can read each name with its vote, also while voting goes on where results are live. Nothing is secret.`,
      },
      pseudonymous: {
        label: t(i18n)`Each vote, without names`,
        consequence: t(
          i18n,
        )`After the close each vote is published under a code that its voter alone knows again. Voters could show somebody how they voted.`,
      },
      aggregate: {
        label: t(i18n)`Sums alone`,
        consequence: t(
          i18n,
        )`After the close sums are published, and codes by which voters find that their vote is in. No single vote is published.`,
      },
    },
  };
}

function handlingOptions(i18n: I18n) {
  return {
    voter_ids: {
      case_mapped: {
        label: t(i18n)`“Ana-17” and “ana-17” are one voter`,
        consequence: t(i18n)`Right in nearly every case. A list with both is refused.`,
      },
      case_preserved: {
        label: t(i18n)`They are two voters`,
        consequence: t(
          i18n,
        )`Only where your list really tells voters apart by capital letters. Upload the list again after a change of this.`,
      },
    },
    stations: {
      first_wins: {
        label: t(i18n)`Votes of those who have not voted`,
        consequence: t(
          i18n,
        )`Officials at a polling station can record a vote on paper, but never in place of one that is recorded.`,
      },
      overrides: {
        label: t(i18n)`Votes in place of earlier ones too`,
        consequence: t(
          i18n,
        )`A vote at the station replaces the voter’s earlier one, where votes may be changed. Stations are trusted with that.`,
      },
      none: {
        label: t(i18n)`Nothing`,
        consequence: t(
          i18n,
        )`There are no polling stations: everybody votes with a ballot of their own.`,
      },
    },
  };
}

/** Enough of a text to know it again. */
const charactersTold = 160;

function textWords(i18n: I18n, text: string): string {
  if (text === "") return t(i18n)`Nothing`;
  return text.length > charactersTold ? `${text.slice(0, charactersTold)} …` : text;
}

/** Every title with its language; the descriptions where there are any, cut short. */
function translationWords(i18n: I18n, translations: WholeDraft["translations"]): string {
  if (translations === null) return t(i18n)`None`;
  const { original, texts } = translations;
  const written = texts.map(({ language, title, description = "" }) =>
    [
      `${languageName(i18n, language)}: ${title}`,
      ...(description === "" ? [] : [textWords(i18n, description)]),
    ].join(" – "),
  );
  const first = t(i18n)`Written in ${languageName(i18n, original)}`;
  return [first, ...written].join(" · ");
}

function momentWords(
  i18n: I18n,
  { draft, member, timeZone }: Told<"opens_at" | "closes_at">,
): string {
  const at = draft[member];
  if (at !== null) return formatMoment(i18n, at, timeZone);
  return member === "opens_at"
    ? t(i18n)`When you open it`
    : t(i18n)`When you close it: no end is set`;
}

/** Regions that are told by name; of more, how many there are. */
const regionsTold = 8;

function regionWords(i18n: I18n, regions: WholeDraft["regions"]): string {
  if (regions.length === 0) return t(i18n)`None: all votes are counted together`;
  const names = regions.map(({ code, name }) => name ?? code);
  if (names.length <= regionsTold) return formatNames(i18n, names);
  const count = formatInteger(i18n, names.length);
  return t(i18n)`${count} regions, from ${names[0] ?? ""} to ${names.at(-1) ?? ""}`;
}

function placementWords(i18n: I18n, placement: WholeDraft["placement"]): string {
  if (placement.length === 0) return t(i18n)`None: all votes are kept together`;
  return placement.map(({ regions }) => formatNames(i18n, regions)).join(" · ");
}

function sizeWords(i18n: I18n, size: WholeDraft["electorate_size"]): string {
  if (size === null) return t(i18n)`Not stated`;
  const voters = formatInteger(i18n, size.voters);
  return t(i18n)`${plural(size.voters, { one: `${voters} voter`, other: `${voters} voters` })}`;
}

function ruleTitle(i18n: I18n, rule: WholeDraft["rule"]): string {
  const { title } = rule;
  return typeof title === "string" && title !== "" ? title : t(i18n)`A rule without a title`;
}

function lengthWords(
  i18n: I18n,
  { extension, retention }: WholeDraft,
  member: "extension" | "retention",
): string {
  if (member === "extension") {
    if (extension === null) return t(i18n)`Never`;
    return t(
      i18n,
    )`${plural(extension.minutes, { one: "# minute, once", other: "# minutes, once" })}`;
  }
  if (retention === null) return t(i18n)`Never: all is kept`;
  const { days } = retention;
  return t(
    i18n,
  )`${plural(days, { one: "# day after it is certified", other: "# days after it is certified" })}`;
}
