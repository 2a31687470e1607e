import { parseMap } from "../../../map/bound-map.ts";
import { geoJsonOfMap } from "../../../map/shapes-of-map.ts";
import { decisionResource } from "../../api/queries.ts";
import { readProblem, Refusal } from "../../api/read-api.ts";
import { callApi } from "../api/organiser-api.ts";
import { readAsSignedIn } from "../api/read-as-signed-in.ts";

/** Sends the map of a draft's regions. @throws {Refusal} */
export function sendMap(decisionId: string, document: unknown, property: string | null) {
  return callApi("PUT /api/v1/decisions/{decisionId}/map", {
    path: { decisionId },
    ...(property === null ? {} : { query: { region_property: property } }),
    body: document as Record<string, unknown>,
  });
}

/** Takes the map of a draft away. @throws {Refusal} */
export async function takeMapAway(decisionId: string): Promise<void> {
  await callApi("DELETE /api/v1/decisions/{decisionId}/map", { path: { decisionId } });
}

/** Gives a draft the map of another decision, where that has one. @throws {Refusal} */
export async function copyMap(fromId: string, toId: string): Promise<void> {
  const text = await readMap(fromId);
  if (text !== null) await sendMap(toId, geoJsonOfMap(parseMap(text)), null);
}

/** The text of a decision's map; null where it has none. @throws {Refusal} */
export async function readMap(decisionId: string): Promise<string | null> {
  const response = await readAsSignedIn(decisionResource(decisionId, "/map"));
  if (response.ok) return response.text();
  const problem = await readProblem(response);
  if (problem.code === "map.none") return null;
  throw new Refusal(problem);
}
