import { Refusal } from "../api/read-api.ts";
import type { ApiOutcome, ApiResults } from "../contract.ts";

/** What following an outcome needs of the world. */
export interface OutcomePorts {
  /** Reads the outcome, which whoever asked shows. */
  readOutcome: () => Promise<Pick<ApiOutcome, "version" | "final">>;
  setTimer: (act: () => void, ms: number) => void;
}

/** The outcome is read again at most this often; the server shares one for a second. */
const readAgainMs = 2_000;

/**
 * Reads the outcome whenever the results have moved on past the one that is known. While counts are
 * hidden there is none to be had, and it is not asked for: the result itself says what it shows, in
 * one piece with its version, so nothing has to arrive in any order.
 */
export function readOutcomes(
  { readOutcome, setTimer }: OutcomePorts,
  known: Pick<ApiOutcome, "version" | "final"> | undefined,
) {
  let shown = known?.version ?? -1;
  let wanted = -1;
  let isBusy = false;
  let isFinal = known?.final ?? false;

  const readOnce = async (): Promise<void> => {
    // The server shares an answer for a second: it may be older than the results that are wanted.
    const outcome = await readOutcome();
    shown = outcome.version;
    isFinal = outcome.final;
  };
  const readSoon = (): void => {
    if (isBusy || isFinal || wanted <= shown) return;
    isBusy = true;
    readOnce()
      .catch((error: unknown) => {
        // A refusal says that there is no outcome, and the panel stays away; without an answer it
        // is asked again.
        if (error instanceof Refusal && error.problem.status === 409) isFinal = true;
      })
      .finally(() => {
        setTimer(() => {
          isBusy = false;
          readSoon();
        }, readAgainMs);
      });
  };
  return {
    /** Hears of the newest results. */
    follow({ version, shows }: Pick<ApiResults, "version" | "shows">): void {
      if (shows !== "counts") return;
      wanted = version;
      readSoon();
    },
  };
}
