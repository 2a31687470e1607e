import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "wouter";
import { Loading } from "../../ui/loading.tsx";
import { Notice } from "../../ui/notice.tsx";
import { ReadFailure } from "../../ui/read-failure.tsx";
import { useSession } from "../session/use-session.ts";
import type { ApiDecision } from "../../contract.ts";
import { RollSummary } from "./roll-summary.tsx";
import { RollImportPart } from "./roll-import-part.tsx";
import { rollDecisionQuery, rollQuery, type ReadRollAnswer } from "./roll-queries.ts";
import { VoterLookUp } from "./voter-look-up.tsx";
import "./roll.css";

/** The roll of a decision: what is in force, an import in its place, and who is on it. */
export default function RollPage() {
  const { id = "" } = useParams();
  const decision = useQuery(rollDecisionQuery(id));
  const roll = useQuery(rollQuery(id));
  const error = decision.error ?? roll.error;
  if (decision.data !== undefined && roll.data !== undefined)
    return <Roll decision={decision.data} roll={roll.data} />;
  if (error === null) return <Loading />;
  const retry = () => Promise.all([decision.refetch(), roll.refetch()]);
  return <ReadFailure error={error} onRetry={retry} />;
}

function Roll({ decision, roll }: { decision: ApiDecision; roll: ReadRollAnswer }) {
  const { role } = useSession();
  const { t } = useLingui();
  const { title, status, electorate } = decision;
  const mayChange = role !== "auditor" && status === "draft" && electorate === "roll";
  return (
    <article className="roll">
      <header>
        <p className="quiet-line" dir="auto">
          {title}
        </p>
        <h1>
          <Trans>Who may vote: the roll</Trans>
        </h1>
      </header>
      {electorate === "open" ? (
        <OpenElectorate />
      ) : (
        <>
          <RollSummary decision={decision} roll={roll.roll} />
          {mayChange ? <RollImportPart decision={decision} roll={roll} /> : null}
          {roll.roll === null || role === "auditor" ? null : (
            <VoterLookUp decisionId={decision.id} label={t`Look up voters`} />
          )}
        </>
      )}
    </article>
  );
}

function OpenElectorate() {
  return (
    <Notice title={<Trans>This decision has no roll</Trans>}>
      <p>
        <Trans>
          Whoever holds a valid link may vote. To say beforehand who may, change “Who may vote” in
          the decision’s terms while it is a draft.
        </Trans>
      </p>
    </Notice>
  );
}
