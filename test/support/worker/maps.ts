import { expect } from "vitest";
import { adminKey, api } from "./api.ts";

/** What the service tells of a map that it has taken. */
export type MapBody = {
  hash: string;
  bytes: number;
  islands_left_out: number;
  missing_regions: string[];
  unknown_regions: string[];
};

export function mapPath(decisionId: string): string {
  return `/api/v1/decisions/${decisionId}/map`;
}

/** Draws the map of a draft as an organiser does. */
export async function drawMap(
  decisionId: string,
  body: object,
  query: { region_property?: string } = {},
): Promise<MapBody> {
  const path = `${mapPath(decisionId)}?${new URLSearchParams(query).toString()}`;
  const headers = { "content-type": "application/geo+json" };
  const answer = await api<MapBody>("PUT", path, { key: adminKey, body, headers });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}
