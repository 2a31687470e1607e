import { requirementReach } from "./requirement-reach.ts";

export type RequirementBarProps = {
  actual: string | null;
  base: string | null;
  threshold: string | null;
  isMet: boolean;
};

/** How far a requirement is, with a mark where it has to be. The sentence beside it says the same. */
export function RequirementBar({ isMet, ...figures }: RequirementBarProps) {
  const reach = requirementReach(figures);
  if (reach === null) return null;
  // An inline style would be refused in what the Worker renders: attributes are not.
  return (
    <svg className={isMet ? "requirement-bar" : "requirement-bar missed"} aria-hidden="true">
      <rect className="track" y="3" width="100%" height="12" rx="2" />
      <rect className="filled" y="3" width={`${reach.actual.toFixed(2)}%`} height="12" rx="2" />
      <line
        className="needed"
        x1={`${reach.threshold.toFixed(2)}%`}
        x2={`${reach.threshold.toFixed(2)}%`}
        y1="0"
        y2="18"
      />
    </svg>
  );
}
