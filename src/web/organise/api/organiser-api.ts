import { ApiError } from "../../../client/client-errors.ts";
import { createClient } from "../../../client/client.ts";
import type { Answer, Ask, RouteName } from "../../../client/routes.ts";
import { Refusal } from "../../api/read-api.ts";
import { isSessionOver } from "../session/is-session-over.ts";
import { sessionGate } from "../session/session-gate.ts";

/**
 * Calls a route of the API as whoever is signed in: the browser sends the session's cookie. Where
 * the session has ended, somebody is asked to sign in again, and the call is sent once more: the
 * first was refused at the door and has changed nothing.
 * @throws {Refusal} the API refused
 * @throws {NoAnswer} there was no answer in all tries
 */
export async function callApi<Name extends RouteName>(
  name: Name,
  ask: Ask<Name>,
  options: { signal?: AbortSignal } = {},
): Promise<Answer<Name>> {
  for (;;) {
    try {
      return await callOnce(name, ask, options);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const isOver = await isSessionOver(error.status, error.code);
      if (!isOver || !(await sessionGate.ask())) throw new Refusal(error.problem);
    }
  }
}

function callOnce<Name extends RouteName>(
  name: Name,
  ask: Ask<Name>,
  { signal }: { signal?: AbortSignal },
): Promise<Answer<Name>> {
  const client = createClient({
    origin: location.origin,
    fetch: (url, request) =>
      fetch(url, { ...request, credentials: "same-origin", cache: "no-store" }),
    ...(signal === undefined ? {} : { signal }),
  });
  return client.call(name, ask);
}
