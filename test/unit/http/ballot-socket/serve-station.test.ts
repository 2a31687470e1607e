import { describe, expect, it } from "vitest";
import type { Station } from "../../../../src/http/ballot-socket/answer-station.ts";
import { serveStation } from "../../../../src/http/ballot-socket/serve-station.ts";
import { limits } from "../../../../src/shared/limits.ts";

/** As much of a WebSocket as the server uses, with what it was given. */
class StationSocket extends EventTarget {
  readyState: number = WebSocket.OPEN;
  bufferedAmount = 0;
  readonly sent: string[] = [];
  code: number | null = null;

  send(text: string): void {
    this.sent.push(text);
  }

  close(code: number): void {
    this.readyState = WebSocket.CLOSING;
    this.code = code;
  }

  async take(data: unknown): Promise<void> {
    this.dispatchEvent(new MessageEvent("message", { data }));
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

function served() {
  const socket = new StationSocket();
  const station = {
    unanswered: 0,
    taken: { calls: 0, pending: 0, votes: 0 },
    isSpent: false,
    admit: () => Promise.resolve(),
    context: { manifest: { shardMap: [null] } },
  };
  // What comes here is refused before any of the others is needed.
  serveStation({} as never, station as unknown as Station, socket as unknown as WebSocket);
  return { socket, station };
}

describe("a station's socket that is served", () => {
  it("says its credits, and answers pings and messages", async () => {
    const { socket } = served();
    await socket.take("ping");
    await socket.take("[");
    const [credits, pong, problem] = socket.sent;
    expect(JSON.parse(credits ?? "")).toEqual({
      type: "credits",
      credits: limits.stationVotesUnansweredMax,
    });
    expect(pong).toBe("pong");
    expect(JSON.parse(problem ?? "")).toMatchObject({ type: "problem", id: null });
    expect(socket.code).toBeNull();
  });

  it("ends where nobody reads what it answers, be it pongs", async () => {
    const { socket } = served();
    socket.bufferedAmount = limits.batchBytesMax + 1;
    await socket.take("ping");
    expect(socket.code).toBe(1013);
  });

  it("takes nothing more once it has taken its share", async () => {
    const { socket, station } = served();
    station.isSpent = true;
    station.unanswered = 1;
    await socket.take("[");
    await socket.take("ping");
    expect(socket.sent).toHaveLength(1);
    expect(socket.code).toBeNull();
  });
});
