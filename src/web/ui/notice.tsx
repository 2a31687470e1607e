import type { ReactNode } from "react";

export type NoticeProps = {
  title: ReactNode;
  /** What to do next: a sentence, a button. */
  children?: ReactNode;
  /** Something went wrong, and screen readers say it at once. */
  isProblem?: boolean;
};

/** A calm box that says what is the case and what to do next. */
export function Notice({ title, children, isProblem = false }: NoticeProps) {
  return (
    <div className="notice" role={isProblem ? "alert" : "status"}>
      <p className="notice-title">{title}</p>
      {children}
    </div>
  );
}
