// The page on which texts are checked: shows what the checker finds in the text area, and takes a suggestion at a press.
// An example of how an authoring page uses `dist/authoring/`; nothing is sent anywhere.
import init, { lint } from "/all-ears/authoring/lint.js";

const EXAMPLES = {
  en: "Unfortunately, we can't ship it before Monday. You must keep the receipt.",
  "zh-Hans": "很遗憾，三点之前不能入住。您必须出示身份证。",
};
const PAUSE_MS = 250;

const at = (id) => document.getElementById(id);
const [text, language, count, marked, list] = ["text", "language", "count", "marked", "findings"].map(at);

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

/** Puts a suggestion in the place of its sentence, and the cursor where the author goes on: at the first slot. */
const take = (sentence, words) => {
  text.setRangeText(words, sentence.start, sentence.end, "end");
  const slot = /\[[^\]]*\]/u.exec(words);
  if (slot) {
    const start = sentence.start + slot.index;
    text.setSelectionRange(start, start + slot[0].length);
  }
  text.focus();
  show("Taken. ");
};

const entry = (value, finding) => {
  const item = make("li");
  const what = make("p");
  what.append(make("q", "", value.slice(finding.start, finding.end)), make("span", "", ` ${finding.why} `), make("span", "rule", `${finding.level} · ${finding.rule}`));
  const ways = make("div", "author-ways");
  for (const one of finding.suggestions) {
    const button = make("button", "", `Use: ${one.text}`);
    button.type = "button";
    button.lang = language.value;
    button.addEventListener("click", () => take(finding.sentence, one.text));
    ways.append(button);
  }
  item.append(what, ways);
  return item;
};

/** Checks the text and shows what was found; `before` is said ahead of the number. */
const show = (before = "") => {
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

const begin = (words) => {
  text.value = words;
  text.focus();
  show();
};

let waiting = 0;
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
  show();
} catch (error) {
  say("The checker is on its way: please reload this page, or run all-ears lint.");
  console.warn(error);
}
