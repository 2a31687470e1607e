/** As much of a socket as has its attachment, which outlives the object's hibernation. */
export type AttachedSocket = Pick<WebSocket, "serializeAttachment" | "deserializeAttachment">;

/** A voter, as `encodeSocketVoter` has it, a watcher's version of the results, or both. */
interface Attachment {
  voter: string | null;
  version: number | null;
}

const nothing: Attachment = { voter: null, version: null };

/** The voter of a socket that is for votes; null of any other. */
export function voterOf(socket: AttachedSocket): string | null {
  return attachmentOf(socket).voter;
}

/** The version that a socket knows that is told results; null of any other. */
export function shownVersionOf(socket: AttachedSocket): number | null {
  return attachmentOf(socket).version;
}

/** Keeps one of the two, and the other as it was. */
export function keepAttachment(socket: AttachedSocket, change: Partial<Attachment>): void {
  socket.serializeAttachment({ ...attachmentOf(socket), ...change });
}

function attachmentOf(socket: AttachedSocket): Attachment {
  // Written here alone.
  return (socket.deserializeAttachment() as Attachment | null) ?? nothing;
}
