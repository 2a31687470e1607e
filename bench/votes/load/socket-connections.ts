import { openConnection, type Connection, type HttpAnswer } from "./connection.ts";
import type { LoadJob } from "./load-job.ts";
import type { PreparedRequest } from "./prepare-requests.ts";

type Done = (answer: HttpAnswer | Error) => void;
type SocketAnswer = { type: string; id: number | null; problem?: { status: number } };

/** Makes the connections of a run: each of its own, or all on one socket. */
export function connectorOf({ origin, way = "requests" }: LoadJob): () => Connection {
  if (way === "requests") return () => openConnection(origin);
  if (way === "voters' sockets") return () => voterSockets(origin);
  const shared = stationSocket(origin);
  return () => shared;
}

/** A socket a vote, as a voter who votes once has it: the upgrade, the vote and its answer. */
function voterSockets(origin: string): Connection {
  return {
    send: (request, done) => {
      // Written by `prepareRequests`.
      const { decision_id, ...vote } = JSON.parse(request.body ?? "") as { decision_id: string };
      const socket = openSocket(origin, `/api/v1/decisions/${decision_id}/ballot-socket`, request);
      let answer: HttpAnswer | Error = new Error("the socket ended without an answer");
      socket.addEventListener("open", () => socket.send(JSON.stringify({ id: 0, ...vote })));
      socket.addEventListener("message", ({ data }) => {
        const body = String(data);
        answer = { status: statusOf(JSON.parse(body) as SocketAnswer), body };
        socket.close();
        done(answer);
      });
      socket.addEventListener("close", () => {
        if (answer instanceof Error) done(answer);
      });
    },
    close: () => Promise.resolve(),
  };
}

/** The code that a station's socket ends with once it has taken its share. */
const spent = 1001;

/** One socket for all: what is on its way at once is told apart by number. */
function stationSocket(origin: string): Connection {
  const waiting = new Map<number, { text: string; done: Done }>();
  let socket: WebSocket | null = null;
  let isOpen = false;
  let sent = 0;

  const open = (request: PreparedRequest): WebSocket => {
    const opened = openSocket(
      origin,
      request.path.replace(/votes\/batch$/, "station-socket"),
      request,
    );
    opened.addEventListener("open", () => {
      isOpen = true;
      for (const { text } of waiting.values()) opened.send(text);
    });
    opened.addEventListener("message", ({ data }) => {
      const body = String(data);
      const answer = JSON.parse(body) as SocketAnswer;
      if (answer.id === undefined || answer.id === null) return;
      const one = waiting.get(answer.id);
      waiting.delete(answer.id);
      one?.done({ status: statusOf(answer), body });
    });
    opened.addEventListener("close", ({ code }) => {
      isOpen = false;
      socket = null;
      // Another is as good: what had no answer is sent again when it opens.
      if (code === spent && waiting.size > 0) {
        socket = open(request);
        return;
      }
      for (const { done } of waiting.values()) done(new Error(`the socket ended with ${code}`));
      waiting.clear();
    });
    return opened;
  };

  return {
    send: (request, done) => {
      socket ??= open(request);
      sent += 1;
      const text = `{"id":${sent},${(request.body ?? "").slice(1)}`;
      waiting.set(sent, { text, done });
      if (isOpen) socket.send(text);
    },
    close: () => {
      if (waiting.size === 0) socket?.close();
      return Promise.resolve();
    },
  };
}

/** The credential goes where a browser puts it. */
function openSocket(origin: string, path: string, { headers }: PreparedRequest): WebSocket {
  const url = new URL(path, origin);
  url.protocol = "ws:";
  const bearer = headers[headers.indexOf("authorization") + 1] ?? "";
  return new WebSocket(url, ["enviro-ballot.v1", bearer.replace("Bearer ", "bearer.")]);
}

function statusOf({ type, problem }: SocketAnswer): number {
  if (type === "receipt") return 201;
  return problem?.status ?? 200;
}
