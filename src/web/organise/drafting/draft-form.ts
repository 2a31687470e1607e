import type { ApiDecision } from "../../contract.ts";
import type { BuiltRule } from "./built-rule.ts";
import type { WhichOfTwo } from "./wall-time.ts";

/** A moment as it is filled in, in the form's zone: "2027-05-01T18:00", or "" where none is. */
export type MomentForm = { local: string; which: WhichOfTwo | null };

/** A rule as it is filled in; `document` is JSON that says more than the builder can. */
export type RuleForm = { kind: "built"; rule: BuiltRule } | { kind: "document"; text: string };

export type SizeForm = { voters: string; weight: string };

/**
 * A draft as it is filled in: what is typed stays as it is typed, figures too. `draftBodyOf` reads
 * it.
 */
export type DraftForm = {
  form: "draft/1";
  title: string;
  description: string;
  /** The tag of their language; "" where that is not said, and no other is. */
  language: string;
  translations: { language: string; title: string; description: string }[];
  rehearsal: boolean;
  electorate: ApiDecision["electorate"];
  voterIds: ApiDecision["voter_ids"];
  /** How many may vote in an open electorate, where that is stated. */
  size: (SizeForm & { regions: (SizeForm & { region: string })[] }) | null;
  regions: { code: string; name: string }[];
  rule: RuleForm;
  revotePolicy: ApiDecision["revote_policy"];
  timeZone: string;
  /** Null opens it when an organiser says so. */
  opens: MomentForm | null;
  /** Null where the organiser alone ends it. */
  closes: MomentForm | null;
  endsEarly: ApiDecision["ends_early"];
  extensionMinutes: string | null;
  visibility: ApiDecision["visibility"];
  disclosure: ApiDecision["disclosure"];
  releaseMin: string;
  smallCellsMin: string;
  weightMax: string;
  stations: ApiDecision["stations"];
  login: { issuer: string; voterClaim: string; regionClaim: string } | null;
  retentionDays: string | null;
  expectedWatchers: string;
  shards: string;
  locationHints: ApiDecision["location_hints"];
  /** Regions whose votes are kept elsewhere; looked at where there is a roll. */
  placement: GroupForm[];
};

/** Some regions, by their codes, and where their votes are kept; "" leaves that open. */
export type GroupForm = {
  regions: string[];
  place: ApiDecision["location_hints"][number] | "";
  shards: string;
};
