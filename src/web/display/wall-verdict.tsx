import { Trans, useLingui } from "@lingui/react/macro";
import type { HeldResults } from "../results/merge-results.ts";
import { verdictText } from "../outcome/verdict-words.ts";
import { useOutcome } from "../outcome/use-outcome.ts";

export type WallVerdictProps = { decisionId: string; results: HeldResults };

/** What the decision's rule says of the counts, in a line. */
export function WallVerdict({ decisionId, results }: WallVerdictProps) {
  const { i18n } = useLingui();
  const outcome = useOutcome(decisionId, results);
  if (outcome === undefined || results.shows !== "counts") return null;
  const said = outcome.final ? outcome.outcome : outcome.if_closed_now;
  return (
    <section className="wall-verdict" aria-labelledby="outcome-title">
      <h2 id="outcome-title">
        {outcome.final ? <Trans>Outcome</Trans> : <Trans>If it closed now</Trans>}
      </h2>
      <p data-verdict={said}>{verdictText(i18n, outcome, said)}</p>
    </section>
  );
}
