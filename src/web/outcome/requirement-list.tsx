import type { RuleDescription } from "../../rules/describe-rule.ts";
import { RequirementItem } from "./requirement-item.tsx";
import type { RequirementView } from "./requirement-words.ts";
import "./outcome.css";

export type RequirementListProps = {
  requirements: readonly RequirementView[];
  /** The rule in clauses; undefined until it is read. */
  rule: RuleDescription | undefined;
};

/** All requirements of a rule, with what each needed and what there was. */
export default function RequirementList({ requirements, rule }: RequirementListProps) {
  return (
    <ul className="requirements">
      {requirements.map((requirement) => (
        <RequirementItem key={requirement.id} requirement={requirement} rule={rule} />
      ))}
    </ul>
  );
}
