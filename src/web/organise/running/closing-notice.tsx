import { Trans, useLingui } from "@lingui/react/macro";
import type { ApiDecision } from "../../contract.ts";
import { formatRemaining } from "../../i18n/format.ts";
import { useNow } from "../../results/use-now.ts";
import { Moment } from "../../ui/moment.tsx";
import { closePhase } from "./close-phase.ts";
import { useOnceTrue } from "./use-once-true.ts";

/**
 * That voting closes soon, or has closed since this page shows it, beside whatever form is open:
 * said before, and at the moment.
 */
export function ClosingNotice({ decision }: { decision: ApiDecision }) {
  const { i18n } = useLingui();
  const now = useNow();
  const { status, closes_at: closesAt, extension } = decision;
  const wasVoting = useOnceTrue(status === "open" || status === "scheduled");
  const phase = now === null ? "far" : closePhase(decision, now);
  if (!wasVoting || now === null || closesAt === null || phase === "far") return null;
  if (phase === "passed") {
    return (
      <div className="notice closing-notice" role="alert">
        <p className="notice-title">
          <Trans>Voting has closed</Trans>
        </p>
        <p>
          {extension !== null && !extension.extended && decision.status === "open" ? (
            <Trans>
              Whether it is extended is being decided. What you send now may be refused.
            </Trans>
          ) : (
            <Trans>
              What was sent before is done. What you have not sent is refused now, and stays on this
              page.
            </Trans>
          )}
        </p>
      </div>
    );
  }
  const remaining = formatRemaining(i18n, Date.parse(closesAt) - now);
  return (
    <div className="notice closing-notice">
      <p className="notice-title" role="alert">
        <Trans>
          Voting closes by itself at <Moment iso={closesAt} />
        </Trans>
      </p>
      <p>
        <Trans>
          There are {remaining} left. What you begin here now and send after that is refused: links,
          keys for stations and closing itself.
        </Trans>
      </p>
    </div>
  );
}
