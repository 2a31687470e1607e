import { useLingui } from "@lingui/react/macro";
import { useCallback, useEffect, useState } from "react";
import { readVotesPage } from "../api/vote-queries.ts";
import { useReadApi } from "../api/read-api-context.ts";
import { formatInteger } from "../i18n/format.ts";
import { noFilter } from "./local-rows.ts";
import { PageShelf } from "./page-shelf.ts";
import { readWanted, type Wanted } from "./read-wanted.ts";
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

/** Finds a vote in the list by what somebody has typed or pasted, and moves there. */
export function useFindVote(id: string, list: VoteList): FindVote {
  const { i18n, t } = useLingui();
  const ask = useReadApi();
  const [active, setActive] = useState<number | null>(null);
  const [message, setMessage] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { source, shelf, setFilter } = list;

  const show = useCallback(
    (row: VoteRow, size: number) => {
      setFilter(noFilter);
      const index = indexOf(row, list);
      setActive(index);
      const number = formatInteger(i18n, row.number);
      const total = formatInteger(i18n, size);
      setMessage(t`Vote ${number} of ${total}: ${row.hash}`);
    },
    [i18n, t, list, setFilter],
  );

  const findText = useCallback(
    async (text: string) => {
      if (source === null) return;
      const size = shelf?.size ?? list.local?.length ?? 0;
      const wanted = readWanted(text, size);
      if (wanted === null) {
        setMessage(t`Enter a number of the list, at least six digits of a hash, or a receipt.`);
        return;
      }
      const row = await findRow(wanted, list);
      if (row !== null) {
        show(row, size);
        return;
      }
      const others = wanted.kind === "hash" ? await othersShelf(ask, id) : null;
      const other = wanted.kind === "hash" ? await others?.findHash(wanted.digits) : null;
      setMessage(
        other == null
          ? t`No vote of this decision has this hash, neither among those that count nor among the others.`
          : t`It is among the ballots that do not count: it was replaced or taken back.`,
      );
    },
    [source, shelf, list, ask, id, i18n, t, setFilter, show],
  );

  const find = useCallback(
    (text: string) => {
      setBusy(true);
      findText(text)
        .catch(() => setMessage(t`The votes could not be read. Try it again.`))
        .finally(() => setBusy(false));
    },
    [findText, t],
  );
  // A link to a vote names its number in the fragment, which is sent to nobody.
  useEffect(() => {
    const number = /^#vote=(\d{1,9})$/.exec(location.hash)?.[1];
    if (source !== null && number !== undefined && active === null) find(number);
  }, [source, active, find]);
  const forget = useCallback(() => {
    setActive(null);
    setMessage(null);
  }, []);
  return { active, setActive, message, isBusy, find, forget };
}

/** The row of the whole list that is looked for. */
async function findRow(wanted: Wanted, { shelf, local }: VoteList): Promise<VoteRow | null> {
  if (wanted.kind === "number") {
    const { number } = wanted;
    if (shelf === null) return local?.find((row) => row.number === number) ?? null;
    while (shelf.find(number - 1) === null) await shelf.fetch(number - 1);
    return shelf.find(number - 1);
  }
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
