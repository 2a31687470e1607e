import type { CheckedDecision, OverallState, CheckedStage } from "./state-words.ts";

type AnyState = OverallState | CheckedDecision["state"] | CheckedStage["state"];

/** A state as a small mark; the marks differ in shape, so that none depends on its colour. */
export function StateMark({ state }: { state: AnyState }) {
  return <span className="state-mark" data-state={state} aria-hidden="true" />;
}
