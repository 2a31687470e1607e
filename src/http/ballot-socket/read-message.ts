import { parseStrictly } from "../../shared/strict-json.ts";
import { ballotMessageSchema } from "../contract/ballot-socket.ts";
import { Problem } from "../problem.ts";

const numberedSchema = ballotMessageSchema.pick({ id: true }).strip();

/** @throws {Problem} body.not_json, body.too_deep, body.duplicate_key */
export function parseMessage(message: string): unknown {
  // What is not UTF-8 was decoded to U+FFFD.
  if (message.includes("\uFFFD")) throw new Problem("body.not_json");
  const parsed = parseStrictly(message);
  if ("refused" in parsed) throw new Problem(`body.${parsed.refused}`);
  return parsed.value;
}

/** The number of a message that may be wrong in all else. */
export function numberOf(sent: unknown): number | null {
  const parsed = numberedSchema.safeParse(sent);
  return parsed.success ? parsed.data.id : null;
}
