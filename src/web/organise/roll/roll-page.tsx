import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { ApiDecision } from "../../contract.ts";
import { Loading } from "../../ui/loading.tsx";
import { Notice } from "../../ui/notice.tsx";
import { ReadFailure } from "../../ui/read-failure.tsx";
import { DecisionFrame } from "../frame/decision-frame.tsx";
import { useSession } from "../session/use-session.ts";
import { RollImportPart } from "./roll-import-part.tsx";
import { rollQuery } from "./roll-queries.ts";
import { RollSummary } from "./roll-summary.tsx";
import { VoterLookUp } from "./voter-look-up.tsx";
import "./roll.css";

/** The roll of a decision: what is in force, an import in its place, and who is on it. */
export default function RollPage() {
  return (
    <DecisionFrame page="roll">
      {(decision) => (
        <div className="roll">
          {decision.electorate === "open" ? <OpenElectorate /> : <Roll decision={decision} />}
        </div>
      )}
    </DecisionFrame>
  );
}

function Roll({ decision }: { decision: ApiDecision }) {
  const { role } = useSession();
  const { t } = useLingui();
  const { data, error, refetch } = useQuery(rollQuery(decision.id));
  if (data === undefined)
    return error === null ? <Loading /> : <ReadFailure error={error} onRetry={refetch} isPart />;
  const { roll } = data;
  const isOrganiser = role !== "auditor";
  return (
    <>
      <RollSummary decision={decision} roll={roll} />
      {isOrganiser && decision.status === "draft" ? (
        <RollImportPart decision={decision} roll={data} />
      ) : null}
      {isOrganiser && roll !== null ? (
        <VoterLookUp decision={decision} label={t`Look up voters`} />
      ) : null}
    </>
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
