import { Trans } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { decisionQuery } from "../../api/queries.ts";
import type { ApiDecision } from "../../contract.ts";
import { readAsSignedIn } from "../api/read-as-signed-in.ts";
import { DecisionFrame } from "../frame/decision-frame.tsx";
import { useSession } from "../session/use-session.ts";
import { MapField } from "./map-field.tsx";

/** The map of a decision's regions: drawn while it is a draft, and frozen from then on. */
export default function MapPage() {
  return <DecisionFrame page="map">{(decision) => <MapPart decision={decision} />}</DecisionFrame>;
}

function MapPart({ decision }: { decision: ApiDecision }) {
  const queryClient = useQueryClient();
  const { role } = useSession();
  const { queryKey } = decisionQuery(readAsSignedIn, decision.id);
  if (decision.regions.length === 0) {
    return (
      <p>
        <Trans>This decision has no regions, so there is nothing to draw.</Trans>
      </p>
    );
  }
  if (decision.status !== "draft" || role === "auditor") {
    return (
      <p>
        {decision.map ? (
          <Trans>The map is frozen with the terms. It stands with the results by region.</Trans>
        ) : (
          <Trans>No map of its own was added while it was a draft.</Trans>
        )}
      </p>
    );
  }
  return (
    <MapField
      decision={decision}
      onChanged={() => void queryClient.invalidateQueries({ queryKey })}
    />
  );
}
