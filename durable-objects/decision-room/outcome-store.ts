import type { FinalVerdict } from "../../src/results/listed-result.ts";
import type { ShownVersion } from "../../src/results/shown-result.ts";
import { withoutVersion, withVersion, type Versioned } from "../../src/shared/versioned.ts";
import { putPieces, readPieces } from "./text-pieces.ts";

/** The final outcome's JSON text, the version it was computed from, and what it says. */
export type FinalOutcomeText = { version: ShownVersion; text: string; verdict: FinalVerdict };

/**
 * The final outcome's version and verdict, and in how many pieces its text is kept. `figuresVersion`
 * is that of the close: certifying adds the publication, and changes no figure.
 */
type KeptOutcome = {
  version: ShownVersion;
  figuresVersion: ShownVersion;
  verdict: FinalVerdict;
  pieces: number;
};

const outcomeForm = { name: "a room's outcome", version: 1 };

/** The final outcome of a room's decision; nothing until the close. */
export class OutcomeStore {
  readonly #storage: DurableObjectStorage;
  readonly #kv: SyncKvStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#kv = storage.kv;
  }

  /** The outcome's JSON text and the version it was computed from; null until the close. */
  get outcome(): { version: ShownVersion; text: string } | null {
    const kept = this.#kept;
    if (kept === null) return null;
    const { version, pieces } = kept;
    return { version, text: readPieces(this.#kv, "outcome", pieces) };
  }

  /** The version that the final figures are from, without their text; null until the close. */
  get figuresVersion(): ShownVersion | null {
    return this.#kept?.figuresVersion ?? null;
  }

  /** What the rule says of the votes; null until the close. */
  get verdict(): FinalVerdict | null {
    return this.#kept?.verdict ?? null;
  }

  /** Keeps the outcome of the close, and the same once it is certified. */
  keep({ version, text, verdict }: FinalOutcomeText): void {
    const before = this.#kept;
    const piecesBefore = before?.pieces ?? 0;
    this.#storage.transactionSync(() => {
      const pieces = putPieces(this.#kv, { name: "outcome", text, piecesBefore });
      const figuresVersion = before?.figuresVersion ?? version;
      const kept = { version, figuresVersion, verdict, pieces };
      this.#kv.put("outcome", withVersion(outcomeForm, kept));
    });
  }

  get #kept(): KeptOutcome | null {
    const kept = this.#kv.get<Versioned<KeptOutcome>>("outcome");
    return kept === undefined ? null : withoutVersion(outcomeForm, kept);
  }
}
