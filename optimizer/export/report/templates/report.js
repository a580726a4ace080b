"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const root = document.documentElement;

  /* Day and night: the reader's choice stands above that of the system. */
  const theme = document.getElementById("theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme || (system.matches ? "dark" : "light")) === "dark";
  const nameTheme = () => { theme.textContent = isDark() ? "Light" : "Dark"; };
  theme.hidden = false;
  theme.addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; nameTheme(); });
  system.addEventListener("change", nameTheme);
  nameTheme();

  /* What is under the pointer, or has the focus, tells its figures. */
  const tip = document.getElementById("tip");
  const figures = all(".picture [role=graphics-symbol][aria-label]");
  figures.forEach((symbol) => { symbol.dataset.tip = symbol.getAttribute("aria-label"); });
  const told = (target) => target instanceof Element ? target.closest("[data-tip]") : null;
  const show = (owner, x, y) => {
    tip.textContent = owner.dataset.tip;
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    tip.style.left = `${Math.max(8, Math.min(x + 14, innerWidth - box.width - 8))}px`;
    tip.style.top = `${y + 18 + box.height > innerHeight ? y - box.height - 12 : y + 18}px`;
  };
  const hide = () => { tip.hidden = true; };
  let focused = null;
  const showFocused = () => {
    if (!focused) return hide();
    const box = focused.getBoundingClientRect();
    show(focused, box.left + box.width / 2, box.top + box.height / 2);
  };
  document.addEventListener("pointermove", (event) => {
    const owner = told(event.target);
    if (owner) show(owner, event.clientX, event.clientY); else hide();
  });
  document.addEventListener("focusin", (event) => {
    focused = event.target.matches(":focus-visible") ? told(event.target) : null;
    showFocused();
  });
  document.addEventListener("focusout", () => { focused = null; hide(); });
  document.addEventListener("scroll", showFocused, { passive: true, capture: true });

  /* The map of another year. */
  all(".map").forEach((map) => {
    const turn = (now) => {
      all(".year", map).forEach((year) => { year.textContent = JSON.parse(map.dataset.years)[now]; });
      all("[data-period]", map).forEach((mark) => mark.classList.toggle("off", Number(mark.dataset.period) !== now));
      all("[data-tips]", map).forEach((area) => {
        area.dataset.tip = JSON.parse(area.dataset.tips)[now];
        area.setAttribute("aria-label", area.dataset.tip);
        area.firstElementChild.setAttribute("class", `area bin${JSON.parse(area.dataset.classes)[now] ?? ""}`);
      });
    };
    turn(Number(map.dataset.now));
    all(".periods, .toggle", map).forEach((control) => { control.hidden = false; });
    all(".periods input", map).forEach((year) => year.addEventListener("change", () => turn(Number(year.value))));
    all(".toggle input", map).forEach((box) => {
      box.addEventListener("change", () => map.classList.toggle("all", box.checked));
    });
  });

  /* Tables sorted by any column: figures from the largest, words from the first letter; empty cells last. */
  const valueOf = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.value === undefined ? cell.textContent.trim() : Number(cell.dataset.value);
  };
  const compared = (a, b) => typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en");
  const sort = (table, head, column) => {
    const first = head.classList.contains("number") ? "descending" : "ascending";
    const other = first === "ascending" ? "descending" : "ascending";
    const order = head.getAttribute("aria-sort") === first ? other : first;
    const rows = all("tbody tr", table).map((row) => [row, valueOf(row, column)]);
    const [empty, full] = [rows.filter(([, value]) => value === ""), rows.filter(([, value]) => value !== "")];
    full.sort(([, a], [, b]) => (order === "ascending" ? 1 : -1) * compared(a, b));
    all("th", table).forEach((each) => each.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", order);
    table.tBodies[0].append(...[...full, ...empty].map(([row]) => row));
  };
  all("table.sortable").forEach((table) => all("th", table).forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => sort(table, head, column));
  }));

  /* Search in the table of states; accents do not matter. */
  const search = document.getElementById("search");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  if (search) {
    const rows = all("#states tbody tr");
    const found = document.getElementById("found");
    const filter = () => {
      const wanted = plain(search.value.trim());
      rows.forEach((row) => { row.hidden = !plain(`${row.cells[0].textContent} ${row.cells[1].textContent}`).includes(wanted); });
      const left = rows.filter((row) => !row.hidden).length;
      found.textContent = wanted ? `${left} of ${rows.length}` : "";
    };
    search.parentElement.hidden = false;
    search.addEventListener("input", filter);
  }

  /* Pages of states: the reader begins at their top, and Escape leads back. */
  const turned = () => {
    const page = document.querySelector(".state:target");
    if (page) { scrollTo(0, 0); page.focus({ preventScroll: true }); }
  };
  addEventListener("hashchange", turned);
  turned();
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.querySelector(".state:target")) location.hash = "#states";
  });

  /* On paper nothing is folded. */
  const folded = [];
  addEventListener("beforeprint", () => all("details:not([open])").forEach((each) => { each.open = true; folded.push(each); }));
  addEventListener("afterprint", () => folded.splice(0).forEach((each) => { each.open = false; }));
})();
