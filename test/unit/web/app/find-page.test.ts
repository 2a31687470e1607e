import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Route, Router, Switch } from "wouter";
import { findPage } from "../../../../src/web/app/find-page.ts";
import { pageRoutes } from "../../../../src/web/app/routes.ts";

/** The pattern that wouter finds for a path; empty where it finds none. */
function foundByWouter(path: string): string {
  const routes = pageRoutes.map(({ path: pattern }) =>
    createElement(Route, { key: pattern, path: pattern }, pattern),
  );
  const children = createElement(Switch, null, routes);
  return renderToStaticMarkup(createElement(Router, { ssrPath: path, children }));
}

test.each([
  "/",
  "//",
  "/decisions/x",
  "/decisions/x/",
  "/decisions/x//",
  "/Decisions/x",
  "/decisions//x",
  "//decisions/x",
  "/decisions/x/VOTES",
  "/decisions/x/votes/y",
  "/decisions/%C3%A9/ballot",
  "/decisions/%/ballot",
  "/decisions",
  "/verify/",
  "/Verify",
  "/docs/api",
  "/docs//api",
  "/organise",
  "/organise/",
  "/organise/decisions/x",
  "/organised",
])("the Worker shows at %s what the browser shows there", (path) => {
  expect(findPage(path)?.route.path ?? "").toBe(foundByWouter(path));
});
