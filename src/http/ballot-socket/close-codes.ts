/** Why the server ends a socket (RFC 6455, 7.4). */
export const ballotCloseCodes = {
  /** The decision takes no votes any more. */
  over: { code: 1000, reason: "voting is over" },
  /** A station's socket has taken its share; another is as good. */
  again: { code: 1001, reason: "open another socket" },
  /** A message that is no text. */
  notText: { code: 1003, reason: "send text" },
  /** What the socket was opened with is good no more. */
  policy: { code: 1008, reason: "open another socket with a new token" },
  tooBig: { code: 1009, reason: "the message is too big" },
  /** Something broke here; it has been reported. */
  broken: { code: 1011, reason: "something broke on our side" },
  later: { code: 1013, reason: "try again later" },
} as const;

export type BallotClose = (typeof ballotCloseCodes)[keyof typeof ballotCloseCodes];

/** Codes that stand for a close and can't be sent, but by who breaks the rules (RFC 6455, 7.4.1). */
const unsendable = new Set([1004, 1005, 1006, 1015]);

/** Answers a close with its code, where that may be sent, else with an ordinary end. */
export function closeBack(socket: WebSocket, code: number): void {
  const isSendable = code >= 1000 && code < 5000 && !unsendable.has(code);
  socket.close(isSendable ? code : 1000);
}
