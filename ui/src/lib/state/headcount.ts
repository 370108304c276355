/** Counting people: the number, the ages among them, and who of them are known. */
import type { Code, Participant, RecordId } from '$lib/api';

interface Counted {
  headcount: number | null;
  age_bands: Record<Code, number>;
  participants: Participant[];
}

const sum = (bands: Record<Code, number>) => Object.values(bands).reduce((total, count) => total + count, 0);

/** How many have no age band yet. */
export function unassigned(form: Counted): number {
  return Math.max(0, (form.headcount ?? 0) - sum(form.age_bands));
}

/** How many are known, and how many of the headcount are not. */
export function knownAndUnknown(form: Counted): { known: number; unknown: number } {
  const known = form.participants.filter(({ youth }) => youth !== null).length;
  return { known, unknown: Math.max(0, (form.headcount ?? 0) - known) };
}

/** Sets the number; ages beyond it are taken from the band that holds most. */
export function setHeadcount(form: Counted, headcount: number): void {
  form.headcount = headcount;
  for (let beyond = sum(form.age_bands) - headcount; beyond > 0; beyond--) {
    const [largest] = Object.entries(form.age_bands).sort(([, a], [, b]) => b - a);
    if (largest) setBand(form, largest[0], largest[1] - 1);
  }
}

/** Sets how many are of one age; the number of people rises when there are more ages than people. */
export function setBand(form: Counted, band: Code, count: number): void {
  const others = Object.entries(form.age_bands).filter(([code]) => code !== band);
  form.age_bands = Object.fromEntries(count > 0 ? [...others, [band, count]] : others);
  form.headcount = Math.max(form.headcount ?? 0, sum(form.age_bands));
}

/** A tap on a band: all who are left are of this age. `false` when it is to be counted exactly instead. */
export function tapBand(form: Counted, band: Code): boolean {
  const left = unassigned(form);
  if ((form.age_bands[band] ?? 0) > 0 || left === 0) return false;
  setBand(form, band, left);
  return true;
}

/** Adds or takes out somebody known; the number rises when it was lower. */
export function toggleYouth(form: Counted, youth: RecordId): void {
  const others = form.participants.filter((participant) => participant.youth !== youth);
  const added = others.length === form.participants.length;
  form.participants = added ? [...others, { youth, unknown: null }] : others;
  form.headcount = Math.max(form.headcount ?? 0, knownAndUnknown(form).known);
}
