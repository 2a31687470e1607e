import { findSecretFaults, type FoundSecrets } from "../auth/deployment-secrets.ts";
import { chooseJurisdiction, type JurisdictionSetting } from "./objects/jurisdiction.ts";

/**
 * Why this deployment can answer nothing, in words that name secrets and variables and quote none;
 * null where it can. What a deployment can do without for a while (database, vote log, cache) is
 * told by its own health.
 */
export function findMisconfiguration(env: FoundSecrets & JurisdictionSetting): string | null {
  const faults = findSecretFaults(env);
  const choice = chooseJurisdiction(env);
  if (choice.kind === "misconfigured") faults.push(choice.problem);
  return faults.length === 0 ? null : faults.join("; ");
}
