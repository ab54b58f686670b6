// Which of the built languages a reader gets. The only place where this is decided.

const form = (tag: string): string => {
  try {
    const { language, script } = new Intl.Locale(tag.replace("_", "-")).maximize();
    return language + "-" + script;
  } catch {
    return tag;
  }
};

/** The first wanted tag that was built, by language and script (`zh-CN` reads `zh-Hans`), else English. */
export const chooseLocale = (built: readonly string[], wanted: readonly unknown[]): string => {
  for (const tag of wanted) {
    const found = typeof tag == "string" && built.find((other) => form(other) == form(tag));
    if (found) return found;
  }
  return "en";
};
