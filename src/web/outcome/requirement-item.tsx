import { Trans, useLingui } from "@lingui/react/macro";
import { requirementName } from "../rule/name-words.ts";
import { RequirementBar } from "./requirement-bar.tsx";
import { RequirementReasons, type RequirementReasonsProps } from "./requirement-reasons.tsx";

/** One requirement: whether it is met, its bar, and its exact figures in words. */
export function RequirementItem({ requirement, rule }: RequirementReasonsProps) {
  const { i18n } = useLingui();
  const { id, met, actual, base, threshold } = requirement;
  return (
    <li className={met ? "requirement met" : "requirement missed"}>
      <p className="requirement-head">
        <span className="requirement-mark">
          {met ? <Trans>Met</Trans> : <Trans>Not met</Trans>}
        </span>
        <span className="requirement-name" dir="auto">
          {requirementName(i18n, id)}
        </span>
      </p>
      <RequirementBar actual={actual} base={base} threshold={threshold} isMet={met} />
      <div className="requirement-words">
        <RequirementReasons requirement={requirement} rule={rule} />
      </div>
    </li>
  );
}
