import { QueryClient } from "@tanstack/react-query";
import { expect, it } from "vitest";
import { outcomeQuery } from "../../../../src/web/api/queries.ts";

type Read = { version: number; final: boolean };

/** What is held after each answer of the API. */
async function heldAfter(answers: Read[]): Promise<Read[]> {
  const queryClient = new QueryClient();
  const held: Read[] = [];
  for (const answer of answers) {
    const query = outcomeQuery(async () => Response.json(answer), "weir");
    await queryClient.fetchQuery({ ...query, staleTime: 0 });
    const { version, final } = queryClient.getQueryData(query.queryKey) ?? answer;
    held.push({ version, final });
  }
  queryClient.clear();
  return held;
}

const open = (version: number) => ({ version, final: false });
const last = (version: number) => ({ version, final: true });

it("an outcome is replaced by a newer one, and by no older one", async () => {
  expect(await heldAfter([open(5), open(4), open(6)])).toEqual([open(5), open(5), open(6)]);
});

it("nothing takes back that an outcome is final", async () => {
  expect(await heldAfter([open(5), last(5), open(5)])).toEqual([open(5), last(5), last(5)]);
});
