/** A list that is read a page at a time. What was read stays shown while a later answer is on its way. */
import type { Page } from '$lib/api';

type Read<Row> = (from: number, count: number) => Promise<Page<Row>>;

export class Pages<Row> {
  readonly size: number;
  total = $state.raw(0);
  /** Whether the first page was ever read. */
  ready = $state.raw(false);

  #read: Read<Row>;
  #pages = $state.raw<ReadonlyMap<number, Row[]>>(new Map());
  /** Counts the lists, so that an answer for an older filter is not taken for this one. */
  #list = 0;
  #asked = new Set<number>();

  constructor(read: Read<Row>, size = 50) {
    this.#read = read;
    this.size = size;
  }

  get count(): number {
    return Math.ceil(this.total / this.size);
  }

  rows(index: number): Row[] | undefined {
    return this.#pages.get(index);
  }

  sizeOf(index: number): number {
    return Math.min(this.size, this.total - index * this.size);
  }

  /** Starts over: with another filter, or because records changed. */
  async restart(read: Read<Row> = this.#read): Promise<void> {
    this.#read = read;
    const list = ++this.#list;
    const page = await read(0, this.size);
    if (list !== this.#list) return;
    this.#asked = new Set([0]);
    this.#pages = new Map([[0, page.rows]]);
    this.total = page.total;
    this.ready = true;
  }

  async need(index: number): Promise<void> {
    if (this.#asked.has(index)) return;
    this.#asked.add(index);
    const list = this.#list;
    const page = await this.#read(index * this.size, this.size);
    if (list === this.#list) this.#pages = new Map(this.#pages).set(index, page.rows);
  }

  forget(): void {
    this.#list++;
    this.#asked = new Set();
    this.#pages = new Map();
    this.total = 0;
    this.ready = false;
  }
}
