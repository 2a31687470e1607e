import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { decisionResource } from "../../../../src/web/api/queries.ts";
import { decisionAddress, listAddress, verifyAddress } from "../../../../src/web/app/addresses.ts";
import { findPage } from "../../../../src/web/app/find-page.ts";
import { pageRoutes } from "../../../../src/web/app/routes.ts";
import { readWantedList } from "../../../../src/web/list/wanted-list.ts";
import { pageModules } from "../../../../src/web/server/page-modules.ts";

const pathOf = (address: string): string => new URL(address, "http://page/").pathname;
const searchOf = (address: string) => new URL(address, "http://page/").searchParams;

describe("an address", () => {
  test("of a decision is found again by its id, with all of the pages below it", () => {
    for (const id of ["un-4742", "a b&c=d", "é"]) {
      expect(findPage(pathOf(decisionAddress(id)))?.params).toEqual({ id });
      for (const page of ["ballot", "votes", "display", "certificate", "statistics"] as const) {
        const found = findPage(pathOf(decisionAddress(id, page)));
        expect(found?.route.path).toBe(`/decisions/:id/${page}`);
        expect(found?.params).toEqual({ id });
      }
    }
  });

  test("of a list says its status and where it begins", () => {
    expect(listAddress()).toBe("/");
    const wanted = { status: "closed", after: "x=/y" } as const;
    expect(readWantedList(searchOf(listAddress(wanted)))).toEqual(wanted);
  });

  test("with a status that is none shows the whole list", () => {
    expect(readWantedList(new URLSearchParams("status=haunted"))).toEqual({
      status: null,
      after: null,
    });
  });

  test("of the check may name a decision", () => {
    expect(verifyAddress()).toBe("/verify");
    expect(searchOf(verifyAddress("a&b")).get("decision")).toBe("a&b");
  });

  test("of a page is shown by a module, whose files the Worker links", () => {
    expect(Object.keys(pageModules)).toEqual(pageRoutes.map(({ path }) => path));
    for (const { path, importPage } of pageRoutes) {
      expect(existsSync(`src/web/${pageModules[path]}`), path).toBe(true);
      expect(importPage.toString(), path).toContain(pageModules[path]);
    }
  });

  test("that no page has is found nowhere", () => {
    expect(findPage("/decisions")).toBeNull();
    expect(findPage("/decisions/x/secrets")).toBeNull();
  });
});

test("an identifier can't leave its place in a resource's path", () => {
  expect(decisionResource("../keys?x", "/results")).toBe("/api/v1/decisions/..%2Fkeys%3Fx/results");
});
