// The page on which texts are checked: shows what the checker finds in the text area, and takes a suggestion at a press.
// An example of how an authoring page uses `dist/authoring/`; nothing is sent anywhere.
import init, { lint } from "/all-ears/authoring/lint.js";

const EXAMPLES = {
  en: "Unfortunately, we can't ship it before Monday. You must keep the receipt.",
  "zh-Hans": "很遗憾，三点之前不能入住。您必须出示身份证。",
};
const PAUSE_MS = 250;

const at = (id) => document.getElementById(id);
const [text, language, count, marked, list, undo] = ["text", "language", "count", "marked", "findings", "undo"].map(at);
/** The author's text that an example or an empty field took the place of. */
let kept = "";
let waiting = 0;

/** An element with its class and text; never markup from a string. */
const make = (name, className, words) => {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (words !== undefined) element.textContent = words;
  return element;
};

const say = (words) => {
  if (count.textContent !== words) count.textContent = words;
};

const plural = (number) => (number === 1 ? "1 wording to look at" : `${number} wordings to look at`);

/** The text again, with what was found in marks. */
const underline = (value, findings) => {
  const pieces = [];
  let end = 0;
  for (const one of findings) {
    pieces.push(document.createTextNode(value.slice(end, one.start)));
    pieces.push(make("mark", one.level, value.slice(one.start, one.end)));
    end = one.end;
  }
  pieces.push(document.createTextNode(value.slice(end)));
  marked.replaceChildren(...pieces);
};

/** Where a sentence of the text that was checked stands now; -1 where it has changed since, or stands there twice. */
const placeOf = (checked, sentence) => {
  if (text.value === checked) return sentence.start;
  const words = checked.slice(sentence.start, sentence.end);
  const start = text.value.indexOf(words);
  return start === text.value.lastIndexOf(words) ? start : -1;
};

/** Puts a suggestion in the place of its sentence, and the cursor where the author goes on: at the first slot. */
const take = (checked, sentence, words) => {
  const start = placeOf(checked, sentence);
  text.focus();
  if (start < 0) return show("That sentence has changed since. ");
  text.setRangeText(words, start, start + sentence.end - sentence.start, "end");
  const slot = /\[[^\]]*\]/u.exec(words);
  if (slot) text.setSelectionRange(start + slot.index, start + slot.index + slot[0].length);
  show("Taken. ");
};

/** A text in the language that is checked, whatever the page around it speaks. */
const foreign = (name, words) => {
  const element = make(name, "", words);
  element.lang = language.value;
  return element;
};

const entry = (value, finding) => {
  const item = make("li");
  const what = make("p");
  const why = foreign("span", finding.why);
  what.append(foreign("q", value.slice(finding.start, finding.end)), " ", why, " ", make("span", "rule", `${finding.level} · ${finding.rule}`));
  const ways = make("div", "author-ways");
  for (const one of finding.suggestions) {
    const button = make("button", "", "Use: ");
    button.append(foreign("span", one.text));
    button.type = "button";
    button.addEventListener("click", () => take(value, finding.sentence, one.text));
    ways.append(button);
  }
  item.append(what, ways);
  return item;
};

/** Checks the text and shows what was found; `before` is said ahead of the number. */
const show = (before = "") => {
  clearTimeout(waiting);
  const value = text.value;
  const findings = lint(value, language.value, { voice: "service" });
  underline(value, findings);
  // The ways to say a sentence stand once, below its first finding.
  const sentences = new Set();
  list.replaceChildren(
    ...findings.map((finding) => {
      const again = sentences.has(finding.sentence.start);
      sentences.add(finding.sentence.start);
      return entry(value, again ? { ...finding, suggestions: [] } : finding);
    }),
  );
  say(before + (value.trim() === "" ? "Write something, and it is checked as you go." : findings.length === 0 ? "This reads well." : plural(findings.length)));
};

/** Another text in the place of the author's own, which is kept until the next one is. */
const begin = (words) => {
  const own = text.value;
  const isOwn = own.trim() !== "" && !Object.values(EXAMPLES).includes(own);
  if (isOwn) kept = own;
  text.value = words;
  undo.hidden = kept === "" || words === kept;
  text.focus();
  show(isOwn ? "Your text is kept. " : "");
};

const bringBack = () => {
  const words = kept;
  kept = "";
  // What was written since changes places with it.
  begin(words);
};

const later = () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => show(), PAUSE_MS);
};

const speak = () => {
  text.lang = marked.lang = language.value;
};

try {
  await init();
  const wanted = new URLSearchParams(location.search).get("lang");
  if (wanted && EXAMPLES[wanted]) language.value = wanted;
  speak();
  text.addEventListener("input", later);
  language.addEventListener("change", () => {
    speak();
    show();
  });
  at("example").addEventListener("click", () => begin(EXAMPLES[language.value]));
  at("afresh").addEventListener("click", () => begin(""));
  undo.addEventListener("click", bringBack);
  show();
} catch (error) {
  say("The checker did not start in this browser. Your text stays as it is: please copy it, reload this page, or run all-ears lint on it.");
  console.warn(error);
}
