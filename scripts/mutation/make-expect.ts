import { createRequire } from "node:module";
import { join } from "node:path";

type Plugin = unknown;

/** Of Vitest's own `@vitest/expect` what makes an `expect` without Vitest around it. */
interface ExpectTools {
  ASYMMETRIC_MATCHERS_OBJECT: symbol;
  GLOBAL_EXPECT: symbol;
  JestAsymmetricMatchers: Plugin;
  JestChaiExpect: Plugin;
  JestExtend: Plugin;
  setState(state: object, expect: unknown): void;
}

interface Chai {
  expect: object & ((value: unknown, message?: string) => unknown);
  use(plugin: Plugin): void;
}

/** Vitest's `expect`, made of what stands in the tools' folder. */
export function makeExpect(toolsFolder: string): unknown {
  const require = createRequire(join(toolsFolder, "package.json"));
  // What these packages export.
  const tools = require("@vitest/expect") as ExpectTools;
  const chai = require("chai") as Chai;
  for (const part of [tools.JestExtend, tools.JestChaiExpect, tools.JestAsymmetricMatchers]) {
    chai.use(part);
  }
  const expect = (value: unknown, message?: string) => chai.expect(value, message);
  const matchers: unknown = Reflect.get(globalThis, tools.ASYMMETRIC_MATCHERS_OBJECT);
  Object.assign(expect, chai.expect, matchers);
  tools.setState({ assertionCalls: 0 }, expect);
  Reflect.set(globalThis, tools.GLOBAL_EXPECT, expect);
  return expect;
}
