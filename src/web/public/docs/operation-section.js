import { element } from "../page/element.js";
import { answerOf } from "./answer-of.js";
import { sketchOf } from "./sketch.js";
import { withCode } from "./with-code.js";

/** @import { ApiBody, ApiDocument, Operation } from "../../contract.ts" */

/**
 * One route: what it does, who may use it, what it takes, and every answer with its codes.
 * @param {{ method: string, path: string, operation: Operation }} route
 * @param {ApiDocument} api
 */
export function operationSection({ method, path, operation }, api) {
  const { operationId, summary, description = "", parameters = [], requestBody } = operation;
  return element(
    "section",
    { class: "docs-route", id: operationId },
    element("h3", {}, element("a", { href: `#${operationId}` }, ...withCode(summary))),
    element(
      "p",
      { class: "docs-line" },
      element("span", { class: "docs-method" }, method.toUpperCase()),
      element("code", {}, path),
    ),
    element("p", { class: "docs-who" }, whoMay(operation)),
    description === "" ? null : element("p", {}, ...withCode(description)),
    parameters.length === 0 ? null : parameterList(parameters),
    requestBody === undefined ? null : bodyBlock("Send", requestBody, api),
    element("h4", {}, "Answers"),
    element(
      "dl",
      { class: "docs-answers" },
      ...Object.entries(operation.responses).flatMap(([status, shown]) => {
        const answer = answerOf(shown, api);
        return [
          element("dt", {}, status),
          element(
            "dd",
            {},
            element("p", {}, ...withCode(answer.description)),
            status.startsWith("2") ? bodyBlock("", answer, api) : null,
          ),
        ];
      }),
    ),
  );
}

/** @param {Operation} operation */
function whoMay({ security = [] }) {
  if (security.length === 0) return "Public: no credential";
  const names = security.flatMap((entry) =>
    Object.entries(entry).flatMap(([scheme, roles]) => (roles.length > 0 ? roles : [scheme])),
  );
  const isOptional = security.some((entry) => Object.keys(entry).length === 0);
  const whom = names.join(", ");
  return isOptional ? `Public; drafts with a credential: ${whom}` : `With a credential: ${whom}`;
}

/** @param {NonNullable<Operation["parameters"]>} parameters */
function parameterList(parameters) {
  return element(
    "dl",
    { class: "docs-parameters" },
    ...parameters.flatMap(({ name, in: place, required = false, description = "" }) => [
      element("dt", {}, element("code", {}, name)),
      element(
        "dd",
        {},
        `${place}${required ? ", required" : ""}${description === "" ? "" : `. ${description}`}`,
      ),
    ]),
  );
}

/**
 * What a body looks like: by example where there is one, else by a sketch of its schema.
 * @param {string} title
 * @param {ApiBody} body
 * @param {ApiDocument} api
 */
function bodyBlock(title, { content = {} }, api) {
  const blocks = Object.entries(content).map(([type, { example, schema }]) => {
    const isJson = type === "application/json";
    const shown = example ?? (isJson && schema !== undefined ? sketchOf(schema, api) : undefined);
    const text = shown === undefined ? type : JSON.stringify(shown, null, 2);
    const kind = example === undefined && isJson ? "shape" : isJson ? "example" : "";
    return element(
      "figure",
      { class: "docs-body" },
      element("figcaption", {}, [title, kind].filter((word) => word !== "").join(": ") || "type"),
      element("pre", { tabindex: "0" }, element("code", {}, text)),
    );
  });
  return blocks.length === 0 ? null : element("div", {}, ...blocks);
}
