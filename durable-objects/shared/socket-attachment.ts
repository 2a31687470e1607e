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
  noteAttachment(socket, change);
  writeAttachment(socket);
}

/** The same for as long as the object is in memory: it has to be written before that sleeps. */
export function noteAttachment(socket: AttachedSocket, change: Partial<Attachment>): void {
  known.set(socket, { ...attachmentOf(socket), ...change });
}

export function writeAttachment(socket: AttachedSocket): void {
  socket.serializeAttachment(attachmentOf(socket));
}

/** Reading and writing what the runtime keeps costs more than a message to the socket. */
const known = new WeakMap<AttachedSocket, Attachment>();

function attachmentOf(socket: AttachedSocket): Attachment {
  // Written here alone.
  const attachment =
    known.get(socket) ?? (socket.deserializeAttachment() as Attachment | null) ?? nothing;
  known.set(socket, attachment);
  return attachment;
}
