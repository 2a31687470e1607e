import { Trans } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import type { ApiDecision } from "../contract.ts";

const TurnoutPart = lazy(() => import("./turnout-part.tsx"));

export type TurnoutHistoryProps = { decision: ApiDecision };

/** How turnout grew; read and drawn once a reader asks for it. */
export function TurnoutHistory({ decision }: TurnoutHistoryProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details
      className="turnout-history"
      onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
    >
      <summary>
        <Trans>How turnout grew</Trans>
      </summary>
      {isOpen && (
        <Suspense>
          <TurnoutPart decision={decision} />
        </Suspense>
      )}
    </details>
  );
}
