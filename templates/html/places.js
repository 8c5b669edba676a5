// Where in the book one is: how far, where one was the last time, and the way to a paragraph.
"use strict";

const PIECES = "p, h1, h2, h3, h4, h5, h6, li, pre, td, th, dt, dd, figcaption";
const book = document.querySelector("meta[name='dcterms.identifier']")?.content ?? "";

// The paragraphs of a section by their number, which is also their number in the text for the search.
function pieces(id) {
  return [...(document.getElementById(id)?.querySelector(".text")?.querySelectorAll(PIECES) ?? [])];
}

function addressOf(file, id, piece, words = "") {
  return piece < 0 ? `${file}#${id}` : `${file}#${id}:${piece}:${encodeURIComponent(words)}`;
}

function arrive() {
  const [, id, piece, words] = /^#([^:]+):(\d+):(.*)$/.exec(location.hash) ?? [];
  const there = id && pieces(decoded(id))[piece];
  if (!there) return;
  there.scrollIntoView({ behavior: "instant", block: words ? "center" : "start" });
  if (words) showWords(there, decoded(words));
}

function decoded(text) {
  try { return decodeURIComponent(text); } catch { return text; }
}

function paragraphInSight() {
  for (let down = 80; !(down > innerHeight * 0.7); down += 24) {
    const piece = document.elementFromPoint(innerWidth / 2, down)?.closest(PIECES);
    if (piece?.closest(".text")) return piece;
  }
  return null;
}

function remember() {
  const piece = paragraphInSight();
  const section = piece?.closest(".section");
  if (!section) return;
  const title = section.querySelector(".title .name").textContent;
  const { file = "" } = document.querySelector("main").dataset;
  const place = { file, id: section.id, piece: pieces(section.id).indexOf(piece), title };
  kept.set(book, JSON.stringify(place));
}

function offerToGoOn() {
  const link = document.getElementById("resume");
  const place = link?.hidden && remembered();
  if (!place) return;
  link.href = addressOf(place.file, place.id, place.piece);
  link.append(`: ${place.title}`);
  link.hidden = false;
}

function remembered() {
  try {
    const place = JSON.parse(kept.get(book));
    const ours = /^[^/:#?]*$/.test(place.file) && Number.isInteger(place.piece) && typeof place.id === "string";
    return ours ? place : null;
  } catch { return null; }
}

function tellProgress() {
  const { before, size, total } = document.querySelector("main").dataset;
  const whole = root.scrollHeight - innerHeight;
  const here = whole > 0 ? Math.min(1, Math.max(0, scrollY / whole)) : 1;
  const done = total ? (Number(before) + here * Number(size)) / Number(total) : here;
  root.style.setProperty("--done", done.toFixed(4));
  document.getElementById("percent").textContent = `${Math.floor(done * 100)} %`;
}

whenRead(() => {
  let waiting = 0;
  let asked = false;
  offerToGoOn();
  arrive();
  tellProgress();
  addEventListener("storage", offerToGoOn); // what another page has only just kept
  addEventListener("hashchange", arrive);
  addEventListener("pagehide", remember);
  addEventListener("resize", tellProgress);
  new ResizeObserver(tellProgress).observe(root); // type that grows, a font that comes late
  addEventListener("scroll", () => {
    clearTimeout(waiting);
    waiting = setTimeout(remember, 400);
    if (!asked) requestAnimationFrame(() => { asked = false; tellProgress(); });
    asked = true;
  }, { passive: true });
});
