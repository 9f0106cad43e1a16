const PATIENCE_MS = 30_000;

/** Repeats an assertion until it holds, or patience is at an end. */
export async function eventually(assertion, what) {
  for (const end = Date.now() + PATIENCE_MS; ;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > end) {
        throw new Error(`never came true: ${what}`, { cause: error });
      }
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}
