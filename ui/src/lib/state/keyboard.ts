/** Keeps the dock above a keyboard that covers the page instead of making it smaller. */
export function followKeyboard(root: HTMLElement): () => void {
  const view = globalThis.visualViewport;
  if (!view) return () => undefined;
  const measure = () => {
    const covered = Math.max(0, innerHeight - view.height - view.offsetTop);
    // Zooming in makes the view smaller too; only the keyboard moves the dock.
    if (view.scale === 1) root.style.setProperty('--dr-keyboard', `${String(Math.round(covered))}px`);
  };
  view.addEventListener('resize', measure);
  return () => view.removeEventListener('resize', measure);
}
