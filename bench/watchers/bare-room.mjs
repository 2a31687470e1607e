// The least that this runtime can do to tell watchers something, by the ways that rooms tell it: an
// object's streams, which go on through the Worker, and its sockets. What a watched room of ours
// needs is compared with it.

const encoder = new TextEncoder();
/** About as long as a change of a result. */
const filling = "x".repeat(300);

export class BareRoom {
  #ctx;
  #version = 0;
  #readers = new Set();

  constructor(ctx) {
    this.#ctx = ctx;
  }

  fetch(request) {
    const { pathname } = new URL(request.url);
    if (pathname.endsWith("/socket")) return this.#openSocket();
    if (pathname.endsWith("/stream")) return this.#openStream();
    this.#version += 1;
    this.#tellAll();
    return new Response();
  }

  #text() {
    return JSON.stringify({ version: this.#version, filling });
  }

  #event() {
    return encoder.encode(`id: ${this.#version}\ndata: ${this.#text()}\n\n`);
  }

  #openSocket() {
    const { 0: theirs, 1: ours } = new WebSocketPair();
    this.#ctx.acceptWebSocket(ours);
    ours.send(this.#text());
    return new Response(null, { status: 101, webSocket: theirs });
  }

  #openStream() {
    let reader;
    const stream = new ReadableStream(
      {
        start: (controller) => {
          reader = { controller, version: -1, isWaiting: false };
          this.#readers.add(reader);
        },
        pull: () => {
          reader.isWaiting = true;
          this.#tell(reader, this.#event());
        },
        cancel: () => this.#readers.delete(reader),
      },
      { highWaterMark: 0 },
    );
    return new Response(stream, { headers: { "content-type": "text/event-stream" } });
  }

  #tell(reader, event) {
    if (!reader.isWaiting || reader.version === this.#version) return;
    reader.isWaiting = false;
    reader.version = this.#version;
    reader.controller.enqueue(event);
  }

  #tellAll() {
    const event = this.#event();
    for (const reader of this.#readers) this.#tell(reader, event);
    const text = this.#text();
    for (const socket of this.#ctx.getWebSockets()) socket.send(text);
  }
}

export default {
  async fetch(request, env) {
    const answer = await env.ROOM.get(env.ROOM.idFromName("room")).fetch(request);
    return answer.status === 101 ? answer : new Response(answer.body, answer);
  },
};
