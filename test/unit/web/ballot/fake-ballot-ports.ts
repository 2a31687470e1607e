import { createHash, randomBytes } from "node:crypto";
import { framed } from "../../../../src/shared/framed.ts";
import type { BallotPorts } from "../../../../src/web/ballot/ballot-ports.ts";
import type { OpenSocket } from "../../../../src/web/ballot/vote-connection.ts";
import type { KeyedTexts } from "../../../../src/web/ballot/browser-texts.ts";

/** A storage that can be full. */
export class FakeTexts implements KeyedTexts {
  readonly texts = new Map<string, string>();
  isFull = false;

  getItem(name: string): string | null {
    return this.texts.get(name) ?? null;
  }
  setItem(name: string, text: string): void {
    if (this.isFull) throw new Error("QuotaExceededError");
    this.texts.set(name, text);
  }
  removeItem(name: string): void {
    this.texts.delete(name);
  }
}

interface SentBody {
  decision_id: string;
  vote?: string;
  nonce: string;
  proof?: string;
}

const sha256 = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();

/** A record that counts each nonce once, and whose answers can be lost. */
export class FakeRecord {
  readonly bodies: SentBody[] = [];
  readonly receipts = new Map<string, object>();
  /** What happens to the next sendings, in turn; then all goes well. */
  readonly next: ("lost before" | "lost after" | Response)[] = [];
  serverTime: number | null = null;
  /** What each answer waits for, once the sending has arrived. */
  held: Promise<void> = Promise.resolve();

  async answer(path: string, init: RequestInit): Promise<Response> {
    const fate = this.next.shift();
    if (fate instanceof Response) return fate;
    if (fate === "lost before") throw new TypeError("network error");
    const body = JSON.parse(init.body as string) as SentBody;
    this.bodies.push(body);
    const choice = path.endsWith("/withdraw") ? "withdrawn" : (body.vote ?? "");
    const receipt = this.receipts.get(body.nonce) ?? makeReceipt(body, choice);
    this.receipts.set(body.nonce, receipt);
    await this.held;
    if (fate === "lost after") throw new TypeError("network error");
    return Response.json(receipt, { status: 201 });
  }
}

/** The ballot of whoever has no region and the weight of one. */
function makeReceipt({ decision_id: decisionId, nonce }: SentBody, choice: string): object {
  const [r, u] = [randomBytes(32), randomBytes(32)];
  const c = sha256(Buffer.concat([u, framed("", 1n)]));
  const k = sha256(Buffer.concat([Buffer.from(nonce, "hex"), r]));
  const hash = sha256(framed("enviro-governance/ballot/1", decisionId, choice, k, c));
  return {
    decision_id: decisionId,
    ballot_hash: hash.toString("hex"),
    r: r.toString("hex"),
    u: u.toString("hex"),
    c: c.toString("hex"),
    key_id: "k1",
    signature: "A".repeat(86),
  };
}

/** A browser whose tabs share one storage and one set of locks. */
export class FakeBrowser {
  readonly record = new FakeRecord();
  readonly kept = new FakeTexts();
  isOnline = true;
  isSecure = true;
  hasStorage = true;
  /** How sockets open; none do unless a test says so. */
  openSocket: OpenSocket = async () => {
    throw new Error("no socket opens here");
  };
  /** What a pause between two sendings waits for. */
  paused: Promise<void> = Promise.resolve();
  now = Date.parse("2027-01-01T00:00:00Z");
  #lock: Promise<unknown> = Promise.resolve();

  /** What one tab has. */
  openTab(tab = new FakeTexts()): BallotPorts {
    return {
      fetch: (path, init) => this.record.answer(path, init),
      sleep: () => this.paused,
      random: () => 0.5,
      isSecure: () => this.isSecure,
      isOnline: () => this.isOnline,
      now: () => this.now,
      readServerTime: async () => this.record.serverTime,
      readSigningKeys: async () => null,
      withLock: async (_name, run) => {
        const running = this.#lock.then(run);
        this.#lock = running.catch(() => undefined);
        return running;
      },
      drawNonce: () => randomBytes(32).toString("hex"),
      openSocket: (token) => this.openSocket(token),
      browserTexts: () => (this.hasStorage ? this.kept : null),
      tabTexts: () => (this.hasStorage ? tab : null),
    };
  }
}
