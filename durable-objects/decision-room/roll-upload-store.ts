import type { RollUploadState } from "../../src/ports/rolls.ts";
import { withoutVersion, withVersion, type Versioned } from "../../src/shared/versioned.ts";

/** An upload in pieces with the hash of what its rows are checked against and spread by. */
export type KeptRollUpload = RollUploadState & { basis: string };

const rollUploadForm = { name: "a room's upload of a roll", version: 1 };

/** How far the upload of a roll in pieces is, so that it goes on after a break. */
export class RollUploadStore {
  readonly #kv: SyncKvStorage;

  constructor({ kv }: DurableObjectStorage) {
    this.#kv = kv;
  }

  /** The upload in pieces that began last; null where none did, or an import has begun since. */
  get upload(): KeptRollUpload | null {
    const upload = this.#kv.get<Versioned<{ upload: KeptRollUpload | null }>>("roll_upload");
    return upload === undefined ? null : withoutVersion(rollUploadForm, upload).upload;
  }

  keep(upload: KeptRollUpload | null): void {
    this.#kv.put("roll_upload", withVersion(rollUploadForm, { upload }));
  }
}
