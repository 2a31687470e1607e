import type { ReactNode } from "react";

export type NoticeProps = {
  title: ReactNode;
  /** What to do next: a sentence, a button. */
  children?: ReactNode;
  /** Something went wrong, and screen readers say it at once. */
  isProblem?: boolean;
  /** It stands for the whole page, whose heading it has. */
  isPage?: boolean;
};

/** A calm box that says what is the case and what to do next. */
export function Notice({ title, children, isProblem = false, isPage = false }: NoticeProps) {
  const Title = isPage ? "h1" : "p";
  return (
    <div className="notice" role={isProblem ? "alert" : "status"}>
      <Title className="notice-title">{title}</Title>
      {children}
    </div>
  );
}
