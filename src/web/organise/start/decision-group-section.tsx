import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { useSession } from "../session/use-session.ts";
import type { DecisionGroup } from "./group-decisions.ts";
import { ManagedDecisionItem } from "./managed-decision-item.tsx";
import type { Turn } from "./waiting-words.ts";

export type DecisionGroupSectionProps = { group: DecisionGroup; now: number };

/** Decisions that wait for the same. */
export function DecisionGroupSection({
  group: { turn, decisions },
  now,
}: DecisionGroupSectionProps) {
  const { role } = useSession();
  const headingId = `turn-${turn}`;
  return (
    <section className="start-group" aria-labelledby={headingId}>
      <h2 id={headingId}>
        {turn === "yours" && role === "organiser" ? <Trans>Waits for you</Trans> : headings[turn]}
      </h2>
      <ul className="start-rows">
        {decisions.map((decision) => (
          <ManagedDecisionItem key={decision.id} decision={decision} now={now} />
        ))}
      </ul>
    </section>
  );
}

const headings: Readonly<Record<Turn, ReactNode>> = {
  yours: <Trans>Waits for the organiser</Trans>,
  voters: <Trans>Waits for voters</Trans>,
  service: <Trans>Being counted and certified</Trans>,
  nobody: <Trans>Over</Trans>,
};
