import { describe, expect, it } from "vitest";
import { Bookmarks } from "../../../src/client/bookmarks.ts";
import { limits } from "../../../src/shared/limits.ts";

const list = new URL("https://enviro.example/api/v1/decisions?per_page=5");
const regional = new URL("https://enviro.example/api/v1/regions/north/results");
const get = { method: "GET", headers: { authorization: "Bearer a" } } as const;
const post = { method: "POST", headers: {} } as const;
const answer = (bookmark: string | null) => ({ headers: { get: () => bookmark } });
const sentBy = (bookmarks: Bookmarks, url: URL) => bookmarks.begin(url, get).headers;

describe("a client's bookmarks", () => {
  it("go with the next request for the same list, whatever its page, and with no other", () => {
    const bookmarks = new Bookmarks();
    bookmarks.begin(list, get).keep(answer("one"));
    const next = new URL("https://enviro.example/api/v1/decisions?after=x");
    expect(sentBy(bookmarks, next)).toEqual({ authorization: "Bearer a", "read-bookmark": "one" });
    expect(sentBy(bookmarks, regional)).toEqual(get.headers);
    bookmarks.begin(list, get).keep(answer(null));
    expect(sentBy(bookmarks, list)["read-bookmark"]).toBe("one");
  });

  it("are left out after a change, also by what was asked before it and answered later", () => {
    const bookmarks = new Bookmarks();
    bookmarks.begin(list, get).keep(answer("one"));
    const early = bookmarks.begin(list, get);
    const change = bookmarks.begin(list, post);
    const between = bookmarks.begin(list, get);
    expect(between.headers).toEqual(get.headers);
    early.keep(answer("two"));
    change.keep(answer(null));
    between.keep(answer("three"));
    expect(sentBy(bookmarks, list)).toEqual(get.headers);
  });

  it("are left out after pages of one list that came together: nobody knows which is the newer", () => {
    const bookmarks = new Bookmarks();
    bookmarks.begin(list, get).keep(answer("one"));
    const [early, late, last] = [1, 2, 3].map(() => bookmarks.begin(list, get));
    const elsewhere = bookmarks.begin(regional, get);
    late?.keep(answer("newer"));
    elsewhere.keep(answer("of another list"));
    early?.keep(answer("older"));
    last?.keep(answer("older still"));
    expect(sentBy(bookmarks, list)).toEqual(get.headers);
    expect(sentBy(bookmarks, regional)["read-bookmark"]).toBe("of another list");
    bookmarks.begin(list, get).keep(answer("two"));
    expect(sentBy(bookmarks, list)["read-bookmark"]).toBe("two");
  });

  it("are as many as are bounded; the one that was kept first goes", () => {
    const bookmarks = new Bookmarks();
    const paths = Array.from(
      { length: limits.clientBookmarksMax + 1 },
      (_, index) => new URL(`https://enviro.example/${index}`),
    );
    for (const path of paths) bookmarks.begin(path, get).keep(answer("seen"));
    const kept = paths.map((path) => "read-bookmark" in sentBy(bookmarks, path));
    expect(kept).toEqual([false, ...Array<boolean>(limits.clientBookmarksMax).fill(true)]);
  });
});
