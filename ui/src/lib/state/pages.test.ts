import { expect, test } from 'vitest';
import { Pages } from './pages.svelte';

const rows = (from: number, count: number, total: number) =>
  Array.from({ length: Math.max(0, Math.min(count, total - from)) }, (_, index) => from + index);

test('ten thousand rows are read a page at a time, each page once', async () => {
  const asked: number[] = [];
  const pages = new Pages<number>((from, count) => {
    asked.push(from);
    return Promise.resolve({ from, total: 10_000, rows: rows(from, count, 10_000) });
  });
  await pages.restart();
  expect([pages.total, pages.count, pages.rows(0)?.length]).toEqual([10_000, 200, 50]);
  await Promise.all([pages.need(7), pages.need(7), pages.need(0)]);
  expect(asked).toEqual([0, 350]);
  expect(pages.rows(7)?.at(-1)).toBe(399);
});

test('an answer for an older filter is not taken for the newer one', async () => {
  const answers: ((total: number) => void)[] = [];
  const read = () =>
    new Promise<{ from: number; total: number; rows: number[] }>((done) =>
      answers.push((total) => done({ from: 0, total, rows: [total] })),
    );
  const pages = new Pages<number>(read);
  const older = pages.restart(read);
  const newer = pages.restart(read);
  answers[1]?.(2);
  answers[0]?.(1);
  await Promise.all([older, newer]);
  expect(pages.rows(0)).toEqual([2]);
});
