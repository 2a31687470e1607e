import { withDeadline } from "../../shared/deadline.ts";
import { limits } from "../../shared/limits.ts";
import type { ReportFailure } from "../../shared/log-line.ts";
import { BallotsArchived } from "../database.ts";
import type { AnsweredBy, ListReads, ReadSince, ReplicatedLists } from "../replicated-lists.ts";
import { toldError } from "../tell-outages.ts";
import { isPostgresOutage } from "./outage.ts";
import { postgresReads } from "./reads.ts";
import { positionPattern, readPrimaryPosition, readReached } from "./replica.ts";
import { sessionOn, type PostgresSession } from "./session.ts";

interface PostgresLists {
  primary: PostgresSession;
  /** Null where there is none. */
  replica: PostgresSession | null;
  now: () => number;
  /** Hears of each read that could have been a replica's. */
  onAnswered: (by: AnsweredBy) => void;
  report: ReportFailure;
}

type Read<Value> = (lists: ListReads) => Promise<Value>;

/** Lists of Postgres and its standbys. A bookmark is a position in the log that these replay. */
export function postgresLists(given: PostgresLists): ReplicatedLists {
  const readSince =
    given.replica === null ? alone(given.primary) : replicated(given, given.replica);
  return {
    async readSince(bookmark, read) {
      try {
        return await readSince(bookmark, read);
      } catch (error) {
        throw toldError(error, isPostgresOutage);
      }
    },
  };
}

function alone(primary: PostgresSession): ReplicatedLists["readSince"] {
  const lists = postgresReads(primary);
  return async (_, read) => ({ value: await read(lists), bookmark: null });
}

function replicated(
  { primary, now, onAnswered, report }: PostgresLists,
  replica: PostgresSession,
): ReplicatedLists["readSince"] {
  let restsUntil = 0;

  const ofPrimary = <Value>(read: Read<Value>, by: AnsweredBy): Promise<ReadSince<Value>> => {
    onAnswered(by);
    return primary.run(async (client) => {
      const value = await read(postgresReads(sessionOn(client)));
      // The page is there, and a reader without a bookmark is answered by the primary again.
      const bookmark = await readPrimaryPosition(client).catch(() => null);
      return { value, bookmark };
    });
  };

  /** "behind": it has not come as far. "away": it did not answer, or not in time. */
  const ofReplica = async <Value>(read: Read<Value>, position: string) => {
    try {
      const look = replica.run((client) =>
        readReached(client, position, () => read(postgresReads(sessionOn(client)))),
      );
      return (await withDeadline(look, limits.replicaAnswerMsMax)) ?? "behind";
    } catch (error) {
      if (error instanceof BallotsArchived) throw error;
      // Whatever else it refuses, the primary may answer: services that replicate by other means have
      // no such positions. A fault of ours the primary meets too.
      report("database.replica_away", error);
      restsUntil = now() + limits.replicaRestMs;
      return "away";
    }
  };

  return async (bookmark, read) => {
    if (bookmark === null || !positionPattern.test(bookmark))
      return ofPrimary(read, "primary_no_bookmark");
    if (now() < restsUntil) return ofPrimary(read, "primary_away");
    // After a rest one reader tries it for all.
    if (restsUntil > 0) restsUntil = now() + limits.replicaRestMs;
    const found = await ofReplica(read, bookmark);
    if (found !== "away") restsUntil = 0;
    if (found === "behind" || found === "away") return ofPrimary(read, `primary_${found}`);
    onAnswered("replica");
    return { value: found.value, bookmark: found.position };
  };
}
