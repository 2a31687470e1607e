import { expect, expectTypeOf, it } from "vitest";
import {
  SourceError,
  type PublicationSource,
} from "../../../../src/verification/publication-source.ts";
import type {
  VerificationMessage,
  VerificationOrder,
} from "../../../../src/web/verification/messages.ts";
import {
  startVerification,
  VerificationEnded,
  type VerificationWorker,
} from "../../../../src/web/verification/run-verification.ts";
import { VerificationSession } from "../../../../src/web/verification/verification-session.ts";
import { certified } from "../../../support/verification/certified.ts";
import { memorySource } from "../../../support/verification/memory-source.ts";
import { sampleReceipts } from "../../../support/verification/sample-receipts.ts";
import { signingKeys } from "../../../support/verification/certified.ts";

const publication = certified({ disclosure: "roll_call" });
const task = {
  origin: "https://vote.example",
  decisionId: publication.decisionId,
  trustedKeys: [],
};

/** A worker in this thread: what it is sent is copied, as between threads. */
class WorkerHere extends EventTarget {
  readonly orders: VerificationOrder[] = [];
  readonly #session: VerificationSession | null;

  constructor(source: PublicationSource | null) {
    super();
    const post = (data: VerificationMessage, transfer: ArrayBuffer[] = []) =>
      this.dispatchEvent(
        new MessageEvent("message", { data: structuredClone(data, { transfer }) }),
      );
    this.#session =
      source === null
        ? null
        : new VerificationSession(
            (message, transfer) => void post(message, transfer),
            () => source,
          );
  }

  postMessage(order: VerificationOrder): void {
    this.orders.push(order);
    void this.#session?.take(structuredClone(order));
  }

  terminate(): void {}
}

/** It sends no other events than these. */
const asWorker = (worker: WorkerHere) => worker as unknown as VerificationWorker;
const workerOf = (source: PublicationSource) => asWorker(new WorkerHere(source));
/** The platform's own worker is one, too. */
expectTypeOf<Worker>().toExtend<VerificationWorker>();

it("tells its progress, gives its report, and answers from what it has read", async () => {
  const phases = new Set<string>();
  const running = startVerification({
    worker: workerOf(memorySource(publication.parts)),
    task,
    onProgress: ({ phase }) => phases.add(phase),
  });
  const report = await running.report;
  expect(report.verdict).toBe("verified");
  expect([...phases]).toEqual(["documents", "counted", "others", "counting", "rule"]);
  expect(report.consensus?.whole.tally.yes.weight).toBeTypeOf("bigint");

  const rows = await running.ask("rowsAt", { indices: Uint32Array.of(3, 4) });
  expect(rows.map(({ number }) => number)).toEqual([4, 5]);
  const filtered = await running.ask("filter", { choice: "yes", region: "north" });
  const [first] = await running.ask("rowsAt", { indices: filtered.slice(0, 1) });
  expect(first).toMatchObject({ choice: "yes", region: "north" });
});

it("checks a receipt against what it has read", async () => {
  const running = startVerification({ worker: workerOf(memorySource(publication.parts)), task });
  await running.report;
  const receipts = sampleReceipts(publication, signingKeys);
  const verdicts = await Promise.all(
    Object.values(receipts).map((text) => running.ask("receipt", { text })),
  );
  expect(verdicts.map((report) => report?.verdict)).toEqual(
    Object.keys(receipts).map((name) => name.replace(/^receipt-|\.txt$/g, "")),
  );
  expect(await running.ask("receipt", { text: "no receipt" })).toBeNull();
});

it("refuses what is asked before anything was read", async () => {
  const running = startVerification({ worker: workerOf(memorySource(publication.parts)), task });
  await expect(running.ask("filter", {})).rejects.toThrow("nothing was read yet");
  await running.report;
});

it("is closed while it reads, and says so to all who wait", async () => {
  let stop = () => {};
  const source = memorySource(publication.parts);
  const running = startVerification({
    worker: workerOf({
      ...source,
      openList: async (list) => {
        stop();
        return source.openList(list);
      },
    }),
    task,
  });
  stop = () => running.close();
  await expect(running.report).rejects.toMatchObject({ failure: { reason: "cancelled" } });
});

it.each([
  ["not certified", '{"decision_id":"d"}', { reason: "not_certified" }],
  ["not there", null, { reason: "unreadable", code: "decision.not_found" }],
])("says why a decision that is %s has no report", async (_, outcome, failure) => {
  const source: PublicationSource = {
    ...memorySource(publication.parts),
    readDocument: async (name) => {
      if (outcome === null) throw new SourceError(name, "decision.not_found");
      return new TextEncoder().encode(outcome);
    },
  };
  const running = startVerification({ worker: workerOf(source), task });
  const ended: unknown = await running.report.catch((error: unknown) => error);
  expect(ended).toBeInstanceOf(VerificationEnded);
  expect(ended).toMatchObject({ failure });
});

it("fails where its worker does", async () => {
  const worker = new WorkerHere(null);
  const running = startVerification({ worker: asWorker(worker), task });
  expect(worker.orders).toEqual([{ type: "start", task }]);
  worker.dispatchEvent(Object.assign(new Event("error"), { message: "out of memory" }));
  const failure = { reason: "broken", message: "out of memory" };
  await expect(running.report).rejects.toMatchObject({ failure });
});
