import { messageMacs, type MessageMacs } from "../auth/message-macs.ts";
import type { LogSignature } from "../vote-log/signed-text.ts";

const purpose = "vote log/1";

/**
 * What a deployment signs its texts in the vote log with. Its keys are read with the first text:
 * where they are of no use, votes are taken all the same and wait in their shards.
 */
export function logSignature(deployment: string, keyText: string | undefined): LogSignature {
  let known: MessageMacs | null = null;
  const macs = (): MessageMacs => (known ??= messageMacs(keyText, purpose));
  return {
    deployment,
    sign: (text) => macs().sign(text),
    verify: (text, mac) => macs().verify(text, mac),
  };
}
