// What a reader may touch: appearance, arrow keys, links to headings, notes that open where they are called.
"use strict";

const NO_KEYS = "input, textarea, select, dialog";

function made(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

function whenRead(start) {
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start); else start();
}

function readAppearance() {
  const panel = document.getElementById("appearance");
  const themes = [...panel.querySelectorAll("input")];
  const steps = [...panel.querySelectorAll("button")];
  const show = () => {
    dress();
    for (const input of themes) input.checked = input.value === (root.dataset.theme ?? "");
    for (const step of steps) step.disabled = !(size() + Number(step.value) in SIZES);
  };
  panel.addEventListener("change", (event) => { kept.set("theme", event.target.value); show(); });
  for (const step of steps) {
    step.addEventListener("click", () => { kept.set("size", size() + Number(step.value)); show(); });
  }
  addEventListener("storage", show);
  show();
}

function turn(to) {
  const link = document.querySelector(`link[rel="${to}"]`);
  if (link) { location.href = link.href; return; }
  const sections = [...document.querySelectorAll("main > .section")];
  const next = sections.indexOf(sectionInSight()) + (to === "next" ? 1 : -1);
  if (next in sections) location.hash = sections[next].id;
}

function sectionInSight() {
  const middle = innerHeight / 3;
  return [...document.querySelectorAll("main > .section")].findLast(
    (section) => section.getBoundingClientRect().top <= middle);
}

function onKey(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.(NO_KEYS)) return;
  const backwards = root.dir === "rtl";
  if (event.key === "/") { event.preventDefault(); openSearch(); }
  else if (event.shiftKey) return;
  else if (event.key === "ArrowRight") turn(backwards ? "prev" : "next");
  else if (event.key === "ArrowLeft") turn(backwards ? "next" : "prev");
}

function linkHeadings() {
  const label = document.getElementById("tools").dataset.here;
  for (const heading of document.querySelectorAll("main .section :is(h2, h3, h4, h5, h6)[id]")) {
    heading.append(made("a", { className: "here", href: `#${heading.id}`, textContent: "#", ariaLabel: label }));
  }
}

function letWideTablesScroll() {
  for (const table of document.querySelectorAll(".table")) {
    if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
  }
}

function openNotes() {
  if (!HTMLElement.prototype.showPopover) return;
  const bubble = made("div", { className: "bubble", popover: "auto", tabIndex: -1, role: "note" });
  document.querySelector("main").append(bubble);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.noteref");
    const note = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!note || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    fill(bubble, note);
    bubble.showPopover();
    place(bubble, link.getBoundingClientRect());
    bubble.focus({ preventScroll: true });
  });
}

function fill(bubble, note) {
  const copy = note.cloneNode(true);
  for (const back of copy.querySelectorAll(".back")) back.remove();
  for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id");
  bubble.replaceChildren(...copy.childNodes);
}

function place(bubble, link) {
  const box = bubble.getBoundingClientRect();
  const left = Math.min(Math.max(link.left + link.width / 2 - box.width / 2, 12), innerWidth - box.width - 12);
  const fits = link.bottom + box.height + 20 < innerHeight;
  bubble.style.setProperty("left", `${left}px`);
  bubble.style.setProperty("top", `${Math.max(12, fits ? link.bottom + 8 : link.top - box.height - 8)}px`);
}

whenRead(() => {
  readAppearance();
  linkHeadings();
  letWideTablesScroll();
  openNotes();
  const current = document.querySelector(".side [aria-current]");
  const side = current?.closest(".side");
  if (side) side.scrollTop = current.offsetTop - side.clientHeight / 3;
  addEventListener("keydown", onKey);
});
