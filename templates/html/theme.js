// What the reader chose of theme and type size, before anything is drawn.
"use strict";

const THEMES = ["light", "sepia", "dark"];
const SIZES = [0.85, 0.92, 1, 1.1, 1.22, 1.36, 1.52];
const root = document.documentElement;

const kept = {
  get(name) {
    try { return localStorage.getItem(`l2mac-write ${name}`); } catch { return null; }
  },
  set(name, value) {
    try { localStorage.setItem(`l2mac-write ${name}`, value); } catch { /* a browser that keeps nothing */ }
  },
};

function dress() {
  const theme = kept.get("theme");
  if (THEMES.includes(theme)) root.dataset.theme = theme; else delete root.dataset.theme;
  root.style.setProperty("--size", SIZES[size()]);
}

function size() {
  const at = Number.parseInt(kept.get("size"), 10);
  return at in SIZES ? at : SIZES.indexOf(1);
}

root.classList.add("live");
dress();
