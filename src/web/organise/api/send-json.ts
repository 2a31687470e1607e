import { readProblem, Refusal } from "../../api/read-api.ts";

/**
 * Sends JSON as whoever is signed in.
 * @throws {Refusal} the API refused
 */
export async function sendJson(
  method: "POST" | "DELETE",
  path: string,
  body?: object,
): Promise<void> {
  const response = await fetch(path, {
    method,
    credentials: "same-origin",
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  if (!response.ok) throw new Refusal(await readProblem(response));
}
