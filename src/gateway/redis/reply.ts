import { ErrorReply } from "redis";

/**
 * How strings are written: as base64 where the caller asked for it, since a value may be any bytes.
 */
export type ReplyEncoding = "base64" | "text";

/** A value of Redis as JSON has it. */
export type JsonReply = string | number | null | JsonReply[];

/** A command's answer in the dialect's words. */
export type RestReply = { result: JsonReply } | { error: string };

export function toRestReply(reply: unknown, encoding: ReplyEncoding): RestReply {
  if (reply instanceof ErrorReply) return { error: reply.message };
  // The one string that the client takes as it is; inside of lists it decodes all.
  if (reply === "OK") return { result: "OK" };
  return { result: toJson(reply, encoding) };
}

function toJson(reply: unknown, encoding: ReplyEncoding): JsonReply {
  if (reply === null || reply === undefined) return null;
  if (typeof reply === "number") return reply;
  if (Array.isArray(reply)) return reply.map((each) => toJson(each, encoding));
  if (reply instanceof ErrorReply) return encode(Buffer.from(reply.message), encoding);
  if (Buffer.isBuffer(reply)) return encode(reply, encoding);
  if (typeof reply === "string") return encode(Buffer.from(reply), encoding);
  throw new TypeError("Redis answered with a type that its second protocol does not have");
}

function encode(bytes: Buffer, encoding: ReplyEncoding): string {
  return bytes.toString(encoding === "base64" ? "base64" : "utf8");
}
