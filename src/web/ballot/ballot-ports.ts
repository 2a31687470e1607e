import type { ApiSigningKey } from "../contract.ts";
import type { KeyedTexts } from "./browser-texts.ts";
import type { SendPorts } from "./send-vote.ts";
import type { OpenSocket } from "./vote-connection.ts";

/** What a ballot needs of the browser. */
export interface BallotPorts extends SendPorts {
  /** Whether there is WebCrypto, which browsers keep for secure contexts. */
  isSecure: () => boolean;
  isOnline: () => boolean;
  /** This browser's clock, in ms. */
  now: () => number;
  /** The server's clock, in ms; null where it did not answer. */
  readServerTime: () => Promise<number | null>;
  /** Null where they can't be read now. */
  readSigningKeys: () => Promise<readonly ApiSigningKey[] | null>;
  /** Runs once no other tab of this browser runs something under the same name. */
  withLock: <Result>(name: string, run: () => Promise<Result>) => Promise<Result>;
  drawNonce: () => string;
  openSocket: OpenSocket;
  /** Null where the browser stores nothing. */
  browserTexts: () => KeyedTexts | null;
  /** The same for this tab alone, until it is closed. */
  tabTexts: () => KeyedTexts | null;
}
