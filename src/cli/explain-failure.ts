import { ApiError, ContractError, NoAnswer } from "../client/client-errors.ts";
import { SourceError } from "../verification/publication-source.ts";
import { UsageError } from "./command-line/usage-error.ts";

/**
 * Says of a call that failed what to do next, without a stack; what is not a call's failure is
 * thrown on.
 */
export function explainFailure(error: unknown): never {
  const advice = adviceOn(error);
  if (advice === null || !(error instanceof Error)) throw error;
  throw new UsageError([error.message, advice].filter((line) => line !== "").join("\n"), {
    cause: error,
  });
}

/** Null where the error is none of a call. */
function adviceOn(error: unknown): string | null {
  if (error instanceof SourceError) return "Is the instance running, and is --on its address?";
  if (error instanceof NoAnswer) return "Is the instance running, and is --on its address?";
  if (error instanceof ContractError) return "Is --on the address of an instance of this release?";
  if (!(error instanceof ApiError)) return null;
  if (error.status === 401) return "Give a key of this instance, in ENVIRO_KEY or with --key.";
  if (error.status === 403) return "The key's role may not do this: give another key.";
  return "";
}
