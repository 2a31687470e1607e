import type { EngineSettings } from "../settings.ts";
import type { IndexPurpose } from "./index-names.ts";

/**
 * Languages with an analyzer of their own; `other` is for all others, and where the language is not
 * known. No word is left out of any: all that are asked for have to be there.
 */
export const analyzedLanguages = ["ar", "en", "es", "fr", "ru", "zh", "other"] as const;
export type AnalyzedLanguage = (typeof analyzedLanguages)[number];

const analysis = {
  analyzer: {
    words_ar: { type: "arabic", stopwords: "_none_" },
    words_en: { type: "english", stopwords: "_none_" },
    words_es: { type: "spanish", stopwords: "_none_" },
    words_fr: { type: "french", stopwords: "_none_" },
    words_ru: { type: "russian", stopwords: "_none_" },
    words_zh: { type: "cjk", stopwords: "_none_" },
    words_other: {
      type: "custom",
      char_filter: ["blanks"],
      tokenizer: "standard",
      filter: ["lowercase", "plain_letters"],
    },
  },
  char_filter: {
    blanks: { type: "pattern_replace", pattern: "[^\\p{L}\\p{N}\\p{M}]", replacement: " " },
  },
  filter: { plain_letters: { type: "asciifolding" } },
};

const keyword = { type: "keyword" };
const moment = { type: "date", format: "epoch_millis" };
const count = { type: "long" };
/** Words as `wordsOf` makes them, with blanks between. */
const plainWords = { type: "text", analyzer: "whitespace" };
const analyzed = {
  properties: Object.fromEntries(
    analyzedLanguages.map((language) => [
      language,
      { type: "text", analyzer: `words_${language}` },
    ]),
  ),
};

/** Raised with whatever changes below: an index of another form is filled anew. */
const form = 1;

const decisionMapping = {
  dynamic: "strict",
  _meta: { form },
  _source: { excludes: ["words"] },
  properties: {
    id: keyword,
    status: keyword,
    outcome: keyword,
    owner: keyword,
    regions: keyword,
    rule: keyword,
    /** Of the opening, in UTC. */
    year: keyword,
    opens_at: moment,
    closes_at: moment,
    closed_at: moment,
    electorate: count,
    voted: count,
    title: analyzed,
    description: analyzed,
    words: { properties: { title: plainWords, description: plainWords } },
    /** What is shown of it. */
    texts: { type: "object", enabled: false },
  },
};

const ballotMapping = {
  dynamic: "strict",
  _meta: { form },
  properties: {
    decision_id: keyword,
    vote_type: { type: "keyword", eager_global_ordinals: true },
    region: keyword,
    timestamp: moment,
    weight: count,
  },
};

/** The form of an index: what it is made with, and held against. */
export function mappingOf({ kind }: IndexPurpose): object {
  return kind === "decisions" ? decisionMapping : ballotMapping;
}

type Sizes = Pick<EngineSettings, "ballotShards" | "replicas">;

/** Settings and mapping of a new index. */
export function indexForm(purpose: IndexPurpose, { ballotShards, replicas }: Sizes): object {
  const settings =
    purpose.kind === "decisions"
      ? { number_of_shards: 1, number_of_replicas: replicas, refresh_interval: "1s", analysis }
      : {
          number_of_shards: ballotShards,
          number_of_replicas: replicas,
          refresh_interval: "30s",
          codec: "best_compression",
        };
  return { settings, mappings: mappingOf(purpose) };
}

/** Notes of the adapter's own, read by their names alone. */
export function stateForm({ replicas }: Pick<Sizes, "replicas">): object {
  return {
    settings: { number_of_shards: 1, number_of_replicas: replicas },
    mappings: { dynamic: false, properties: {} },
  };
}
