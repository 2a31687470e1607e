import { viewPlan } from "../../planner/plan-json.ts";
import { planDeployment } from "../../planner/plan.ts";
import { exitStatus } from "../command-line/usage-error.ts";
import type { PlanOptions } from "../commands/plan.ts";
import { planLines } from "./plan-lines.ts";

/** Prints a plan; ends with `differences` where the load does not hold. */
export function runPlan({ input, isJson }: PlanOptions): Promise<number> {
  const plan = planDeployment(input);
  console.log(isJson ? JSON.stringify(viewPlan(plan), null, 2) : planLines(input, plan).join("\n"));
  const isHeld = plan.bottleneck.share <= 1 && plan.latency !== null;
  return Promise.resolve(isHeld ? exitStatus.ok : exitStatus.differences);
}
