import { describe, expect, test } from 'vitest';
import { knownAndUnknown, setBand, setHeadcount, tapBand, toggleYouth, unassigned } from './headcount';

const counted = (headcount: number | null, age_bands: Record<string, number> = {}) => ({
  headcount,
  age_bands,
  participants: [] as { youth: string | null; unknown: string | null }[],
});

describe('counting a group', () => {
  test('a tap on a band puts everybody who is left in it', () => {
    const form = counted(4);
    expect(tapBand(form, '12-15')).toBe(true);
    expect(form.age_bands).toEqual({ '12-15': 4 });
    expect(unassigned(form)).toBe(0);
  });

  test('a tap on a filled band, or with nobody left, asks for a number', () => {
    const form = counted(3, { '16-17': 3 });
    expect(tapBand(form, '16-17')).toBe(false);
    expect(tapBand(form, '18-22')).toBe(false);
    expect(form.age_bands).toEqual({ '16-17': 3 });
  });

  test('more ages than people raises the number', () => {
    const form = counted(2);
    setBand(form, '<12', 3);
    expect(form.headcount).toBe(3);
  });

  test('fewer people takes ages from the band that holds most', () => {
    const form = counted(6, { '12-15': 2, '16-17': 4 });
    setHeadcount(form, 4);
    expect(form.age_bands).toEqual({ '12-15': 2, '16-17': 2 });
    setHeadcount(form, 0);
    expect(form.age_bands).toEqual({});
  });

  test('choosing somebody known raises the number only when it was lower', () => {
    const form = counted(1);
    toggleYouth(form, 'ana');
    expect(form.headcount).toBe(1);
    toggleYouth(form, 'bo');
    expect(form.headcount).toBe(2);
    setHeadcount(form, 4);
    expect(knownAndUnknown(form)).toEqual({ known: 2, unknown: 2 });
    toggleYouth(form, 'ana');
    expect(knownAndUnknown(form)).toEqual({ known: 1, unknown: 3 });
    expect(form.headcount).toBe(4);
  });
});
