// Search over the whole text, paragraph by paragraph; a million words are scanned in an instant.
"use strict";

const MOST = 60;
const BEFORE = 60;
const AFTER = 140;
const LETTER = /[\p{L}\p{N}]/u;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Hangul}]/u;
let scanned = null;

function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC").toLowerCase()
    .replace(/[‘’ʼ]/g, "'").replace(/[“”„«»]/g, '"');
}

// The same, letter by letter, so that a place in it is a place in the text.
function foldInPlace(text) {
  return Array.from({ length: text.length }, (_, at) => {
    const folded = fold(text[at]);
    return folded.length === 1 ? folded : text[at];
  }).join("");
}

// Words that must all be there, as they begin; "several in quotes" stand together.
function wanted(query) {
  return [...fold(query).matchAll(/"([^"]+)"?|[^\s"]+/g)].map((m) => (m[1] ?? m[0]).trim()).filter(Boolean);
}

function at(text, word, from = 0) {
  for (let place = text.indexOf(word, from); place >= 0; place = text.indexOf(word, place + 1)) {
    if (!place || UNSPACED.test(word) || !LETTER.test(text[place - 1])) return place;
  }
  return -1;
}

function spans(text, words) {
  const folded = foldInPlace(text);
  const found = [];
  for (const word of words) {
    for (let from = at(folded, word); from >= 0; from = at(folded, word, from + word.length)) {
      found.push([from, from + word.length]);
    }
  }
  return found.sort(([a], [b]) => a - b).filter(([from], n, all) => !n || !(all[n - 1][1] > from));
}

function textOf(piece, next) {
  const range = document.createRange();
  range.setStart(piece, 0);
  if (next) range.setEndBefore(next); else range.setEndAfter(piece);
  const copy = range.cloneContents();
  for (const mark of copy.querySelectorAll(".noteref, .here, .back, .number")) mark.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}

function fromThePage() {
  return [...document.querySelectorAll("main > .section")].map((section) => {
    const all = pieces(section.id);
    const title = section.querySelector(".title").cloneNode(true);
    title.querySelector(".here")?.remove();
    return ["", section.id, title.textContent.trim(), all.map((piece, n) => textOf(piece, all[n + 1]))];
  });
}

function read(then) {
  if (scanned) { then(); return; }
  const scan = () => {
    scanned = (globalThis.bookText ?? fromThePage()).flatMap(([file, id, title, texts]) =>
      [title, ...texts].map((text, n) => ({ file, id, title, text, piece: n - 1, folded: fold(text) })));
    then();
  };
  const source = document.getElementById("search").dataset.text;
  if (source) document.head.append(made("script", { src: source, onload: scan })); else scan();
}

function openSearch() {
  const dialog = document.getElementById("search");
  dialog.showModal();
  dialog.querySelector("input").select();
  read(search);
}

function search() {
  const dialog = document.getElementById("search");
  const query = dialog.querySelector("input").value;
  const words = wanted(query);
  const enough = words.some((word) => word.length > 1 || UNSPACED.test(word));
  const hits = scanned && enough ? scanned.filter(({ folded }) => words.every((word) => at(folded, word) >= 0)) : [];
  const said = hits.length ? dialog.dataset.found.replace("{number}", hits.length) : dialog.dataset.nothing;
  dialog.querySelector(".count").textContent = scanned && enough ? said : "";
  dialog.querySelector("ol").replaceChildren(...hits.slice(0, MOST).map((hit) => row(hit, words, query)));
}

function row({ file, id, title, text, piece }, words, query) {
  const link = made("a", { href: addressOf(file, id, piece, query) },
    made("span", { className: "in", textContent: title }),
    made("span", { className: "quote" }, ...(piece < 0 ? [] : quoted(text, words))));
  return made("li", {}, link);
}

// As much of the paragraph as a glance takes in, where most of the words stand together.
function quoted(text, words) {
  const found = spans(text, words);
  const first = closest(text, found);
  const start = first > BEFORE ? Math.min(first, text.indexOf(" ", first - BEFORE) + 1) : 0;
  const end = wordEnd(text, first + AFTER);
  const parts = start ? ["… "] : [];
  let done = start;
  for (const [from, to] of found.filter((span) => span[0] >= start && end >= span[1])) {
    parts.push(text.slice(done, from), made("mark", { textContent: text.slice(from, to) }));
    done = to;
  }
  return [...parts, text.slice(done, end), end === text.length ? "" : " …"];
}

function closest(text, found) {
  const near = found.map(([from]) => new Set(found
    .filter(([other, end]) => other >= from && from + AFTER > end)
    .map(([other, end]) => fold(text.slice(other, end)))).size);
  return found[near.indexOf(Math.max(...near))]?.[0] ?? 0;
}

function wordEnd(text, end) {
  const space = text.lastIndexOf(" ", end);
  if (end >= text.length) return text.length;
  return space > end - BEFORE ? space : end;
}

function showWords(piece, query) {
  if (!globalThis.Highlight || !CSS.highlights) return;
  const words = wanted(query);
  const ranges = [];
  const texts = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    for (const [from, to] of spans(texts.currentNode.data, words)) {
      const range = document.createRange();
      range.setStart(texts.currentNode, from);
      range.setEnd(texts.currentNode, to);
      ranges.push(range);
    }
  }
  CSS.highlights.set("found", new Highlight(...ranges));
}

whenRead(() => {
  const dialog = document.getElementById("search");
  const input = dialog.querySelector("input");
  document.getElementById("seek").addEventListener("click", openSearch);
  dialog.querySelector("button").addEventListener("click", () => dialog.close());
  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") dialog.querySelector("ol a")?.click();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("a")) dialog.close();
  });
});
