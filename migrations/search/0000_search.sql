-- The embedded index of decisions and of the ballots of certified ones. Written by hand: Drizzle has no word for virtual tables. All of it
-- can be filled again (`enviro reindex`). `round` is the rebuild that a row was last written in: finishing one removes the rows of rounds before.
--
-- Narrow rows, since a search passes over many: texts are elsewhere, and what facets count is one number. The key is the second of the opening
-- and a count behind it (src/search/embedded/d1/numbers.ts), so that its order is the one in which decisions are found.
CREATE TABLE search_decisions (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL,
  round INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  opens_at INTEGER NOT NULL,
  closed_at INTEGER,
  electorate INTEGER,
  voted INTEGER
);
--> statement-breakpoint
CREATE INDEX search_decisions_by_kind ON search_decisions (kind);
--> statement-breakpoint
-- [[language, title, description], …] as JSON, for highlights.
CREATE TABLE search_texts (number INTEGER PRIMARY KEY, texts TEXT NOT NULL);
--> statement-breakpoint
-- What decisions have in common that are counted by the same facets. Empty is none; regions are a JSON array in order.
CREATE TABLE search_kinds (
  kind INTEGER PRIMARY KEY,
  status TEXT NOT NULL,
  outcome TEXT NOT NULL,
  owner TEXT NOT NULL,
  year TEXT NOT NULL,
  regions INTEGER NOT NULL,
  UNIQUE (status, outcome, owner, year, regions)
);
--> statement-breakpoint
CREATE TABLE search_region_lists (regions INTEGER PRIMARY KEY, list TEXT NOT NULL UNIQUE);
--> statement-breakpoint
CREATE TABLE search_listed_regions (
  region TEXT NOT NULL,
  regions INTEGER NOT NULL,
  PRIMARY KEY (regions, region)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX search_listed_regions_by_region ON search_listed_regions (region, regions);
--> statement-breakpoint
-- The words of src/search/embedded/words.ts with blanks between: the tokenizer `ascii` splits at nothing else that those can hold. The texts
-- themselves are not kept here, and words are not sought as phrases.
CREATE VIRTUAL TABLE search_words USING fts5(
  titles, descriptions, content = '', contentless_delete = 1, detail = 'column', prefix = '2 3', tokenize = 'ascii'
);
--> statement-breakpoint
-- All words that stood in it since a rebuild, among which those with other letters are sought.
CREATE TABLE search_known_words (word TEXT PRIMARY KEY, round INTEGER NOT NULL) WITHOUT ROWID;
--> statement-breakpoint
-- Counted ballots of a page of a publication; the region is empty where the publication hides it. A month is `2026-11`, in UTC.
CREATE TABLE search_ballots (
  decision_id TEXT NOT NULL,
  page INTEGER NOT NULL,
  region TEXT NOT NULL,
  month TEXT NOT NULL,
  round INTEGER NOT NULL,
  yes_ballots INTEGER NOT NULL,
  no_ballots INTEGER NOT NULL,
  abstain_ballots INTEGER NOT NULL,
  PRIMARY KEY (decision_id, page, region, month)
) WITHOUT ROWID;
--> statement-breakpoint
-- One row: up to when changes are in the index (ms), the newest rebuild, and whether it is under way.
CREATE TABLE search_state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  indexed_to INTEGER,
  round INTEGER NOT NULL DEFAULT 0,
  is_rebuilding INTEGER NOT NULL DEFAULT 0
);
--> statement-breakpoint
INSERT INTO search_state (one) VALUES (1);
