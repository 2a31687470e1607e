import type { ApiDecision } from "../../contract.ts";
import { draftOf } from "./draft-body.ts";
import type { DraftForm, MomentForm, RuleForm, SizeForm } from "./draft-form.ts";
import { readBuiltRule } from "./read-built-rule.ts";
import { findTemplate, type Template } from "./templates.ts";
import { wallTimeAt, whichOfTwo } from "./wall-time.ts";

/** What a new draft begins with: a vote of a list of voters, by name, under a simple majority. */
export function emptyForm(timeZone: string): DraftForm {
  const empty: DraftForm = {
    form: "draft/1",
    title: "",
    description: "",
    language: "",
    translations: [],
    rehearsal: false,
    electorate: "roll",
    voterIds: "case_mapped",
    size: null,
    regions: [],
    rule: { kind: "document", text: "{}" },
    revotePolicy: "final",
    timeZone,
    opens: null,
    closes: { local: "", which: null },
    endsEarly: "never",
    extensionMinutes: null,
    visibility: "live",
    disclosure: "pseudonymous",
    releaseMin: "10",
    smallCellsMin: "0",
    weightMax: "1",
    stations: "first_wins",
    login: null,
    retentionDays: null,
    expectedWatchers: "0",
    shards: "1",
    locationHints: [],
    placement: [],
  };
  return applyTemplate(empty, findTemplate("majority_with_quorum"), (key) => key);
}

/** The form with what a template says; what it does not say of stays. */
export function applyTemplate(
  form: DraftForm,
  template: Template,
  regionName: (key: string) => string,
): DraftForm {
  const { regions, settings = {} } = template;
  const named = regions?.map(({ code, name }) => ({ code, name: regionName(name) }));
  return { ...form, ...settings, rule: template.rule, ...(named && { regions: named }) };
}

/** A decision as a form: its moments are shown in `timeZone`. */
export function formOf(decision: ApiDecision, timeZone: string): DraftForm {
  const draft = draftOf(decision);
  const { electorate_size: size, login, extension, retention } = decision;
  return {
    form: "draft/1",
    title: decision.title,
    description: decision.description,
    language: decision.translations?.original ?? "",
    translations: [...(decision.translations?.texts ?? [])],
    rehearsal: decision.rehearsal,
    electorate: decision.electorate,
    voterIds: decision.voter_ids,
    size:
      size === null
        ? null
        : {
            ...sizeForm(size),
            regions: size.regions.map((one) => ({ region: one.region, ...sizeForm(one) })),
          },
    regions: decision.regions.map(({ code, name }) => ({ code, name: name === code ? "" : name })),
    rule: ruleFormOf(draft.rule),
    revotePolicy: decision.revote_policy,
    timeZone,
    opens: momentForm(decision.opens_at, timeZone),
    closes: momentForm(decision.closes_at, timeZone),
    endsEarly: decision.ends_early,
    extensionMinutes: extension === null ? null : String(extension.minutes),
    visibility: decision.visibility,
    disclosure: decision.disclosure,
    releaseMin: String(decision.release_min),
    smallCellsMin: String(decision.small_cells_min),
    weightMax: String(decision.weight_max),
    stations: decision.stations,
    login:
      login === null
        ? null
        : {
            issuer: login.issuer,
            voterClaim: login.voter_claim,
            regionClaim: login.region_claim ?? "",
          },
    retentionDays: retention === null ? null : String(retention.days),
    expectedWatchers: String(decision.expected_watchers),
    shards: String(decision.shards),
    locationHints: [...decision.location_hints],
    placement: decision.placement.map(({ regions, location_hint, shards }) => ({
      regions: [...regions],
      place: location_hint ?? "",
      shards: String(shards),
    })),
  };
}

/** Another draft of the same terms: moments that have passed at `now` (ms) are left out. */
export function copyOf(decision: ApiDecision, timeZone: string, now: number): DraftForm {
  const form = formOf(decision, timeZone);
  const isToCome = (at: string | null) => at !== null && Date.parse(at) > now;
  return {
    ...form,
    opens: isToCome(decision.opens_at) ? form.opens : null,
    closes:
      form.closes && (isToCome(decision.closes_at) ? form.closes : { local: "", which: null }),
  };
}

/** A rule's document in the builder where that can show all of it, else as JSON. */
export function ruleFormOf(document: unknown): RuleForm {
  const built = readBuiltRule(document);
  return built === null
    ? { kind: "document", text: JSON.stringify(document, null, 2) }
    : { kind: "built", rule: built };
}

function momentForm(at: string | null, timeZone: string): MomentForm | null {
  if (at === null) return null;
  return { local: wallTimeAt(at, timeZone), which: whichOfTwo(at, timeZone) };
}

/** A weight that every voter's being one comes to is not stated. */
function sizeForm({ voters, weight }: { voters: number; weight: string }): SizeForm {
  return { voters: String(voters), weight: weight === String(voters) ? "" : weight };
}
