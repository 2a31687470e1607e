-- The embedded index of decisions and of the ballots of certified ones. Written by hand: Drizzle has no word for virtual tables. All of it
-- can be filled again (`enviro reindex`). `round` is the rebuild that a row was last written in: finishing one removes the rows of rounds before.
CREATE TABLE found_decisions (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL,
  round INTEGER NOT NULL,
  status TEXT NOT NULL,
  outcome TEXT,
  owner TEXT,
  opens_at INTEGER NOT NULL,
  closed_at INTEGER,
  electorate INTEGER,
  voted INTEGER,
  -- [[language, title, description], …] as JSON, for highlights.
  texts TEXT NOT NULL
);
--> statement-breakpoint
CREATE INDEX found_decisions_by_opening ON found_decisions (opens_at DESC, id DESC);
--> statement-breakpoint
CREATE TABLE found_regions (
  number INTEGER NOT NULL,
  region TEXT NOT NULL,
  PRIMARY KEY (number, region)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX found_regions_by_region ON found_regions (region);
--> statement-breakpoint
-- The words of src/search/embedded/words.ts with blanks between: the tokenizer `ascii` splits at nothing else that those can hold. The texts
-- themselves are not kept here, and words are not sought as phrases.
CREATE VIRTUAL TABLE found_words USING fts5(
  titles, descriptions, content = '', contentless_delete = 1, detail = 'column', prefix = '1 2 3', tokenize = 'ascii'
);
--> statement-breakpoint
-- All words that stood in it since a rebuild, among which those with other letters are sought.
CREATE TABLE known_words (word TEXT PRIMARY KEY, round INTEGER NOT NULL) WITHOUT ROWID;
--> statement-breakpoint
-- Counted ballots of a page of a publication; the region is empty where the publication hides it. A month is `2026-11`, in UTC.
CREATE TABLE counted_ballots (
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
CREATE TABLE index_state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  indexed_to INTEGER,
  round INTEGER NOT NULL DEFAULT 0,
  is_rebuilding INTEGER NOT NULL DEFAULT 0
);
--> statement-breakpoint
INSERT INTO index_state (one) VALUES (1);
