/** Whether the window is as wide as a tablet, measured in the size of the text: large text on a tablet is a phone. */
class Wide {
  now = $state(false);

  /** Follows the window; 43rem is where `responsive.css` changes the layout too. */
  watch(): () => void {
    const measure = () => {
      const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
      this.now = document.documentElement.clientWidth >= 43 * rem;
    };
    measure();
    addEventListener('resize', measure);
    return () => removeEventListener('resize', measure);
  }
}

export const wide = new Wide();
