interface MemberChoicesProps {
  /** Where a fault of them is shown, if it is. */
  id?: string;
  members: readonly string[];
  candidates: readonly string[];
  onChange: (members: string[]) => void;
}

/** Which of the candidates are members; those that are none any more can still be taken out. */
export function MemberChoices({ id, members, candidates, onChange }: MemberChoicesProps) {
  const toggle = (member: string): void =>
    onChange(
      members.includes(member) ? members.filter((each) => each !== member) : [...members, member],
    );
  return (
    <div className="member-choices" id={id}>
      {[...new Set([...members, ...candidates])].map((member) => (
        <label key={member} className="choice-option" dir="auto">
          <input
            type="checkbox"
            checked={members.includes(member)}
            onChange={() => toggle(member)}
          />
          {member}
        </label>
      ))}
    </div>
  );
}
