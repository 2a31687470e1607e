import type { ReceiptKeys } from "../../auth/receipt-keys.ts";
import type { CastOutcome } from "../../ballot/cast-many.ts";
import type { CastRequest } from "../../ballot/voter.ts";
import type { Admission } from "../../ports/admission.ts";
import type { ShardFailure } from "../../ports/ballots.ts";
import { limits } from "../../shared/limits.ts";
import { utf8Bytes } from "../../shared/utf8-bytes.ts";
import type { Meter } from "../../telemetry/metrics/meter.ts";
import { meterVotes } from "../metering/meter-votes.ts";
import { admitVoter } from "../middleware/admission.ts";
import { ballotMessageSchema } from "../contract/ballot-socket.ts";
import { Problem, toProblemMessage } from "../problem.ts";
import { castRequestOf } from "../requests/cast-request.ts";
import { parseInput } from "../requests/validation.ts";
import { isCounted, viewSignedReceipt, voteProblemCode } from "../responses/view-vote-outcome.ts";
import type { SocketVoter } from "../../ports/socket-voter.ts";
import { numberOf, parseMessage } from "./read-message.ts";
import { ballotCloseCodes, type BallotClose } from "./close-codes.ts";

/** What answers a socket's messages: the same as answers a voter's requests. */
export interface MessageDependencies {
  admission: Admission;
  receipts: ReceiptKeys;
  meter: Pick<Meter, "count">;
  /** The outcome of one request, durable where it is accepted. Never throws. */
  cast(request: CastRequest): Promise<CastOutcome | ShardFailure>;
  now(): number;
}

/** What a message is answered with, if with anything, and whether the socket ends with that. */
export interface MessageAnswer {
  text: string | null;
  close: BallotClose | null;
}

/** Answers one message of a voter. Never throws a refusal: it is the answer. */
export async function answerMessage(
  deps: MessageDependencies,
  voter: SocketVoter,
  message: string | ArrayBuffer,
): Promise<MessageAnswer> {
  if (typeof message !== "string") return ending(ballotCloseCodes.notText);
  const isTooBig = message.length > limits.voteBytesMax || utf8Bytes(message) > limits.voteBytesMax;
  if (isTooBig) return ending(ballotCloseCodes.tooBig);
  const read: { id: number | null } = { id: null };
  try {
    const receipt = await castMessage(deps, voter, message, read);
    return { text: JSON.stringify({ type: "receipt", id: read.id, ...receipt }), close: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const text = JSON.stringify({ type: "problem", id: read.id, ...toProblemMessage(error) });
    return { text, close: closeAfter(error) };
  }
}

function ending(close: BallotClose): MessageAnswer {
  return { text: null, close };
}

/**
 * As a request with the same token would be taken.
 * @param read is told the message's number once that is known
 * @throws {Problem} every refusal of a vote
 */
async function castMessage(
  deps: MessageDependencies,
  { grant, expiresAt, manifest }: SocketVoter,
  message: string,
  read: { id: number | null },
) {
  const now = deps.now();
  const sent = tryParse(message);
  if (!(sent instanceof Problem)) read.id = numberOf(sent);
  if (expiresAt <= now) throw new Problem("token.expired");
  // What can't be read is counted too: the shard has one thread for all.
  await admitVoter(deps, grant);
  if (sent instanceof Problem) throw sent;
  const { id: _, vote, ...asked } = parseInput("json", ballotMessageSchema, sent);
  const outcome = await deps.cast(castRequestOf(manifest, grant, { ...asked, choice: vote }, now));
  meterVotes(deps.meter, manifest, [outcome]);
  if (!isCounted(outcome)) throw new Problem(voteProblemCode(outcome));
  const receipt = viewSignedReceipt(outcome.receipt, deps.receipts);
  return { replayed: outcome.kind === "repeated", receipt };
}

function tryParse(message: string): unknown {
  try {
    return parseMessage(message);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

/** Who is refused for the token or the rate opens another socket, which is counted. */
function closeAfter({ code }: Problem): BallotClose | null {
  if (code === "rate.exceeded") return ballotCloseCodes.later;
  if (code === "token.expired" || code === "token.superseded") return ballotCloseCodes.policy;
  return null;
}
