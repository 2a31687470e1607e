import { expect, test } from "vitest";
import { chooseLanguage } from "../../../../src/web/server/choose-language.ts";

const choose = (address: string) => {
  const answer = chooseLanguage(new URL(address, "https://vote.example"));
  return (
    answer && {
      status: answer.status,
      to: answer.headers.get("location"),
      cookie: answer.headers.get("set-cookie"),
    }
  );
};

test("an address with a language keeps it for a year and leads to the address without it", () => {
  expect(choose("/verify?decision=weir&language=ar")).toEqual({
    status: 303,
    to: "https://vote.example/verify?decision=weir",
    cookie: "__Host-language=ar; Path=/; Max-Age=31536000; Secure; HttpOnly; SameSite=Lax",
  });
});

test("a language that there is not is not kept", () => {
  expect(choose("/?language=tlh")).toEqual({
    status: 303,
    to: "https://vote.example/",
    cookie: null,
  });
  expect(choose("/?language=fr%3B%20Domain%3Dexample")?.cookie).toBeNull();
});

test("no address leads to another site", () => {
  expect(choose("https://vote.example//evil.example/?language=fr")?.to).toBe(
    "https://vote.example//evil.example/",
  );
});

test("any other address is a page", () => {
  expect(choose("/decisions/weir?languages=fr")).toBeNull();
});
