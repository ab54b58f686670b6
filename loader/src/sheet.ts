/** Makes a sheet that no Content-Security-Policy stops. */
export const makeSheet = (text: string): CSSStyleSheet => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
};
