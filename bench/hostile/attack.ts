import { Worker } from "node:worker_threads";

/** Who pushes against what. */
export interface AttackPlan {
  origin: string;
  decisionId: string;
  /** WebSockets that one address tries to hold, and reads nothing of. */
  socketsOfOneAddress: number;
  /** Event streams from many addresses, of which nothing is read. */
  slowReaders: number;
  /** Clients that ask for made-up decisions with made-up keys and tokens. */
  inventors: number;
  /** Clients that send the costliest rules. */
  evaluators: number;
}

/** Answers by what was asked and with which status; `held` are connections that are open at the end. */
export interface AttackReport {
  answers: Record<string, Record<string, number>>;
  held: { sockets: number; streams: number };
}

export interface Attack {
  /** Ends every hostile client. */
  stop(): Promise<AttackReport>;
}

/** Starts hostile clients in a thread of their own, so that they do not wait for honest ones. */
export function startAttack(plan: AttackPlan): Attack {
  const worker = new Worker(new URL("attack-thread.ts", import.meta.url), { workerData: plan });
  const failed = new Promise<never>((_, reject) => {
    worker.once("error", reject);
  });
  // Somebody may wait for it later, or nobody where the attack went well.
  failed.catch(() => {});
  return {
    stop: async () => {
      const reported = new Promise<AttackReport>((resolve) => {
        worker.once("message", resolve);
      });
      worker.postMessage("stop", []);
      const report = await Promise.race([reported, failed]);
      await worker.terminate();
      return report;
    },
  };
}
