import { Trans } from "@lingui/react/macro";
import { lazy, Suspense, useState, type SyntheticEvent } from "react";

const EventLog = lazy(() => import("./event-log.tsx"));

/**
 * What was done to a decision since its opening. It is read when somebody unfolds it: a crowd that
 * watches a decision must not ask its room all at once whenever its status changes.
 */
export function DecisionEvents({ id }: { id: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      className="events"
      onToggle={(event: SyntheticEvent<HTMLDetailsElement>) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <Trans>What was done since the opening</Trans>
      </summary>
      {isOpen && (
        <Suspense>
          <EventLog id={id} />
        </Suspense>
      )}
    </details>
  );
}
