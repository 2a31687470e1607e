import type { SessionRecord } from "../auth/session.ts";

/** `full`: there are too many. `revoked`: the key that it was to rest on is no longer there. */
export type SessionReply = "begun" | "full" | "revoked";

/** Sessions of signed-in people. What was ended is found by nobody from then on, everywhere. */
export interface Sessions {
  /** Keeps a session, and ends the one that it takes the place of. */
  begin(session: SessionRecord, replaced: string | null): Promise<SessionReply>;
  /** A session that was not ended; whether its time is over is for the asker to see. */
  find(sessionId: string): Promise<SessionRecord | null>;
  end(sessionId: string): Promise<void>;
}
