import type { OpenApiDocument, OpenApiOperation } from "./document.ts";
import { examples } from "./examples.ts";
import { shareProblems } from "./problem-components.ts";

/** Adds what the schemas do not say: names, groups, and an example of each body. */
export function completeDocument(document: OpenApiDocument): OpenApiDocument {
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const name = `${method.toUpperCase()} ${path}`;
      operation.operationId = idOf(method, path);
      operation.tags = [tagOf(path)];
      operation.security ??= [];
      addExamples(name, operation);
    }
  }
  shareProblems(document);
  return document;
}

function idOf(method: string, path: string): string {
  const words = path.replace("/api/v1/", "").match(/\w+/g) ?? [];
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

const tagsByPath: [pattern: RegExp, tag: string][] = [
  [/well-known/, "Voting"],
  [/audit|audit-log|rebuild/, "Audit"],
  [/vot|token|eligib/, "Voting"],
  [/result|export/, "Results"],
  [/rules/, "Rules"],
  [/search|stats/, "Search"],
  [/keys/, "Keys"],
  [/service|dead-letters|uncertified|backups/, "Service"],
  [/session/, "Sessions"],
];

function tagOf(path: string): string {
  const rest = path.replace("/api/v1/", "");
  return tagsByPath.find(([pattern]) => pattern.test(rest))?.[1] ?? "Decisions";
}

/** The groups of routes, in the order of a decision's life. */
export const tags = [
  {
    name: "Decisions",
    description: "Drafting, opening and ending decisions, and their rolls and maps",
  },
  { name: "Voting", description: "Ballot tokens, votes, and who may cast them" },
  { name: "Results", description: "Figures, live and final, and exports" },
  { name: "Search", description: "Searching decisions, and counting them and their ballots" },
  { name: "Rules", description: "Evaluating figures by a rule" },
  { name: "Audit", description: "The record, what was done to it, and the database beside it" },
  { name: "Keys", description: "API keys by role" },
  { name: "Service", description: "How the deployment does, and what waits" },
  { name: "Sessions", description: "Signing in with a browser" },
];

function addExamples(name: string, operation: OpenApiOperation): void {
  const example = examples[name];
  const sent = operation.requestBody?.content?.["application/json"];
  if (sent !== undefined && example?.body !== undefined) sent.example ??= example.body;
  for (const [status, response] of Object.entries(operation.responses)) {
    const shown = response.content?.["application/json"];
    if (shown === undefined || !status.startsWith("2") || example?.answer === undefined) continue;
    shown.example ??= example.answer;
  }
}
