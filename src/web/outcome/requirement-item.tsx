import { Trans } from "@lingui/react/macro";
import type { ApiRequirement } from "../contract.ts";
import { RequirementBar } from "./requirement-bar.tsx";

/** A requirement's figures, as the API and an evaluation in the browser have them. */
export type RequirementView = Pick<
  ApiRequirement,
  "id" | "met" | "sentence" | "actual" | "base" | "threshold"
>;

/** One requirement: whether it is met, its bar, and the sentence with its exact figures. */
export function RequirementItem({ requirement }: { requirement: RequirementView }) {
  const { id, met, sentence, actual, base, threshold } = requirement;
  return (
    <li className={met ? "requirement met" : "requirement missed"}>
      <p className="requirement-head">
        <span className="requirement-mark">
          {met ? <Trans>Met</Trans> : <Trans>Not met</Trans>}
        </span>
        <span className="requirement-name" dir="auto">
          {id.replaceAll("_", " ")}
        </span>
      </p>
      <RequirementBar actual={actual} base={base} threshold={threshold} isMet={met} />
      <p className="requirement-words" dir="auto">
        {sentence}
      </p>
    </li>
  );
}
