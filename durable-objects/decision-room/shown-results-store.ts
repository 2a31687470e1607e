import {
  decodeReleases,
  encodeReleases,
  noReleases,
  type Releases,
} from "../../src/results/releases.ts";
import {
  decodeTurnout,
  encodeTurnout,
  type TurnoutPoint,
} from "../../src/results/turnout-series.ts";
import {
  prefixVersion,
  stripVersion,
  withoutVersion,
  withVersion,
  type Versioned,
} from "../../src/shared/versioned.ts";
import { putPieces, readPieces } from "./text-pieces.ts";

const releasesForm = { name: "a room's releases", version: 1 };
const turnoutForm = { name: "a room's turnout", version: 1 };
const shownRegionsForm = { name: "a room's shown regions", version: 1 };

/** What of a room's results was shown, so that a new instance shows it too. Memory follows a write. */
export class ShownResultsStore {
  readonly #storage: DurableObjectStorage;
  readonly #kv: SyncKvStorage;
  #releases = noReleases;
  #releasePieces = 0;
  #turnout: readonly TurnoutPoint[] = [];
  #regions: readonly string[] | null = null;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#kv = storage.kv;
    const released = this.#kv.get<Versioned<{ pieces: number }>>("releases");
    if (released !== undefined) {
      this.#releasePieces = withoutVersion(releasesForm, released).pieces;
      this.#releases = decodeReleases(readPieces(this.#kv, "releases", this.#releasePieces));
    }
    const turnout = this.#kv.get<string>("turnout");
    if (turnout !== undefined) this.#turnout = decodeTurnout(stripVersion(turnoutForm, turnout));
    const regions = this.#kv.get<Versioned<{ codes: readonly string[] }>>("shown_regions");
    if (regions !== undefined) this.#regions = withoutVersion(shownRegionsForm, regions).codes;
  }

  /** What is shown before the close; nothing until the first release. */
  get releases(): Releases {
    return this.#releases;
  }

  keepReleases(releases: Releases): void {
    const text = encodeReleases(releases);
    const piecesBefore = this.#releasePieces;
    const pieces = this.#storage.transactionSync(() => {
      const written = putPieces(this.#kv, { name: "releases", text, piecesBefore });
      if (written !== piecesBefore)
        this.#kv.put("releases", withVersion(releasesForm, { pieces: written }));
      return written;
    });
    this.#releasePieces = pieces;
    this.#releases = releases;
  }

  /** How turnout grew, as far as it was shown. */
  get turnout(): readonly TurnoutPoint[] {
    return this.#turnout;
  }

  keepTurnout(points: readonly TurnoutPoint[]): void {
    this.#kv.put("turnout", prefixVersion(turnoutForm, encodeTurnout(points)));
    this.#turnout = points;
  }

  /** The regions whose figures certification has shown; null before it. */
  get regions(): readonly string[] | null {
    return this.#regions;
  }

  /** In the transaction that certifies the decision. */
  keepRegions(codes: readonly string[]): void {
    this.#kv.put("shown_regions", withVersion(shownRegionsForm, { codes }));
    this.#regions = codes;
  }
}
