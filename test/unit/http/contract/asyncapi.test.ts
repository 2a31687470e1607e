import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { resultDeltaSchema, resultSchema } from "../../../../src/http/contract/results.ts";
import * as contract from "../../../../src/http/contract/ballot-socket.ts";

// AsyncAPI 3.0.0: what a reader of docs/asyncapi.json relies on.

type Node = { [name: string]: unknown };
const document = JSON.parse(readFileSync("docs/asyncapi.json", "utf8")) as Node;

function at(pointer: string): unknown {
  const steps = pointer.replace(/^#\//, "").split("/");
  return steps.reduce<unknown>((node, step) => (node as Node | undefined)?.[step], document);
}

/** Everything in the document that is named `name`, wherever it stands. */
function everything(name: string, node: unknown = document): unknown[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => [
    ...(key === name ? [value as unknown] : []),
    ...everything(name, value),
  ]);
}

function addressOf(channel: string): unknown {
  return at(`#/channels/${channel}/address`);
}

describe("the AsyncAPI document", () => {
  it("names the paths of the routes, with their parameters", () => {
    expect(document["asyncapi"]).toBe("3.0.0");
    expect(Object.keys(document["channels"] as Node)).toEqual(["ballotSocket", "stationSocket"]);
    expect(addressOf("ballotSocket")).toBe(contract.openBallotSocketRoute.path);
    expect(addressOf("stationSocket")).toBe(contract.openStationSocketRoute.path);
    for (const channel of Object.values(document["channels"] as Record<string, Node>))
      expect(Object.keys(channel["parameters"] as Node)).toEqual(["decisionId"]);
    const { description } = document["info"] as { description: string };
    expect(description).toContain(contract.ballotProtocol);
    expect(description).toContain(`\`${contract.bearerProtocolPrefix}<credential>\``);
  });

  it("refers to nothing that it does not have", () => {
    const refs = everything("$ref") as string[];
    expect(refs.length).toBeGreaterThan(15);
    expect(refs.filter((ref) => at(ref) === undefined)).toEqual([]);
  });

  it("says of what is sent to the server what the server reads it by", () => {
    const schemas = { vote: contract.ballotMessageSchema, votes: contract.stationMessageSchema };
    for (const [name, schema] of Object.entries(schemas)) {
      const { $schema: _, ...expected } = z.toJSONSchema(schema, { io: "input" });
      expect(at(`#/components/schemas/${name}`)).toEqual(expected);
      const examples = at(`#/components/messages/${name}/examples`) as { payload: unknown }[];
      for (const { payload } of examples) expect(schema.safeParse(payload).success).toBe(true);
    }
  });

  it("says of what is told unasked what the contract says", () => {
    const { state, delta } = { state: resultSchema, delta: resultDeltaSchema };
    for (const [name, schema] of Object.entries({ state, delta })) {
      const shown = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
      const forms = everything("required", shown) as string[][];
      const required = at(`#/components/messages/${name}/payload/required`) as string[];
      for (const member of required.filter((each) => each !== "type"))
        expect(
          forms.some((form) => form.includes(member)),
          member,
        ).toBe(true);
    }
    const {
      $schema: _,
      additionalProperties: __,
      ...told
    } = z.toJSONSchema(contract.extensionMessageSchema);
    expect(told).toMatchObject({ required: ["type", "closes_at"] });
    expect(at("#/components/messages/extension/payload/required")).toEqual(told.required);
  });

  it("has each message of a channel in an operation or its reply", () => {
    const used = new Set(
      everything("messages", document["operations"]).flatMap((list) =>
        (list as { $ref: string }[]).map(({ $ref }) => $ref),
      ),
    );
    const known = Object.entries(document["channels"] as Record<string, Node>).flatMap(
      ([channel, { messages }]) =>
        Object.keys(messages as Node).map((name) => `#/channels/${channel}/messages/${name}`),
    );
    expect([...used].toSorted()).toEqual(known.toSorted());
  });
});
