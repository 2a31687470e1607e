import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "wouter";
import { decisionAddress } from "../app/addresses.ts";
import type { ApiStatus } from "../contract.ts";
import { RehearsalNote } from "../decision/rehearsal-note.tsx";
import { Moment } from "../ui/moment.tsx";
import { StatusBadge } from "../ui/status-badge.tsx";
import { DecisionStages } from "./decision-stages.tsx";
import { StateMark } from "./state-mark.tsx";
import { checkStateWords, type CheckedDecision } from "./state-words.ts";

/** The decisions that are checked, those that do not agree first. */
export function CheckedDecisions({ status }: { status: ApiStatus }) {
  const { t } = useLingui();
  const { decisions, decisions_checked: all } = status;
  const unlisted = (all ?? 0) - decisions.length;
  return (
    <section className="status-part" aria-labelledby="status-decisions">
      <h2 id="status-decisions">
        <Trans>Decisions</Trans>
      </h2>
      <p className="quiet-line">
        <Trans>
          Every ballot is accepted once, into the record. Each minute it is checked that the tally,
          the database and, after the close, the publication hold the same; where the database has
          many ballots, a portion of them each minute. A decision is checked from its opening until
          a day after it was certified, and longer while it does not agree.
        </Trans>
      </p>
      {decisions.length === 0 ? (
        <p>
          <Trans>No decision was checked.</Trans>
        </p>
      ) : (
        <ul className="checked-decisions">
          {decisions.map((decision) => (
            <li key={decision.decision_id}>
              <CheckedDecisionItem decision={decision} />
            </li>
          ))}
        </ul>
      )}
      {unlisted > 0 && (
        <p className="quiet-line">
          {t`${plural(unlisted, { one: "# more decision is not listed, or waits for its first check.", other: "# more decisions are not listed, or wait for their first check." })}`}
        </p>
      )}
    </section>
  );
}

function CheckedDecisionItem({ decision }: { decision: CheckedDecision }) {
  const { i18n } = useLingui();
  const { decision_id: id, title, status, state } = decision;
  const { checked_at: checkedAt, certified_at: certifiedAt } = decision;
  return (
    <article className="checked-decision" data-state={state}>
      <div className="checked-decision-head">
        <h3>
          <Link href={decisionAddress(id)} dir="auto">
            {title}
          </Link>
        </h3>
        <p className="checked-decision-state">
          <StateMark state={state} />
          {i18n._(checkStateWords[state])}
        </p>
      </div>
      <p className="row-meta">
        <StatusBadge status={status} />
        <RehearsalNote decision={decision} />
        <span>
          <Trans>
            Checked at <Moment iso={checkedAt} show="clock" />
          </Trans>
        </span>
        {certifiedAt !== null && (
          <span>
            <Trans>
              Certified <Moment iso={certifiedAt} />
            </Trans>
          </span>
        )}
      </p>
      <DecisionStages decision={decision} />
    </article>
  );
}
