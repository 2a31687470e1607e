import { ApiError } from "../../../client/client-errors.ts";
import { createClient } from "../../../client/client.ts";
import type { Answer, Ask, RouteName } from "../../../client/routes.ts";
import { Refusal } from "../../api/read-api.ts";

/**
 * Calls a route of the API as whoever is signed in: the browser sends the session's cookie.
 * @throws {Refusal} the API refused
 * @throws {NoAnswer} there was no answer in all tries
 */
export async function callApi<Name extends RouteName>(
  name: Name,
  ask: Ask<Name>,
  { signal }: { signal?: AbortSignal } = {},
): Promise<Answer<Name>> {
  const client = createClient({
    origin: location.origin,
    fetch: (url, request) =>
      fetch(url, { ...request, credentials: "same-origin", cache: "no-store" }),
    ...(signal === undefined ? {} : { signal }),
  });
  try {
    return await client.call(name, ask);
  } catch (error) {
    throw error instanceof ApiError ? new Refusal(error.problem) : error;
  }
}
