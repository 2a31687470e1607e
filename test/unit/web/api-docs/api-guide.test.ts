import { describe, expect, it } from "vitest";
import { guideTo } from "../../../../src/web/api-docs/api-guide.ts";
import type { ApiDocument, Operation } from "../../../../src/web/contract.ts";

const operation: Operation = {
  operationId: "castVote",
  summary: "Cast a vote",
  tags: ["Voting"],
  responses: { "200": { description: "Counted" } },
};

/** The one route of a document that has no other. */
function guided(given: Partial<Operation>) {
  const api: ApiDocument = {
    info: { description: "An API" },
    tags: [{ name: "Voting" }, { name: "Keys" }],
    paths: { "/vote": { post: { ...operation, ...given } } },
    components: {
      responses: { "404": { description: "None: `vote.none`" } },
      securitySchemes: { apiKey: { description: "A key" } },
    },
  };
  const { groups } = guideTo(api);
  expect(groups.map(({ name, routes }) => [name, routes.length])).toEqual([
    ["Voting", 1],
    ["Keys", 0],
  ]);
  const [route] = groups[0]?.routes ?? [];
  if (route === undefined) throw new Error("the route is not in its group");
  return route;
}

describe("the guide to the API", () => {
  it("says who may use a route: anyone, some roles, or anyone and with a credential more", () => {
    const who = ({ credentials, isPublic }: ReturnType<typeof guided>) => [isPublic, credentials];
    expect(who(guided({}))).toEqual([true, []]);
    const inSession = [{ apiKey: ["admin"] }, { session: ["admin"] }, { ballotToken: [] }];
    expect(who(guided({ security: inSession }))).toEqual([false, ["admin", "ballotToken"]]);
    expect(who(guided({ security: [{ apiKey: ["admin", "organiser"] }] }))).toEqual([
      false,
      ["admin", "organiser"],
    ]);
    expect(who(guided({ security: [{}, { ballotToken: [] }] }))).toEqual([true, ["ballotToken"]]);
  });

  it("shows a body by its example, else by its shape, else by its type alone", () => {
    const schema = { properties: { vote: { type: "string" } } };
    const sent = (body: Record<string, object>) => guided({ requestBody: { content: body } }).sends;
    expect(sent({ "application/json": { schema, example: { vote: "yes" } } })).toEqual([
      { kind: "example", text: '{\n  "vote": "yes"\n}' },
    ]);
    expect(sent({ "application/json": { schema } })).toEqual([
      { kind: "shape", text: '{\n  "vote": "string"\n}' },
    ]);
    expect(sent({ "text/csv": { schema } })).toEqual([{ kind: "type", text: "text/csv" }]);
  });

  it("tells every answer, and shows the bodies of those that are no refusal", () => {
    const content = { "application/json": { example: 1 } };
    const { answers } = guided({
      responses: {
        "200": { description: "Counted", content },
        "404": { $ref: "#/components/responses/404" },
        "409": { description: "Not now", content },
      },
    });
    expect(answers).toEqual([
      { status: "200", description: "Counted", bodies: [{ kind: "example", text: "1" }] },
      { status: "404", description: "None: `vote.none`", bodies: [] },
      { status: "409", description: "Not now", bodies: [] },
    ]);
  });
});
