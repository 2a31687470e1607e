import { limits } from "../../shared/limits.ts";
import {
  answerStation,
  creditsOf,
  type Station,
  type StationDependencies,
} from "./answer-station.ts";
import type { MessageAnswer } from "./answer-message.ts";
import { ballotCloseCodes, closeBack } from "./close-codes.ts";

const pong: MessageAnswer = { text: "pong", close: null };

/** Says how many votes a station may send, and answers its messages as they are counted. */
export function serveStation(deps: StationDependencies, station: Station, socket: WebSocket): void {
  const answer = async (message: unknown): Promise<void> => {
    // What comes after the server's own close, or while that waits for answers, is for nobody.
    if (socket.readyState !== WebSocket.OPEN || station.isSpent) return;
    const { text, close } = message === "ping" ? pong : await answerStation(deps, station, message);
    if (socket.readyState !== WebSocket.OPEN) return;
    if (text !== null) socket.send(text);
    // Answers that nobody reads: as many as whole batches have.
    const isBehind = socket.bufferedAmount > limits.batchBytesMax;
    const end = close ?? (isBehind ? ballotCloseCodes.later : null);
    if (end !== null) socket.close(end.code, end.reason);
  };
  socket.addEventListener("message", ({ data }) => void answer(data));
  socket.addEventListener("close", ({ code }) => closeBack(socket, code));
  socket.send(JSON.stringify({ type: "credits", credits: creditsOf(station) }));
}
