import { existsSync, readdirSync, readFileSync } from "node:fs";
import { formatter } from "@lingui/format-po";
import { describe, expect, it, test } from "vitest";
import linguiConfig from "../../../../lingui.config.ts";
import { languages } from "../../../../src/web/languages/languages.ts";
import { messageFaults } from "./message-faults.ts";
import { sourceMessages } from "./source-messages.ts";

const folders = readdirSync("src/web/locales");
const po = formatter();

/** The translations of a catalogue by ids, without those that are still to be made. */
async function readCatalogue(language: string, part: string) {
  const path = `src/web/locales/${language}/${part}.po`;
  if (!existsSync(path)) return [];
  const text = readFileSync(path, "utf8");
  const entries = await po.parse(text, { locale: language, sourceLocale: "en", filename: path });
  return Object.entries(entries).flatMap(([id, { message = "", translation = "" }]) =>
    translation === "" ? [] : [{ id, message, translation }],
  );
}

describe.each(["site", "organise"] as const)("the catalogues of the part %s", (part) => {
  const sources = sourceMessages(part);

  it("have sources", () => {
    expect(sources.size).toBeGreaterThan(0);
  });

  it.each(folders)("say in %s all that the sources say", async (language) => {
    const known = new Set((await readCatalogue(language, part)).map(({ id }) => id));
    expect([...sources].filter(([id]) => !known.has(id)).map(([, text]) => text)).toEqual([]);
  });
});

it.each(folders)("each message in %s fits its source and the language", async (language) => {
  const messages = [
    ...(await readCatalogue(language, "site")),
    ...(await readCatalogue(language, "organise")),
  ];
  const faults = messages.flatMap(({ message, translation }) =>
    messageFaults(language, message, translation).map((fault) => `${fault}: ${message}`),
  );
  expect(faults).toEqual([]);
});

test("each language has its catalogues, and is offered", () => {
  const tags = languages.map(({ tag }) => tag).filter((tag) => tag !== "en");
  expect(folders.toSorted()).toEqual(tags.toSorted());
  expect([...(linguiConfig.locales ?? [])].toSorted()).toEqual(tags.toSorted());
});

describe("what is wrong with a message", () => {
  const source = "{count, plural, one {<0>{name}</0> has # vote} other {{name} has # votes}}";

  it("is nothing where it fits", () => {
    const french =
      "{count, plural, one {<0>{name}</0> a # voix} many {{name} a # de voix} other {{name} a # voix}}";
    expect(messageFaults("fr", source, french)).toEqual([]);
  });

  it("is a placeholder that is lost or new", () => {
    expect(messageFaults("zh", "{a} of {b}", "{a} 共 {c}")).toEqual([
      "{b} is missing",
      "{c} is not of the source",
    ]);
    expect(messageFaults("zh", "a <0>link</0>", "一个链接")).toEqual([
      "<0> is missing",
      "</0> is missing",
    ]);
  });

  it("is a plural without a category of the language, or with another's", () => {
    const russian = "{count, plural, one {<0>{name}</0>: # голос} two {} other {# голоса}}";
    expect(messageFaults("ru", source, russian)).toEqual([
      'a plural lacks "few"',
      'a plural lacks "many"',
      'a plural has "two", which the language has not',
    ]);
  });
});
