import type { ReactNode } from "react";
import { Link } from "wouter";
import { decisionAddress } from "../app/addresses.ts";
import type { ApiListedDecision } from "../contract.ts";
import { QuestionText } from "../decision/question-text.tsx";
import { RehearsalNote } from "../decision/rehearsal-note.tsx";
import { StatusBadge } from "../ui/status-badge.tsx";
import { RowDay } from "./row-day.tsx";
import { RowResult } from "./row-result.tsx";

export type DecisionListItemProps = {
  decision: ApiListedDecision;
  /** In place of its plain title. */
  title?: ReactNode;
  /** Below it. */
  children?: ReactNode;
};

/** One decision of the list. */
export function DecisionListItem({ decision, title, children }: DecisionListItemProps) {
  return (
    <li className="row">
      <div className="row-text">
        <h2>
          <Link href={decisionAddress(decision.id)}>
            {title ?? <QuestionText decision={decision} />}
          </Link>
        </h2>
        {children}
        <p className="row-meta">
          <StatusBadge status={decision.status} />
          <RehearsalNote decision={decision} />
          <span>
            <RowDay decision={decision} />
          </span>
        </p>
      </div>
      <RowResult decision={decision} />
    </li>
  );
}
