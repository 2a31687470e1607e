import { describe, expect, it } from "vitest";
import { Refusal } from "../../../../../src/web/api/read-api.ts";
import { FileRefused } from "../../../../../src/web/organise/roll/file-refused.ts";
import {
  findKeptUpload,
  forgetUpload,
  keepUpload,
} from "../../../../../src/web/organise/roll/upload/kept-upload.ts";
import {
  PieceUpload,
  type RollImportAnswer,
  type UploadPorts,
  type UploadStanding,
  type UploadState,
} from "../../../../../src/web/organise/roll/upload/piece-upload.ts";

type Fault = Error | "answer lost";

/** A platform with the pieces that it has taken, a file of five, and faults for the calls to come. */
function world(faults: Fault[] = [], { piecesOfFile = 5 } = {}) {
  const sent: number[] = [];
  const waits: number[] = [];
  const kept: (UploadStanding | null)[] = [];
  const states: UploadState[] = [];
  let standing: UploadStanding | null = null;
  /** Does what is asked, unless it is to fail before or after. */
  const answer = async <Given>(act: () => Given): Promise<Given> => {
    const fault = faults.shift();
    if (fault instanceof Error) throw fault;
    const given = act();
    if (fault === "answer lost") throw new TypeError("Failed to fetch");
    return given;
  };
  const ports: UploadPorts = {
    readPiece: async (piece) =>
      piece < piecesOfFile
        ? { piece, text: "voter_id\n", firstLine: 2, rows: 10, share: (piece + 1) / piecesOfFile }
        : null,
    begin: () =>
      answer(() => {
        standing = { import: 7, pieces: 0 };
        return standing;
      }),
    send: (number, { piece }) =>
      answer(() => {
        if (standing?.import !== number) throw refusal(409, "roll.superseded");
        if (piece > standing.pieces) throw refusal(409, "roll.pieces_missing");
        if (piece === standing.pieces) sent.push(piece);
        standing = { import: number, pieces: Math.max(standing.pieces, piece + 1) };
        return standing;
      }),
    finish: () => answer(() => ({ rows: 50 }) as RollImportAnswer),
    readStanding: async () => standing,
    keep: (at) => kept.push(at),
    forget: () => kept.push(null),
    wait: async (ms) => void waits.push(ms),
    random: () => 1,
  };
  const upload = new PieceUpload(ports, (state) => states.push(state));
  return {
    upload,
    sent,
    waits,
    kept,
    states,
    begun: (at: UploadStanding) => {
      standing = at;
    },
    last: () => states.at(-1),
    until: async (phase: UploadState["phase"]) => {
      for (let turn = 0; turn < 1_000; turn += 1) {
        if (states.at(-1)?.phase === phase) return;
        await Promise.resolve();
      }
      throw new Error(`it never came to ${phase}: ${JSON.stringify(states.at(-1))}`);
    },
  };
}

function refusal(status: number, code: string): Refusal {
  return new Refusal({ status, code });
}

const lineGone = () => new TypeError("Failed to fetch");
const all = [0, 1, 2, 3, 4];

describe("an upload in pieces", () => {
  it("sends each piece once, says how far it is, and keeps nothing at its end", async () => {
    const { upload, sent, kept, states, last } = world();
    await upload.run(null);
    expect(sent).toEqual(all);
    const shares = states.flatMap((state) => (state.phase === "sending" ? [state.share] : []));
    expect(shares).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(last()).toEqual({ phase: "done", answer: { rows: 50 } });
    expect(kept.at(-2)).toEqual({ import: 7, pieces: 5 });
    expect(kept.at(-1)).toBeNull();
  });

  it.each([
    { what: "the line is gone", fault: lineGone() },
    { what: "an answer is lost", fault: "answer lost" as const },
    { what: "the server is busy", fault: refusal(503, "shard.unavailable") },
    { what: "there are too many requests", fault: refusal(429, "rate.exceeded") },
  ])("goes on by itself when $what, at whichever call", async ({ fault }) => {
    for (let call = 0; call < 7; call += 1) {
      const before = Array.from({ length: call }, () => undefined as unknown as Fault);
      const { upload, sent, waits, last } = world([...before, fault]);
      await upload.run(null);
      expect(sent, `call ${call}`).toEqual(all);
      expect(waits).toEqual([1_000]);
      expect(last()).toMatchObject({ phase: "done" });
    }
  });

  it("waits longer each time, then until somebody says to go on", async () => {
    const { upload, waits, until, sent } = world(Array.from({ length: 11 }, lineGone));
    const running = upload.run(null);
    await until("broken");
    expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30, 30, 30].map((seconds) => seconds * 1_000));
    upload.goOn();
    await running;
    expect(sent).toEqual(all);
  });

  it("goes on after signing in again, where the session ended in the middle", async () => {
    const faults = [undefined, undefined, refusal(401, "session.ended")] as Fault[];
    const { upload, until, sent, last } = world(faults);
    const running = upload.run(null);
    await until("signed_out");
    expect(last()).toMatchObject({ rows: 10, share: 0.2 });
    upload.goOn();
    await running;
    expect(sent).toEqual(all);
  });

  it("goes on where an earlier page left it, and where the platform says that it stands", async () => {
    const { upload, sent, begun } = world();
    begun({ import: 7, pieces: 3 });
    await upload.run({ import: 7, pieces: 3 });
    expect(sent).toEqual([3, 4]);
    const behind = world();
    behind.begun({ import: 7, pieces: 1 });
    await behind.upload.run({ import: 7, pieces: 3 });
    expect(behind.sent).toEqual([1, 2, 3, 4]);
  });

  it("ends with its reason where it can't go on, and then keeps nothing", async () => {
    const { upload, last, kept } = world([
      undefined as unknown as Fault,
      refusal(409, "roll.superseded"),
    ]);
    await upload.run(null);
    expect(last()).toMatchObject({ phase: "refused", problem: { code: "roll.superseded" } });
    expect(kept.at(-1)).toBeNull();
  });

  it("is stopped while it sends and while it waits, and stays to be gone on with", async () => {
    const waiting = world([lineGone(), ...Array.from({ length: 20 }, lineGone)]);
    const running = waiting.upload.run({ import: 7, pieces: 0 });
    await waiting.until("broken");
    waiting.upload.cancel();
    await running;
    expect(waiting.last()).toEqual({ phase: "cancelled" });
    expect(waiting.kept).toEqual([{ import: 7, pieces: 0 }]);
  });

  it("says where the file has changed under it", async () => {
    const states: UploadState[] = [];
    const ports = failingFile(new FileRefused({ reason: "gone" }));
    const broken = new PieceUpload(ports, (state) => states.push(state));
    await broken.run({ import: 7, pieces: 0 });
    expect(states.at(-1)).toEqual({ phase: "unreadable", failure: { reason: "gone" } });
  });
});

function failingFile(error: FileRefused): UploadPorts {
  const never = async () => {
    throw error;
  };
  return {
    readPiece: never,
    begin: never,
    send: never,
    finish: never,
    readStanding: never,
    keep: () => {},
    forget: () => {},
    wait: never,
    random: () => 0,
  };
}

describe("what is kept of an upload in the browser", () => {
  const upload = {
    import: 3,
    pieces: 4,
    fileName: "Mitglieder.csv",
    fingerprint: "100-ab",
    choice: { encoding: "windows-1252" as const },
    mapping: {
      columns: { voterId: 0, region: null, weight: 2, name: null },
      hasHeading: true,
      regionCodes: { Süd: "south" },
    },
    kept: [7],
  };

  function store(texts = new Map<string, string>()) {
    return {
      getItem: (key: string) => texts.get(key) ?? null,
      setItem: (key: string, text: string) => void texts.set(key, text),
      removeItem: (key: string) => void texts.delete(key),
    };
  }

  it("is found again for its decision, until it is forgotten", () => {
    const texts = store();
    keepUpload("delta-1", upload, texts);
    expect(findKeptUpload("delta-1", texts)).toEqual(upload);
    expect(findKeptUpload("delta-2", texts)).toBeNull();
    forgetUpload("delta-1", texts);
    expect(findKeptUpload("delta-1", texts)).toBeNull();
  });

  it.each([
    ["no JSON", "{"],
    ["a number", "7"],
    [
      "a column that is none",
      JSON.stringify({ ...upload, mapping: { columns: { voterId: "a" } } }),
    ],
    ["an encoding that is none", JSON.stringify({ ...upload, choice: { encoding: "x" } })],
    ["lines that are none", JSON.stringify({ ...upload, kept: ["7"] })],
  ])("is nothing where it is %s", (_, text) => {
    const texts = store(new Map([["roll-upload/delta-1", text]]));
    expect(findKeptUpload("delta-1", texts)).toBeNull();
  });

  it("is nothing where the browser keeps nothing", () => {
    const closed = {
      getItem: () => {
        throw new DOMException("denied", "SecurityError");
      },
      setItem: () => {
        throw new DOMException("full", "QuotaExceededError");
      },
      removeItem: () => {
        throw new DOMException("denied", "SecurityError");
      },
    };
    keepUpload("delta-1", upload, closed);
    forgetUpload("delta-1", closed);
    expect(findKeptUpload("delta-1", closed)).toBeNull();
  });
});
