/** The sheets that open from every screen. */
class Sheets {
  current = $state.raw<'record' | 'menu' | null>(null);

  open(sheet: 'record' | 'menu'): void {
    this.current = sheet;
  }

  close(): void {
    this.current = null;
  }
}

export const sheets = new Sheets();
