/** The time as the screens show it, moved on every fifteen seconds. */
class Clock {
  now = $state(Date.now());

  run(): () => void {
    const timer = setInterval(() => (this.now = Date.now()), 15_000);
    return () => clearInterval(timer);
  }
}

export const clock = new Clock();
