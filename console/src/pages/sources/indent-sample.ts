// The start of a rejected body, made easy to read. It may be cut off or not be JSON at all; then it stays as it is.

export function indentSample(sample: string): string {
  try {
    return JSON.stringify(JSON.parse(sample), null, 2);
  } catch (error) {
    // Cut off, or what was wrong with the call in the first place.
    if (error instanceof SyntaxError) return sample;
    throw error;
  }
}
