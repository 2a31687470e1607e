import { createClient, type Client } from "../../../../src/client/client.ts";

/** A client of an instance that answers so; paths are those after the API's version. */
export function clientOf(answer: (url: URL) => unknown): Client {
  return createClient({
    origin: "http://fake",
    fetch: async ({ pathname, search }, { method }) => {
      if (method !== "GET") throw new Error("verify changes nothing");
      const url = new URL(`${pathname.replace("/api/v1", "")}${search}`, "http://fake");
      const text = JSON.stringify(answer(url));
      return { status: 200, headers: new Headers(), text: async () => text };
    },
  });
}
