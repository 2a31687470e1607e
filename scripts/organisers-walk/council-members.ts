/** The chambers of the walk's council, by the codes of the template, with their members. */
export const councilChambers = [
  { code: "A", name: "Municipalities", members: 400, yesPercent: 78 },
  { code: "B", name: "Farmers and foresters", members: 350, yesPercent: 64 },
  { code: "C", name: "Nature and fishery", members: 250, yesPercent: 86 },
] as const;

const firstNames =
  "Ana Benoît Chidi Dorota Elif Farid Greta Hana Ivo Jun Kofi Leyla Mateo Nadia Oskar Priya Quentin Rosa Samir Thea Uma Viktor Wanda Xenia Yusuf".split(
    " ",
  );
const lastNames =
  "Adeyemi Bakker Costa Dubois Eriksen Fischer García Haddad Ito Jensen Kowalski Lima Meyer Novak Okafor Popescu Quiroga Rossi Silva Tanaka Ueda Varga Weber Xu Yılmaz Zielinski Andersen Bianchi Cohen Diallo Evans Ferreira Gruber Horvat Iversen Janssen Kaya Larsen Moreau Nielsen".split(
    " ",
  );

export interface CouncilMember {
  voterId: string;
  chamber: string;
  name: string;
  street: string;
  /** What the member votes; null where the member stays away. */
  vote: "yes" | "no" | "abstain" | null;
}

/** Makes the council's 1,000 members, the same ones each time. */
export function makeCouncilMembers(): CouncilMember[] {
  return councilChambers.flatMap(({ code, members, yesPercent }, chamber) =>
    Array.from({ length: members }, (_, place) => {
      const number = councilChambers.slice(0, chamber).reduce((sum, each) => sum + each.members, 0);
      const index = number + place;
      const first = firstNames[index % firstNames.length] ?? "";
      const last = lastNames[Math.floor(index / firstNames.length)] ?? "";
      return {
        voterId: `M-${String(index + 1).padStart(4, "0")}`,
        chamber: code,
        name: `${first} ${last}`,
        street: `Mill Lane ${(index % 90) + 1}`,
        vote: voteOf(index, yesPercent),
      };
    }),
  );
}

/** Every third member votes, spread over the chamber as it is inclined. */
function voteOf(index: number, yesPercent: number): CouncilMember["vote"] {
  if (index % 3 !== 0) return null;
  if (index % 20 === 0) return "abstain";
  return (index * 37) % 100 < yesPercent ? "yes" : "no";
}

/** The file that a clerk has: who may vote, and where letters go. */
export function councilFile(members: readonly CouncilMember[]): string {
  const rows = members.map(({ voterId, chamber, name, street }) =>
    [voterId, chamber, name, street, "FD1 4AB", "Ford"].join(","),
  );
  return `member number,chamber,name,street,postcode,city\r\n${rows.join("\r\n")}\r\n`;
}
