/** Counts what the tour saw, and prints it as it goes. */
export class TourReport {
  private passed = 0;
  private failed = 0;
  private readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  /** One step: what it shows, and the work that must not throw. A failed step does not end the tour. */
  async step(what: string, work: () => Promise<unknown>): Promise<void> {
    const began = performance.now();
    try {
      await work();
      this.passed++;
      console.log(`ok     ${what} (${Math.round(performance.now() - began)} ms)`);
    } catch (error) {
      this.failed++;
      console.log(`FAILED ${what}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** The closing line; false where anything failed. */
  end(): boolean {
    console.log(`${this.name}: ${this.passed} passed, ${this.failed} failed`);
    return this.failed === 0;
  }
}
