import type { IndexedRow } from "../../verification/publication-index.ts";
import { startVerification } from "../verification/run-verification.ts";
import { startVerificationWorker } from "../verification/start-worker.ts";
import type { VerificationReport } from "../../verification/verification-report.ts";
import type { VoteRow } from "./row-source.ts";
import type { ReadProgress, WholeList, WholeListFault } from "./whole-list.ts";

export interface WholeListReading {
  decisionId: string;
  /** Ends the reading, and gives its memory back. */
  signal: AbortSignal;
  onProgress: (progress: ReadProgress) => void;
}

/** Reads the list of counted votes whole, in a Web Worker. Throws where it could not be read. */
export async function readWholeList(reading: WholeListReading): Promise<WholeList> {
  const { decisionId, signal, onProgress } = reading;
  const running = startVerification({
    worker: startVerificationWorker(),
    task: { origin: location.origin, decisionId, trustedKeys: [] },
    onProgress: (progress) => {
      if (progress.phase === "counted") onProgress(progress);
    },
  });
  signal.addEventListener("abort", () => running.close());
  const report = await running.report.catch((error: unknown) => {
    running.close();
    throw error;
  });
  return {
    fault: faultOf(report),
    async filter({ choice, region }) {
      const indices = await running.ask("filter", {
        ...(choice === null ? {} : { choice }),
        ...(region === null ? {} : { region }),
      });
      return {
        size: indices.length,
        rows: async (from, to) => {
          const rows = await running.ask("rowsAt", { indices: indices.slice(from, to) });
          return rows.map(voteRowOf);
        },
      };
    },
    close: () => running.close(),
  };
}

function faultOf({ findings }: VerificationReport): WholeListFault | null {
  if (findings.length === 0) return null;
  return findings.some(({ code }) => code === "outcome.malformed") ? "outcome" : "votes";
}

function voteRowOf({ note, ...row }: IndexedRow): VoteRow {
  const isKept = note !== null && note !== "unread";
  return {
    ...row,
    name: isKept ? note.name : null,
    statement: isKept ? note.statement : null,
  };
}
