// Search dialog: a combobox (ARIA 1.2) over the results of /search.json. Loaded when the dialog is first opened. Without
// this script, the header's form is submitted normally.
(function () {
  "use strict";
  const form = document.querySelector(".site-search, .search-form");
  const { answers } = document.currentScript.dataset;
  const RECENT = "searches";
  const MOST_RECENT = 8;

  const make = (name, properties, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key in node) node[key] = value;
      else node.setAttribute(key, value);
    }
    node.append(...children);
    return node;
  };
  const recent = () => {
    try { return JSON.parse(localStorage.getItem(RECENT)) || []; } catch (blocked) { return []; }
  };
  const remember = (words) => {
    const all = [words, ...recent().filter((other) => other !== words)].slice(0, MOST_RECENT);
    try { localStorage.setItem(RECENT, JSON.stringify(all)); } catch (blocked) { /* Nothing is stored. */ }
  };
  const forget = () => {
    try { localStorage.removeItem(RECENT); } catch (blocked) { /* Nothing was stored. */ }
  };

  const field = make("input", {
    type: "text", name: "q", id: "page--find", maxLength: 200, autocomplete: "off", spellcheck: false,
    autocapitalize: "none", enterKeyHint: "search", role: "combobox", "aria-autocomplete": "list",
    "aria-expanded": "false", "aria-controls": "page--found", "aria-label": "Search", placeholder: "Search",
  });
  const status = make("p", { className: "found", role: "status" });
  const list = make("div", { id: "page--found", role: "listbox", "aria-label": "Results" });
  const beside = make("div", { className: "beside" });
  const close = make("button", { type: "button", className: "close", textContent: "Close" });
  const dialog = make("dialog", { className: "search-dialog", "aria-label": "Search" },
    make("form", { method: "get", action: form.action, role: "search" }, field, close), status, list, beside,
    make("p", { className: "keys" }, "↑ ↓ to choose, Enter to open, Esc to close. ",
      make("label", {}, make("input", { type: "checkbox", className: "slash" }), " Open search with /")));
  document.body.append(dialog);

  let options = [];
  let chosen = -1;
  let asked = 0;
  const choose = (index) => {
    chosen = index;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    if (index < 0) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", options[index].id);
    options[index].scrollIntoView({ block: "nearest" });
  };
  const runs = (text) => text.map(({ text, marked }) => (marked ? make("mark", { textContent: text }) : text));
  const option = (href, className, ...children) => {
    const node = make("a", { role: "option", id: "page--found-" + options.length, href, tabIndex: -1, className, "aria-selected": "false" }, ...children);
    options.push(node);
    return node;
  };
  const group = (title, ...children) => {
    const id = "page--kind-" + list.childElementCount;
    list.append(make("div", { role: "group", "aria-labelledby": id },
      make("p", { id, className: "kind", role: "presentation", textContent: title }), ...children));
  };
  const show = (draw) => {
    options = [];
    list.replaceChildren();
    beside.replaceChildren();
    draw();
    field.setAttribute("aria-expanded", String(options.length > 0));
    choose(options.length && field.value.trim() ? 0 : -1);
  };
  const showRecent = () => show(() => {
    status.textContent = "";
    const words = recent();
    if (!words.length) return;
    group("Recent searches (stored only in this browser)", ...words.map((word) => option(form.action + "?q=" + encodeURIComponent(word), "recent", word)));
    beside.append(make("button", { type: "button", className: "forget", textContent: "Clear", onclick: () => { forget(); showRecent(); field.focus(); } }));
  });
  const showFound = ({ count, groups, near }) => show(() => {
    status.textContent = count === 0 ? "No results" : count === 1 ? "1 result" : count + " results";
    for (const { title, hits } of groups) {
      group(title, ...hits.slice(0, 6).flatMap((hit) => [
        option(hit.href, "hit", make("strong", {}, ...runs(hit.title)), " ", make("small", {}, hit.trail), " ", make("span", {}, ...runs(hit.excerpt))),
        ...hit.passages.map((passage) => option(passage.href, "passage", make("strong", {}, ...runs(passage.heading)), " ", make("span", {}, ...runs(passage.excerpt)))),
      ]));
    }
    if (near.length) group("Similar searches", ...near.map(({ title, href }) => option(href, "recent", title)));
    if (count === 0) beside.append(make("p", { className: "nothing" }, "Try different words, or ", make("a", { href: "mailto:docs@sentryagent.ai", textContent: "email us" }), "."));
  });
  const ask = async () => {
    const mine = ++asked;
    const words = field.value.trim();
    if (!words) return showRecent();
    try {
      const response = await fetch(answers + "?q=" + encodeURIComponent(field.value));
      if (!response.ok) throw new Error(response.status);
      const found = await response.json();
      if (mine === asked) showFound(found);
    } catch (failed) {
      if (mine === asked) show(() => { status.textContent = "Search failed. Press Enter to open the search page."; });
    }
  };
  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 60);
  });
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) {
      event.preventDefault();
      choose(chosen < 0 ? (step > 0 ? 0 : options.length - 1) : (chosen + step + options.length) % options.length);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      options[chosen].click();
    }
  });
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a[role=option]");
    if (!link) return;
    if (field.value.trim()) remember(field.value.trim());
    // A result on the current page: closes the dialog, which covers it.
    if (link.href.split("#")[0] === location.href.split("#")[0]) dialog.close();
  });
  list.addEventListener("pointermove", (event) => {
    const index = options.indexOf(event.target.closest("a[role=option]"));
    if (index >= 0 && index !== chosen) choose(index);
  });
  dialog.querySelector("form").addEventListener("submit", () => { if (field.value.trim()) remember(field.value.trim()); });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

  // Single-key shortcuts conflict with speech input (WCAG 2.1.4), so this one can be disabled.
  const slash = dialog.querySelector(".slash");
  try { slash.checked = localStorage.getItem("slash") !== "off"; } catch (blocked) { slash.checked = true; }
  slash.addEventListener("change", () => {
    try {
      if (slash.checked) localStorage.removeItem("slash");
      else localStorage.setItem("slash", "off");
    } catch (blocked) { /* Applies to this page only. */ }
    document.documentElement.dataset.slash = slash.checked ? "on" : "off";
  });

  let before = null;
  dialog.addEventListener("close", () => {
    if (before && before !== document.body) before.focus();
    else document.activeElement.blur();
  });
  window.openSearch = (words, from) => {
    if (dialog.open) return;
    before = from;
    field.value = words || "";
    // The browser restores the focus immediately, this listener a moment later: in between, a key must not reach the
    // header's field, which had the focus while this script was loading.
    document.activeElement.blur();
    dialog.showModal();
    field.focus();
    ask();
  };
})();
