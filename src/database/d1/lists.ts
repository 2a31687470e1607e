import { drizzle } from "drizzle-orm/d1";
import { DatabaseUnavailable } from "../database.ts";
import type { ListReads, ReadSince, ReplicatedLists } from "../replicated-lists.ts";
import { toldError } from "../tell-outages.ts";
import { isD1Outage } from "./outage.ts";
import { d1Reads } from "./reads.ts";

/**
 * Lists by D1's sessions, which send a read to the nearest replica that has come as far as its
 * bookmark (https://developers.cloudflare.com/d1/best-practices/read-replication/). D1 without
 * read replication answers all of them by its primary.
 */
export function d1Lists(db: Pick<D1Database, "withSession">): ReplicatedLists {
  const readFrom = async <Value>(
    start: string,
    read: (lists: ListReads) => Promise<Value>,
  ): Promise<ReadSince<Value>> => {
    try {
      const session = db.withSession(start);
      // Drizzle's selects ask for `prepare` alone, which a session has too.
      const value = await read(d1Reads(drizzle(session as unknown as D1Database)));
      return { value, bookmark: session.getBookmark() };
    } catch (error) {
      throw toldError(error, isD1Outage);
    }
  };
  return {
    async readSince(bookmark, read) {
      if (bookmark === null) return readFrom("first-primary", read);
      try {
        return await readFrom(bookmark, read);
      } catch (error) {
        // D1 may know it no longer, as after a restore: what is newest is never too old.
        if (!(error instanceof DatabaseUnavailable)) throw error;
        return readFrom("first-primary", read);
      }
    },
  };
}
