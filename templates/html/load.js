
// The rest comes from files, which only a script that the page names by its hash may ask for.
for (const name of ["reader.js", "search.js", "places.js"]) {
  document.head.append(Object.assign(document.createElement("script"), { src: `assets/${name}`, async: false }));
}
