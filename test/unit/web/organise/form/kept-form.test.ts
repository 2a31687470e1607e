import { describe, expect, it } from "vitest";
import type { KeyedTexts } from "../../../../../src/web/ballot/browser-texts.ts";
import { KeptForm } from "../../../../../src/web/organise/form/kept-form.ts";

type Note = { text: string };
const isNote = (value: unknown): value is Note =>
  typeof value === "object" && value !== null && "text" in value;

function texts(): KeyedTexts {
  const kept = new Map<string, string>();
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => void kept.set(name, text),
    removeItem: (name) => void kept.delete(name),
  };
}

function noteOf(storage: KeyedTexts | null, owner = "river-keepers", form = "new") {
  return new KeptForm<Note>(storage, { owner, form }, isNote);
}

describe("a kept form", () => {
  it("is there after a reload, until it is forgotten", () => {
    const storage = texts();
    expect(noteOf(storage).keep({ text: "half a sentence" })).toBe(true);
    expect(noteOf(storage).read()).toEqual({ text: "half a sentence" });
    noteOf(storage).forget();
    expect(noteOf(storage).read()).toBeNull();
  });

  it("is its owner's alone, and each form by itself", () => {
    const storage = texts();
    noteOf(storage).keep({ text: "mine" });
    expect(noteOf(storage, "others").read()).toBeNull();
    expect(noteOf(storage, "river-keepers", "another").read()).toBeNull();
  });

  it("is nothing where what is kept is another release's, or no JSON", () => {
    const storage = texts();
    const name = "enviro-governance/form/1/river-keepers/new";
    storage.setItem(name, '{"words":"x"}');
    expect(noteOf(storage).read()).toBeNull();
    storage.setItem(name, "{");
    expect(noteOf(storage).read()).toBeNull();
  });

  it.each<[string, KeyedTexts | null]>([
    ["there is no storage", null],
    [
      "storage is refused",
      {
        getItem: () => {
          throw new Error("refused");
        },
        setItem: () => {
          throw new Error("refused");
        },
        removeItem: () => {
          throw new Error("refused");
        },
      },
    ],
  ])("says that it is not kept where %s", (_, storage) => {
    const kept = noteOf(storage);
    expect(kept.keep({ text: "x" })).toBe(false);
    expect(kept.read()).toBeNull();
    kept.forget();
  });

  it("is not kept where it is larger than any form", () => {
    expect(noteOf(texts()).keep({ text: "x".repeat(1_000_000) })).toBe(false);
  });
});
