import { exports } from "cloudflare:workers";
import { expectDocumented } from "./documented.ts";

/** Sends bytes as they are, in chunks without a stated length or whole with one. */
export async function sendBytes(
  path: string,
  key: string,
  bytes: Uint8Array,
  how: "with-length" | "chunked",
): Promise<Response> {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const request = { method: "POST", headers };
  const url = `https://enviro.example${path}`;
  const stated = { ...headers, "content-length": String(bytes.byteLength) };
  const sent =
    how === "chunked"
      ? new Request(url, { ...request, body: inChunks(bytes) })
      : new Request(url, { ...request, headers: stated, body: bytes });
  const response = await exports.default.fetch(sent);
  await expectDocumented(sent, response);
  return response;
}

function inChunks(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let from = 0;
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(bytes.slice(from, from + 1_000));
      from += 1_000;
      if (from >= bytes.byteLength) controller.close();
    },
  });
}
