import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import type { Manifest } from "../../decision/decision.ts";
import type { VotingContext } from "../../ports/decisions.ts";
import { callsMax } from "../../decision/shard-map.ts";
import { limits } from "../../shared/limits.ts";
import { utf8Bytes } from "../../shared/utf8-bytes.ts";
import { Problem, toProblemMessage } from "../problem.ts";
import { isCredentialRefused } from "../middleware/admission.ts";
import { batchRequests, readBatch } from "../requests/batch-requests.ts";
import { castAll, type CastAllDependencies } from "../routes/cast-all.ts";
import { ballotCloseCodes, type BallotClose } from "./close-codes.ts";
import { numberOf, parseMessage } from "./read-message.ts";
import type { CastVotes } from "../../ports/ballots.ts";
import type { MessageAnswer } from "./answer-message.ts";

/** What a station's messages are answered with. */
export type StationDependencies = CastAllDependencies & Pick<HttpDependencies, "report" | "tracer">;

/** A station's socket: whose it is, and what it has sent that is not answered. */
export interface Station {
  context: VotingContext;
  /** Casts the votes of a message, if need be together with those of others. */
  cast: CastVotes;
  /** Holds that the credential is still good, and its rate. @throws {Problem} where it is not */
  admit(votes: number): Promise<void>;
  unanswered: number;
  /**
   * What its messages have taken of what one request may take, the upgrade that they are part of;
   * `pending` calls are the most that those may make which are not answered.
   */
  taken: { calls: number; pending: number; votes: number };
  /** Whether another socket has to go on: what this one has taken is answered, and no more is taken. */
  isSpent: boolean;
}

/** Answers one message of a station. Never throws: a refusal is the answer. */
export async function answerStation(
  deps: StationDependencies,
  station: Station,
  message: unknown,
): Promise<MessageAnswer> {
  if (typeof message !== "string") return { text: null, close: ballotCloseCodes.notText };
  const { batchBytesMax } = limits;
  if (message.length > batchBytesMax || utf8Bytes(message) > batchBytesMax)
    return { text: null, close: ballotCloseCodes.tooBig };
  const read = { id: null as number | null, votes: 0, calls: 0 };
  try {
    const results = await castMessage(deps, station, { message, read });
    settle(station, read);
    const isOver = results.results.every((item) => "code" in item && item.code === closed);
    const head = { type: "results", id: read.id, credits: creditsOf(station) };
    const text = JSON.stringify({ ...head, ...results });
    return { text, close: isOver ? ballotCloseCodes.over : closeOf(station) };
  } catch (error) {
    settle(station, read);
    if (!(error instanceof Problem)) {
      deps.report("http.failed", error, { method: "GET", route: "station-socket" });
      return { text: null, close: ballotCloseCodes.broken };
    }
    const head = { type: "problem", id: read.id, credits: creditsOf(station) };
    return {
      text: JSON.stringify({ ...head, ...toProblemMessage(error) }),
      close: closeAfter(error) ?? closeOf(station),
    };
  }
}

/** How many votes a station may send beside those that are not answered. */
export function creditsOf({ unanswered }: Station): number {
  return limits.stationVotesUnansweredMax - unanswered;
}

const closed = "decision.closed";

/** What is known of a message so far: its number, and the credits that it has taken. */
interface ReadMessage {
  id: number | null;
  votes: number;
  /** The most that it may call of shards. */
  calls: number;
}

/** Gives back what a message took until it is answered. */
function settle(station: Station, { votes, calls }: ReadMessage): void {
  station.unanswered -= votes;
  station.taken.pending -= calls;
}

/** A message that can't be taken counts as a whole batch. @throws {Problem} every refusal of a batch */
async function castMessage(
  deps: StationDependencies,
  station: Station,
  { message, read }: { message: string; read: ReadMessage },
) {
  const { cast } = station;
  const { manifest } = station.context;
  try {
    const taken = takeMessage(station, message, read);
    await admit(station, read.votes);
    return await traceMessage(deps, manifest, () => castAll(deps, { manifest, cast, ...taken }));
  } catch (error) {
    if (read.votes === 0) await admit(station, limits.batchVotesMax);
    throw error;
  }
}

/** Of a rehearsal each message is traced; of others those that fail. */
function traceMessage<T>(
  { tracer }: StationDependencies,
  { rehearsal }: Pick<Manifest, "rehearsal">,
  cast: () => Promise<T>,
): Promise<T> {
  const isRehearsal = rehearsal === true;
  const recorded = isRehearsal ? "all" : "failures";
  const attributes = { "enviro.rehearsal": isRehearsal };
  return tracer.trace("station message", { kind: "server", recorded, attributes }, cast);
}

async function admit(station: Station, votes: number): Promise<void> {
  const { taken } = station;
  taken.votes += votes;
  const calls = taken.calls + taken.pending;
  station.isSpent ||=
    calls >= limits.stationSocketCallsMax || taken.votes >= limits.stationSocketVotesMax;
  await station.admit(votes);
}

/**
 * Reads a message and takes its credits at once, so that no more lies in memory than there are
 * credits for.
 * @throws {Problem} socket.no_credit, and what can't be read of a batch
 */
function takeMessage(station: Station, message: string, read: ReadMessage) {
  const sent = parseMessage(message);
  read.id = numberOf(sent);
  if (read.id === null) throw new Problem("body.wrong_type", idMissing);
  // What has a number is an object.
  const { id: _, ...batch } = sent as { id: number };
  const { votes, signed } = readBatch(batch);
  if (votes.length > creditsOf(station)) throw new Problem("socket.no_credit");
  const requests = batchRequests(station.context, votes, undefined);
  read.votes = votes.length;
  read.calls = callsMax(station.context.manifest.shardMap, votes.length);
  station.unanswered += votes.length;
  station.taken.pending += read.calls;
  return { requests, signed };
}

const idMissing = { errors: [{ pointer: "/id", detail: "a whole number, from 0 on" }] };

/** The end of a socket that is spent, once all that it has taken is answered. */
function closeOf(station: Station): BallotClose | null {
  return station.isSpent && station.unanswered === 0 ? ballotCloseCodes.again : null;
}

/** Whose key is good no more, or sends too much, opens another socket, which is counted. */
function closeAfter({ code }: Problem): BallotClose | null {
  if (code === "rate.exceeded") return ballotCloseCodes.later;
  return isCredentialRefused(code) ? ballotCloseCodes.policy : null;
}
