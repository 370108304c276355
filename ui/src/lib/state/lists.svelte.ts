/** The municipality's lists and settings. A code that no list knows is shown as it is. */
import type { Code, Configuration, ListedCode, MunicipalSettings } from '$lib/api';

class Lists {
  #configuration = $state.raw<Configuration | null>(null);

  take(configuration: Configuration): void {
    this.#configuration = configuration;
  }

  get municipality(): string {
    return this.#configuration?.municipality ?? '';
  }

  get settings(): MunicipalSettings | null {
    return this.#configuration?.settings ?? null;
  }

  /** What can be chosen from a list; what is chosen already stays among it. */
  choices(list: string, chosen: readonly Code[] = []): ListedCode[] {
    const all = this.#configuration?.lists[list] ?? [];
    const known = all.filter((listed) => listed.active || chosen.includes(listed.code));
    const unknown = chosen.filter((code) => !all.some((listed) => listed.code === code));
    return [...known, ...unknown.map((code) => ({ code, label: code, active: false }))];
  }

  label(list: string, code: Code): string {
    return this.#configuration?.lists[list]?.find((listed) => listed.code === code)?.label ?? code;
  }
}

export const lists = new Lists();
