import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import { limits } from "../../../shared/limits.ts";
import { decisionAddress } from "../../app/addresses.ts";
import type { ApiDecision } from "../../contract.ts";
import { callApi } from "../api/organiser-api.ts";
import { useLeavingQuestion } from "../form/use-leaving-question.ts";
import { checkedByFile, checkOnRoll, type CheckedVoters } from "./check-voters.ts";
import { issueBatch } from "./issue-batch.ts";
import { LinkIssuer, type Issuing } from "./issue-links.ts";
import { guessColumns, type VoterColumns } from "./voter-columns.ts";
import type { VoterTable } from "./voter-table.ts";
import { readVotersFile, type FileFault } from "./voters-file.ts";
import { votersToInvite } from "./voters-to-invite.ts";

/** How far an invitation is: a file, whom it names, and their links. All of it in this tab alone. */
export interface Invitation {
  fileName: string;
  table: VoterTable | null;
  fileFault: FileFault | null;
  columns: VoterColumns | null;
  /** How many voters are looked up already, while that goes on. */
  checking: number | null;
  checkError: unknown;
  checked: CheckedVoters | null;
  issuing: Issuing | null;
}

const nothing: Invitation = {
  fileName: "",
  table: null,
  fileFault: null,
  columns: null,
  checking: null,
  checkError: null,
  checked: null,
  issuing: null,
};

/** An invitation, and what may be done with it. */
export function useInvitation(decision: ApiDecision) {
  const [invitation, setInvitation] = useState(nothing);
  const queryClient = useQueryClient();
  const issuer = useRef<LinkIssuer | null>(null);
  const change = (members: Partial<Invitation>): void =>
    setInvitation((before) => ({ ...before, ...members }));
  const isOpenElectorate = decision.electorate === "open";

  const actions = useMemo(
    () => ({
      async chooseFile(file: File): Promise<void> {
        setInvitation(nothing);
        const read = await readVotersFile(file).catch(() => "unreadable" as const);
        if (typeof read === "string") change({ fileName: file.name, fileFault: read });
        else change({ fileName: file.name, table: read, columns: guessColumns(read.columns) });
      },
      setColumns: (columns: VoterColumns) => change({ columns, checked: null, checkError: null }),
      async check({ table, columns }: Invitation): Promise<void> {
        if (table === null || columns === null) return;
        const invited = votersToInvite(table, columns, isOpenElectorate);
        change({ checking: 0, checkError: null });
        try {
          const checked = isOpenElectorate
            ? checkedByFile(invited)
            : await checkOnRoll(invited, lookUpOn(decision.id), (checking) => change({ checking }));
          change({ checked, checking: null });
        } catch (error) {
          change({ checkError: error, checking: null });
        }
      },
      issue({ checked }: Invitation): void {
        if (checked === null) return;
        issuer.current ??= new LinkIssuer(checked.voters, limits.tokensMax, {
          issue: (voters) => issueBatch(decision.id, voters),
          linkOf: (token) => linkOf(decision.id, token),
          onChange: (issuing) => change({ issuing }),
          pause: () => new Promise((resolve) => setTimeout(resolve)),
        });
        const tellFigures = () =>
          queryClient.invalidateQueries({ queryKey: ["tokens", decision.id] });
        void issuer.current.run().finally(tellFigures);
      },
      stop: () => issuer.current?.stop(),
      startAnew(): void {
        issuer.current = null;
        setInvitation(nothing);
      },
    }),
    [decision.id, isOpenElectorate, queryClient],
  );
  useLeavingQuestion((invitation.issuing?.links.length ?? 0) > 0);
  return { invitation, actions };
}

function linkOf(id: string, token: string): string {
  return `${location.origin}${decisionAddress(id, "ballot")}#token=${token}`;
}

function lookUpOn(decisionId: string) {
  return async (voter_ids: string[]) => {
    const { voters } = await callApi("POST /api/v1/decisions/{decisionId}/eligibility", {
      path: { decisionId },
      body: { voter_ids },
    });
    return voters;
  };
}
