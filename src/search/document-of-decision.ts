import type { Tally } from "../ballot/tally.ts";
import type { Decision } from "../decision/decision.ts";
import { isSettled } from "../decision/lifecycle.ts";
import { isPublished } from "../decision/readers.ts";
import { noteRule } from "../decision/rule-notes.ts";
import type { FinalVerdict } from "../results/listed-result.ts";
import type { DecisionDocument, DocumentText } from "./decision-document.ts";

/** What a room knows of its decision beside it. */
interface KnownOfDecision {
  revision: number;
  /** What its rule says of the votes; null until it is closed. */
  verdict: FinalVerdict | null;
  /** Of its shards' seals. */
  tallies: readonly Tally[];
}

/**
 * The version of a decision's document: its revision, doubled, and one more once what its rule says
 * is known, which is kept before the revision that closes it.
 */
export function documentVersion({
  revision,
  verdict,
}: Pick<KnownOfDecision, "revision" | "verdict">): number {
  return revision * 2 + (verdict === null ? 0 : 1);
}

/** A decision as it is found; null where it was never opened, and so is not everybody's to read. */
export function documentOf(decision: Decision, known: KnownOfDecision): DecisionDocument | null {
  const { draft, manifest, status } = decision;
  if (!isPublished(decision) || manifest === null) return null;
  return {
    id: draft.id,
    version: documentVersion(known),
    texts: textsOf(decision),
    status,
    outcome: isCounted(decision) ? known.verdict : null,
    owner: decision.owner,
    regions: [...new Set(draft.regions.map(({ code }) => code))],
    rule: noteRule(decision).measure.by,
    opensAt: manifest.opensAt,
    closesAt: decision.extendedTo ?? draft.closesAt,
    closedAt: draft.rehearsal ? null : decision.closedAt,
    ...turnoutOf(decision, known.tallies),
  };
}

/** Whether its results are in statistics and filters: those of a rehearsal never are. */
function isCounted({ draft, status }: Decision): boolean {
  return isSettled(status) && !draft.rehearsal;
}

function textsOf({ draft }: Decision): readonly [DocumentText, ...DocumentText[]] {
  const { title, description, translations } = draft;
  const language = translations?.original ?? null;
  return [{ language, title, description }, ...(translations?.texts ?? [])];
}

/** The whole is shown of every result that is final; who could have voted where a roll says it. */
function turnoutOf(decision: Decision, tallies: readonly Tally[]) {
  const roll = decision.manifest?.roll ?? null;
  if (roll === null || !isCounted(decision)) return { electorate: null, voted: null };
  let voted = 0;
  for (const tally of tallies)
    for (const { yes, no, abstain } of tally.values())
      voted += yes.ballots + no.ballots + abstain.ballots;
  return { electorate: roll.voters, voted };
}
