import type { ReactNode } from "react";

/** The heading of the step that is shown; the panel is named by it and gives it the focus. */
export const stepHeadingId = "ballot-step";

export type StepFrameProps = { title: ReactNode; children?: ReactNode };

/** One step of a vote. */
export function StepFrame({ title, children }: StepFrameProps) {
  return (
    <div className="step">
      <h2 id={stepHeadingId} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </div>
  );
}
