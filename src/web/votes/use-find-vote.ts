import type { I18n } from "@lingui/core";
import { t as translate } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useCallback, useEffect, useRef, useState } from "react";
import { readVotesPage } from "../api/vote-queries.ts";
import { useReadApi } from "../api/read-api-context.ts";
import { formatInteger } from "../i18n/format.ts";
import { matchName } from "./match-name.ts";
import { noFilter } from "./local-rows.ts";
import { PageShelf } from "./page-shelf.ts";
import { readFragment, readWanted, type Wanted } from "./read-wanted.ts";
import type { VoteRow } from "./row-source.ts";
import type { VoteList } from "./use-vote-list.ts";

export interface FindVote {
  active: number | null;
  setActive: (index: number) => void;
  message: string | null;
  isBusy: boolean;
  find: (text: string) => void;
  /** Other rows are listed now: what was found is not among them. */
  forget: () => void;
}

export interface FindVoteInput {
  /** Of the decision. */
  id: string;
  /** Whether voters can be looked for by name. */
  hasNames: boolean;
  list: VoteList;
}

/** Finds a vote in the list by what somebody has typed or pasted, and moves there. */
export function useFindVote({ id, hasNames, list }: FindVoteInput): FindVote {
  const { i18n, t } = useLingui();
  const ask = useReadApi();
  const [active, setActive] = useState<number | null>(null);
  const [message, setMessage] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { source, shelf, local, setFilter } = list;
  const size = shelf?.size ?? local?.length ?? 0;

  // Whoever looks for the same name again looks for the next one who has it.
  const named = useRef<{ text: string; row: VoteRow } | null>(null);
  const show = useCallback(
    (row: VoteRow, wanted: Wanted) => {
      setFilter(noFilter);
      const index = indexOf(row, list);
      setActive(index);
      const number = formatInteger(i18n, row.number);
      const total = formatInteger(i18n, size);
      const told = (wanted.kind === "name" ? row.name : null) ?? row.hash;
      named.current = wanted.kind === "name" ? { text: wanted.text, row } : null;
      setMessage(t`Vote ${number} of ${total}: ${told}`);
    },
    [i18n, t, list, size, setFilter],
  );

  const findWanted = useCallback(
    async (wanted: Wanted) => {
      const isRepeat = wanted.kind === "name" && wanted.text === named.current?.text;
      const before = isRepeat ? (named.current?.row ?? null) : null;
      const row = await findRow(wanted, list, before);
      if (row !== null) {
        show(row, wanted);
        return;
      }
      const others = wanted.kind === "hash" ? await othersShelf(ask, id) : null;
      const other = wanted.kind === "hash" ? await others?.findHash(wanted.digits) : null;
      setMessage(
        other == null
          ? notFoundWords(i18n, wanted, list)
          : t`It is among the ballots that do not count: it was replaced or taken back.`,
      );
    },
    [list, ask, id, i18n, t, show],
  );

  const search = useCallback(
    (wanted: Wanted) => {
      setBusy(true);
      findWanted(wanted)
        .catch(() => setMessage(t`The votes could not be read. Try it again.`))
        .finally(() => setBusy(false));
    },
    [findWanted, t],
  );
  const find = useCallback(
    (text: string) => {
      if (source === null) return;
      const wanted = readWanted(text, { size, hasNames });
      if (wanted !== null) search(wanted);
      else setMessage(t`Enter a number of the list, at least six digits of a hash, or a receipt.`);
    },
    [source, size, hasNames, search, t],
  );
  useFragment({ id, size: source === null ? null : size, search });
  const forget = useCallback(() => {
    setActive(null);
    setMessage(null);
  }, []);
  return { active, setActive, message, isBusy, find, forget };
}

interface FragmentInput {
  id: string;
  /** Of the list; null until it is there. */
  size: number | null;
  search: (wanted: Wanted) => void;
}

/**
 * Searches what the link's fragment names, which is sent to nobody. It is followed once, whatever
 * that came to: it stands in the address while somebody goes on.
 */
function useFragment({ id, size, search }: FragmentInput): void {
  const followed = useRef("");
  useEffect(() => {
    const link = `${id}${location.hash}`;
    if (size === null || followed.current === link) return;
    followed.current = link;
    const wanted = readFragment(location.hash, size);
    if (wanted !== null) search(wanted);
  }, [id, size, search]);
}

function notFoundWords(i18n: I18n, wanted: Wanted, { shelf, local }: VoteList): string {
  if (wanted.kind === "name") {
    const { text } = wanted;
    return shelf?.hasFewPages === false
      ? translate(i18n)`The list is too long to look for names in it here: download it.`
      : translate(i18n)`No name in this list has “${text}” in it.`;
  }
  const size = shelf?.size ?? local?.length ?? 0;
  const total = formatInteger(i18n, size);
  if (wanted.kind !== "hash") {
    const number = formatInteger(i18n, wanted.number);
    return translate(i18n)`There is no vote ${number}: the list ends with vote ${total}.`;
  }
  return /^\d{1,9}$/.test(wanted.digits)
    ? translate(i18n)`The list ends with vote ${total}, and no hash begins with these digits.`
    : translate(
        i18n,
      )`No vote of this decision has this hash, neither among those that count nor among the others.`;
}

/** The row of the whole list that is looked for: of a name, the first after `before`, or of all. */
async function findRow(
  wanted: Wanted,
  { shelf, local }: VoteList,
  before: VoteRow | null,
): Promise<VoteRow | null> {
  if (wanted.kind === "name") {
    const isWanted = matchName(wanted.text);
    if (shelf !== null) {
      if (!shelf.hasFewPages) return null;
      const next = before === null ? null : await shelf.findName(isWanted, before.number);
      return next ?? shelf.findName(isWanted, 0);
    }
    const rows = (local ?? []).filter(({ name }) => isWanted(name));
    const next = rows.findIndex(({ number }) => number === before?.number) + 1;
    return rows[next % Math.max(1, rows.length)] ?? null;
  }
  if (wanted.kind === "number") {
    const { number } = wanted;
    if (shelf === null) return local?.find((row) => row.number === number) ?? null;
    while (shelf.find(number - 1) === null) await shelf.fetch(number - 1);
    return shelf.find(number - 1);
  }
  if (wanted.kind === "beyond") return null;
  const { digits } = wanted;
  if (shelf !== null) return shelf.findHash(digits);
  return local?.find(({ hash }) => hash.startsWith(digits)) ?? null;
}

/** Where a row stands among those that are listed without a filter. */
function indexOf(row: VoteRow, { local }: VoteList): number {
  const index = local?.findIndex(({ number }) => number === row.number) ?? -1;
  return index < 0 ? row.number - 1 : index;
}

async function othersShelf(ask: ReturnType<typeof useReadApi>, id: string): Promise<PageShelf> {
  const readPage = (page: number) => readVotesPage(ask, { id, page, list: "others" });
  return new PageShelf(await readPage(1), readPage);
}
