import { readFileSync } from "node:fs";
import { expect } from "vitest";

interface Payload {
  required: string[];
  properties: Record<string, { const?: string }>;
}

const { components } = JSON.parse(readFileSync("docs/asyncapi.json", "utf8")) as {
  components: { messages: Record<string, { payload: Payload }> };
};

/** Holds a socket's answer, if there is one, against the AsyncAPI document's messages of these names. */
export function expectDescribed(answer: unknown, names: readonly string[]): void {
  if (typeof answer !== "object" || answer === null) return;
  const type: unknown = Reflect.get(answer, "type");
  const payloads = names.flatMap((name) => components.messages[name]?.payload ?? []);
  const meant = payloads.find(({ properties }) => properties["type"]?.const === type);
  expect(Object.keys(answer).toSorted()).toEqual(meant?.required.toSorted());
  expect(Object.keys(meant?.properties ?? {}).toSorted()).toEqual(meant?.required.toSorted());
}
