import { withoutVersion, withVersion, type Versioned } from "../../src/shared/versioned.ts";
import { putPieces, readPieces } from "./text-pieces.ts";

const mapForm = { name: "a room's map", version: 1 };

/** The map of a decision's regions; its hash is the decision's. */
export class RegionMapStore {
  readonly #kv: SyncKvStorage;

  constructor({ kv }: DurableObjectStorage) {
    this.#kv = kv;
  }

  /** The map's JSON text; null where there is none. */
  get text(): string | null {
    const pieces = this.#pieces;
    return pieces === 0 ? null : readPieces(this.#kv, "map", pieces);
  }

  /** In the transaction that keeps the map's hash. */
  keep(text: string | null): void {
    const piecesBefore = this.#pieces;
    const pieces = putPieces(this.#kv, { name: "map", text: text ?? "", piecesBefore });
    this.#kv.put("map", withVersion(mapForm, { pieces }));
  }

  get #pieces(): number {
    const kept = this.#kv.get<Versioned<{ pieces: number }>>("map");
    return kept === undefined ? 0 : withoutVersion(mapForm, kept).pieces;
  }
}
