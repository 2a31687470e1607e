import { columnName } from "../../../roll/csv-line.ts";

/** What of a roll a column of the organiser's file may hold. */
export const rollFields = ["voterId", "region", "weight", "name"] as const;
export type RollField = (typeof rollFields)[number];

/** Which column holds what, by its index from 0; null where none does. */
export type ColumnMapping = Readonly<Record<RollField, number | null>>;

export const noMapping: ColumnMapping = { voterId: null, region: null, weight: null, name: null };

/** Words of headings in the six languages of the site, and German, as `columnName` spells them. */
const headingWords: Readonly<Record<RollField, readonly string[]>> = {
  voterId: wordsOf(`
    voter_id voter member_id member_number membership_number member_no
    membership_no id member identifier personal_number employee_id email
    mitgliedsnummer mitglieds_nr mitgliedsnr wählernummer personalnummer
    identifiant numéro_d_électeur numéro_électeur n_électeur numéro_d_adhérent
    numéro_de_membre matricule électeur e_mail e_mail_address
    id_votante número_de_socio n_de_socio número_de_votante identificador
    votante dni socio
    номер_избирателя номер_члена идентификатор избиратель номер табельный
    رقم_الناخب رقم_العضو رقم_العضوية المعرف معرف رقم_الهوية رقم
    选民编号 会员编号 会员号 选民号 编号 工号 身份证号 證號 編號`),
  region: wordsOf(`
    region district constituency ward chamber state country area
    wahlkreis bezirk kammer kanton gebiet land region_code
    région circonscription canton collège chambre département pays
    región distrito circunscripción cámara provincia país
    регион округ район палата область страна
    المنطقة منطقة الدائرة دائرة الإقليم المحافظة محافظة
    地区 选区 区域 省份 分区 組別 地區`),
  weight: wordsOf(`
    weight votes shares voting_weight voting_rights number_of_votes units
    gewicht stimmen stimmgewicht anteile stimmrechte aktien
    poids voix parts nombre_de_voix actions pondération
    peso votos acciones participaciones número_de_votos
    вес голоса доля акции число_голосов количество_голосов
    الوزن وزن الأصوات عدد_الأصوات الحصص الأسهم
    权重 票数 股份 股数 份额 權重 票數`),
  name: wordsOf(`
    name full_name display_name surname last_name family_name
    nachname vor_und_nachname vollständiger_name nom nom_complet nom_et_prénom
    nombre nombre_completo apellidos apellidos_y_nombre
    имя фио ф_и_о фамилия полное_имя
    الاسم اسم الاسم_الكامل اسم_العضو
    姓名 名字 名称 全名`),
};

function wordsOf(text: string): string[] {
  return text.trim().split(/\s+/);
}

/**
 * Guesses the columns by their headings: first whole headings, then words within them. No column is
 * taken twice.
 */
export function guessRollColumns(heading: readonly string[]): ColumnMapping {
  const names = heading.map(columnName);
  const taken = new Map<RollField, number>();
  const isFree = (at: number) => ![...taken.values()].includes(at);
  const matches = [
    (name: string, word: string) => name === word,
    (name: string, word: string) => `_${name}_`.includes(`_${word}_`),
  ];
  for (const isMatch of matches) {
    for (const field of rollFields) {
      if (taken.has(field)) continue;
      const at = firstMatch(names, headingWords[field], (name, word, index) =>
        isFree(index) ? isMatch(name, word) : false,
      );
      if (at !== null) taken.set(field, at);
    }
  }
  return { ...noMapping, ...Object.fromEntries(taken) };
}

/** The column of the word that stands first in its list, not the first column. */
function firstMatch(
  names: readonly string[],
  words: readonly string[],
  isMatch: (name: string, word: string, index: number) => boolean,
): number | null {
  for (const word of words) {
    const at = names.findIndex((name, index) => name !== "" && isMatch(name, word, index));
    if (at !== -1) return at;
  }
  return null;
}

/** Whether the first row names columns: a row of voters has no heading's words in it. */
export function looksLikeHeading(firstRow: readonly string[]): boolean {
  const { voterId, region, weight, name } = guessRollColumns(firstRow);
  if ([voterId, region, weight, name].some((at) => at !== null)) return true;
  return firstRow.length > 0 && firstRow.every((field) => !/\d|@/.test(field) && field !== "");
}
