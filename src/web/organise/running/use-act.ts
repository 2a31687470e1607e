import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ApiDecision } from "../../contract.ts";

/**
 * Does something to a decision that answers with it as it stands then; it is shown at once, and all
 * else that was read of it is read again.
 */
export function useAct<Input = void>(
  decisionId: string,
  act: (input: Input) => Promise<ApiDecision>,
  onDone: () => void = () => {},
) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (decision) => {
      queryClient.setQueryData(["decision", decisionId], decision);
      onDone();
    },
    // Also where it was refused: what is shown may be behind.
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["decision", decisionId] }),
  });
}
