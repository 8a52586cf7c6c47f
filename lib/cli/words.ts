/** What `parseArgs` of Node makes of a command line, or in words why it refuses it: an option that is not known, or one without its value. */
export function wordsOf<Given extends object>(read: () => Given): Given | string {
  try {
    return read();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
