/** Cuts a text into what was searched for and what was not, so that a hit can be marked without any markup in data. */
export function marked(text: string, words: string): { text: string; hit: boolean }[] {
  const parts = words.trim().split(/\s+/).filter(Boolean).map(plain);
  const flat = plain(text);
  const starts = parts.map((part) => wordStart(flat, part)).filter((at) => at >= 0);
  if (starts.length === 0 || flat.length !== text.length) return [{ text, hit: false }];
  const from = Math.min(...starts);
  const until = from + (parts.find((part) => wordStart(flat, part) === from)?.length ?? 0);
  return [
    { text: text.slice(0, from), hit: false },
    { text: text.slice(from, until), hit: true },
    { text: text.slice(until), hit: false },
  ].filter((part) => part.text !== '');
}

function wordStart(text: string, part: string): number {
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    if (at === 0 || /[\s\-'‘(]/.test(text.charAt(at - 1))) return at;
  }
  return -1;
}

/** Without accents and capitals, letter for letter. */
function plain(text: string): string {
  return [...text].map((letter) => letter.normalize('NFD').charAt(0).toLowerCase()).join('');
}
