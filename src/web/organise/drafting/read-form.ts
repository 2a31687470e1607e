import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import { readFigure } from "../form/read-figure.ts";
import { ruleDocument } from "./built-rule.ts";
import { isSame } from "./read-built-rule.ts";
import type { DraftBody, DraftMember, WholeDraft } from "./draft-body.ts";
import { draftMembers } from "./draft-body.ts";
import type { DraftForm, MomentForm, RuleForm, SizeForm } from "./draft-form.ts";
import { momentOf, readWallTime } from "./wall-time.ts";

/** What is wrong in a form, by JSON pointer (RFC 6901) into the draft, as the API tells it too. */
export type FormFault = { pointer: string; detail: string };

export type ReadForm = { body: WholeDraft } | { faults: FormFault[] };

/**
 * A form as the draft that the API takes. Refused is what has no such form: no figure, no moment,
 * no JSON. What a draft may say is the API's to judge.
 */
export function readForm(i18n: I18n, form: DraftForm): ReadForm {
  const { body, faults } = readLoosely(i18n, form);
  return faults.length > 0 ? { faults } : { body };
}

/** The same with what could be read of it, for warnings while it is filled in. */
export function readLoosely(
  i18n: I18n,
  form: DraftForm,
): { body: WholeDraft; faults: FormFault[] } {
  const reading = new FormReading(i18n);
  const rule = reading.rule(form.rule);
  const body = {
    title: reading.required("/title", form.title),
    description: form.description,
    translations: reading.translations(form),
    rehearsal: form.rehearsal,
    electorate: form.electorate,
    regions: form.regions
      .filter(({ code, name }) => code.trim() !== "" || name.trim() !== "")
      .map(({ code, name }) => ({ code: code.trim(), name: name.trim() || code.trim() })),
    rule,
    opens_at: reading.moment("/opens_at", form.opens, form.timeZone),
    closes_at: reading.moment("/closes_at", form.closes, form.timeZone),
    ends_early: form.endsEarly,
    extension: reading.counted("/extension/minutes", form.extensionMinutes, (minutes) => ({
      minutes,
    })),
    revote_policy: form.revotePolicy,
    visibility: form.visibility,
    disclosure: form.disclosure,
    release_min: reading.figure("/release_min", form.releaseMin),
    small_cells_min: reading.figure("/small_cells_min", form.smallCellsMin),
    electorate_size: reading.size(form),
    weight_max: reading.figure("/weight_max", form.weightMax),
    voter_ids: form.voterIds,
    stations: form.stations,
    login: reading.login(form.login),
    retention: reading.counted("/retention/days", form.retentionDays, (days) => ({ days })),
    expected_watchers: reading.figure("/expected_watchers", form.expectedWatchers),
    shards: reading.figure("/shards", form.shards),
    location_hints: form.locationHints,
    placement: reading.placement(form),
  } satisfies WholeDraft;
  return { body, faults: reading.faults };
}

/** The document of a rule that is filled in; null where its JSON is none. */
export function ruleOfForm(form: RuleForm): Record<string, unknown> | null {
  if (form.kind === "built") return ruleDocument(form.rule);
  try {
    const value: unknown = JSON.parse(form.text);
    const isDocument = typeof value === "object" && value !== null && !Array.isArray(value);
    // JSON's objects have names of texts alone.
    return isDocument ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** The members in which two drafts differ. */
export function changedMembers(one: WholeDraft, other: WholeDraft): DraftMember[] {
  return draftMembers.filter((member) => !isSame(one[member], other[member]));
}

/** A change of a draft: what `wanted` says otherwise than `base`. */
export function changesOf(base: WholeDraft, wanted: WholeDraft): Partial<DraftBody> {
  const changed = changedMembers(base, wanted);
  // The same members with the same values.
  return Object.fromEntries(
    changed.map((member) => [member, wanted[member]]),
  ) as Partial<DraftBody>;
}

/** Reads parts of a form, and notes what is wrong. */
class FormReading {
  readonly faults: FormFault[] = [];
  readonly #i18n: I18n;

  constructor(i18n: I18n) {
    this.#i18n = i18n;
  }

  required(pointer: string, text: string): string {
    if (text.trim() === "")
      this.#note(pointer, t(this.#i18n)`Write it: voters read it first, and it can’t be left out.`);
    return text.trim();
  }

  translations({ language, translations }: DraftForm): WholeDraft["translations"] {
    if (language === "" && translations.length === 0) return null;
    return {
      original: this.#language("/translations/original", language),
      texts: translations.map((each, index) => ({
        language: this.#language(`/translations/texts/${index}/language`, each.language),
        title: this.required(`/translations/texts/${index}/title`, each.title),
        description: each.description,
      })),
    };
  }

  figure(pointer: string, text: string): number {
    const figure = readFigure(text);
    if (figure !== null) return figure;
    this.#note(pointer, t(this.#i18n)`Write a whole number in digits.`);
    return 0;
  }

  counted<Value>(pointer: string, text: string | null, make: (figure: number) => Value) {
    return text === null ? null : make(this.figure(pointer, text));
  }

  moment(pointer: string, moment: MomentForm | null, timeZone: string): string | null {
    if (moment === null) return null;
    const wall = readWallTime(moment.local, timeZone);
    const at = momentOf(wall, moment.which);
    if (at !== null) return at;
    if (wall === null) this.#note(pointer, t(this.#i18n)`Choose a day and a time.`);
    else if (wall.kind === "twice")
      this.#note(
        pointer,
        t(this.#i18n)`This time comes twice on that day, since clocks are put back: say which.`,
      );
    else
      this.#note(
        pointer,
        t(
          this.#i18n,
        )`This time does not come on that day, since clocks are put forward: choose another.`,
      );
    return null;
  }

  rule(form: RuleForm): Record<string, unknown> {
    const document = ruleOfForm(form);
    if (document === null) this.#note("/rule", t(this.#i18n)`This is no JSON object.`);
    return document ?? {};
  }

  size({ electorate, size }: DraftForm): WholeDraft["electorate_size"] {
    if (electorate !== "open" || size === null) return null;
    const regions = size.regions
      .filter(({ voters, weight }) => voters.trim() !== "" || weight.trim() !== "")
      .map((one, index) => ({
        region: one.region,
        ...this.#sized(`/electorate_size/regions/${index}`, one),
      }));
    return { ...this.#sized("/electorate_size", size), regions };
  }

  login(login: DraftForm["login"]): WholeDraft["login"] {
    if (login === null) return null;
    const issuer = login.issuer.trim();
    if (issuer === "") this.#note("/login/issuer", t(this.#i18n)`Write the issuer’s address.`);
    return {
      issuer,
      voter_claim: login.voterClaim.trim() || "sub",
      region_claim: login.regionClaim.trim() || null,
    };
  }

  /** Without a roll nobody knows whose region is which. */
  placement({ electorate, placement }: DraftForm): WholeDraft["placement"] {
    if (electorate === "open") return [];
    return placement.map(({ regions, place, shards }, index) => ({
      regions,
      location_hint: place === "" ? null : place,
      shards: this.figure(`/placement/${index}/shards`, shards),
    }));
  }

  /** A tag as the API keeps it, so that two drafts that say the same are the same. */
  #language(pointer: string, tag: string): string {
    try {
      return new Intl.Locale(tag.trim()).baseName;
    } catch {
      this.#note(pointer, t(this.#i18n)`Choose a language.`);
      return tag;
    }
  }

  /** Every voter weighs one where no weight is written. */
  #sized(pointer: string, { voters, weight }: SizeForm) {
    const counted = this.figure(`${pointer}/voters`, voters);
    const digits = weight.replaceAll(/\s/g, "");
    return { voters: counted, weight: digits === "" ? String(counted) : digits };
  }

  #note(pointer: string, detail: string): void {
    this.faults.push({ pointer, detail });
  }
}
