import { element } from "../page/element.js";
import { read } from "../page/api.js";
import { withCode } from "./with-code.js";
import { operationSection } from "./operation-section.js";

/** @import { ApiDocument, Operation } from "../../contract.ts" */

const root = document.querySelector("main");
if (root === null) throw new Error("The page has no main element.");

/** @type {ApiDocument} */
const api = await read("/api/v1/openapi.json");
const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
);

const groups = api.tags.map(({ name }) => {
  const own = operations.filter(({ operation }) => operation.tags.includes(name));
  return { name, own };
});

root.replaceChildren(
  element("h1", {}, "The API"),
  element("p", { class: "docs-lead" }, api.info.description.replaceAll("`", "")),
  element(
    "nav",
    { "aria-label": "Routes", class: "docs-contents" },
    ...groups.map(({ name, own }) =>
      element(
        "section",
        {},
        element("h2", {}, name),
        element("ul", {}, ...own.map(({ operation }) => contentsLine(operation))),
      ),
    ),
  ),
  element("h2", { class: "docs-part" }, "Credentials"),
  element(
    "dl",
    { class: "docs-schemes" },
    ...Object.entries(api.components.securitySchemes).flatMap(([name, { description }]) => [
      element("dt", {}, name),
      element("dd", {}, `${description}.`),
    ]),
  ),
  ...groups.flatMap(({ name, own }) => [
    element("h2", { class: "docs-part" }, name),
    ...own.map((each) => operationSection(each, api)),
  ]),
);
root.removeAttribute("aria-busy");
// The browser looked for the part before it was there.
document.getElementById(location.hash.slice(1))?.scrollIntoView();

/** @param {Operation} operation */
function contentsLine({ operationId, summary }) {
  return element("li", {}, element("a", { href: `#${operationId}` }, ...withCode(summary)));
}
