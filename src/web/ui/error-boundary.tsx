import { Trans } from "@lingui/react/macro";
import { Component, type ReactNode } from "react";
import { Notice } from "./notice.tsx";

export type ErrorBoundaryProps = {
  /** With another value what failed is tried anew: the address, say. */
  resetKey: string;
  children: ReactNode;
};

type State = { error: unknown; resetKey: string };

/** Shows what to do where a page failed, or a part of its code did not come. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, State> {
  override state: State = { error: null, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps({ resetKey }: ErrorBoundaryProps, state: State): State | null {
    return resetKey === state.resetKey ? null : { error: null, resetKey };
  }

  override render(): ReactNode {
    return this.state.error === null ? this.props.children : <PageFailure />;
  }
}

function PageFailure() {
  return (
    <Notice title={<Trans>This page could not be shown</Trans>} isProblem isPage>
      <p>
        <Trans>
          Check your connection, then load the page again. There may also be a new version of it.
          What you have sent is not lost.
        </Trans>
      </p>
      <button type="button" className="button" onClick={() => location.reload()}>
        <Trans>Load again</Trans>
      </button>
    </Notice>
  );
}
