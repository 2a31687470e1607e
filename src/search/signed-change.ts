import { limits } from "../shared/limits.ts";
import { readSignedText, signText, type LogSignature } from "../vote-log/signed-text.ts";
import { UnreadableRecord } from "../vote-log/vote-record.ts";
import {
  decodeChange,
  encodeChange,
  UnreadableChange,
  type SearchChange,
} from "./search-change.ts";

/** A change as it goes into its feed: topics and queues may be shared by mistake. */
export function signChange(signature: LogSignature, change: SearchChange): string {
  return signText(signature, encodeChange(change));
}

/**
 * The change that a text of this deployment is; null where it is none, of another deployment, or of
 * a form that this release does not know.
 */
export function readSignedChange(signature: LogSignature, text: string): SearchChange | null {
  if (text.length > limits.searchChangeCharactersMax) return null;
  try {
    return decodeChange(readSignedText(signature, text));
  } catch (error) {
    if (error instanceof UnreadableRecord || error instanceof UnreadableChange) return null;
    throw error;
  }
}
