import { bookmarkSeals } from "../../auth/bookmark-seals.ts";
import type { SealedLists } from "../../ports/sealed-lists.ts";
import { chooseDatabase } from "../../database/settings.ts";
import { listsOf } from "../database.ts";

/** The lists of the deployment's database. */
export function sealedLists(env: Env): SealedLists {
  const lists = listsOf(env);
  const now = (): number => Date.now();
  const seals = bookmarkSeals(env.ID_KEYS, { kind: chooseDatabase(env).kind, now });
  return {
    async readSince(sealed, read) {
      const since = sealed === null ? null : await seals.open(sealed);
      const { value, bookmark } = await lists.readSince(since, read);
      return { value, bookmark: bookmark === null ? null : await seals.seal(bookmark) };
    },
  };
}
