// Enhancements of all pages. Every page works without them.
(function () {
  "use strict";
  const root = document.documentElement;
  const store = (key, value) => {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch (blocked) { /* Applies to this page only. */ }
  };

  // Theme: the system's, light, dark.
  const themes = ["system", "light", "dark"];
  document.querySelectorAll("[data-theme-switch]").forEach((button) => {
    const show = () => {
      const now = root.dataset.theme || "system";
      button.dataset.now = now;
      button.title = "Theme: " + now;
      button.setAttribute("aria-label", "Theme: " + now);
    };
    button.addEventListener("click", () => {
      const next = themes[(themes.indexOf(root.dataset.theme || "system") + 1) % themes.length];
      if (next === "system") delete root.dataset.theme;
      else root.dataset.theme = next;
      store("theme", next === "system" ? null : next);
      show();
    });
    show();
    button.hidden = false;
  });

  // Announcements for screen readers.
  const said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  document.body.append(said);
  const say = (word) => { said.textContent = word; };
  const copy = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("not allowed");
  };

  // Search: loads the dialog's script on first use. Until then, input goes into the header's field, and from there into the
  // dialog. "/" can be disabled for speech input.
  const search = document.querySelector(".site-search");
  if (search) {
    const field = search.querySelector("input");
    let from = null;
    let isLoading = false;
    const show = () => {
      window.openSearch(field.value, from);
      field.value = "";
    };
    const open = () => {
      if (!isLoading) from = document.activeElement;
      if (window.openSearch) return show();
      field.focus();
      if (isLoading) return;
      isLoading = true;
      const node = document.createElement("script");
      node.src = search.dataset.script;
      node.dataset.answers = search.dataset.answers;
      node.addEventListener("load", show);
      node.addEventListener("error", () => { location.href = search.action; });
      document.head.append(node);
    };
    const slashes = () => {
      try { return (root.dataset.slash || localStorage.getItem("slash")) !== "off"; } catch (blocked) { return root.dataset.slash !== "off"; }
    };
    search.addEventListener("submit", (event) => { if (isLoading && !field.value.trim()) event.preventDefault(); });
    field.addEventListener("click", open);
    field.addEventListener("input", open);
    document.querySelector(".search-link").addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open();
    });
    addEventListener("keydown", (event) => {
      const typing = event.target.closest("input, textarea, select, [contenteditable]");
      const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing && slashes();
      const control = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
      if (!slash && !control) return;
      event.preventDefault();
      open();
    });
  }

  // Copies the page as Markdown to the clipboard.
  document.querySelectorAll("[data-copy-page]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", async () => {
      let word = "Copied";
      try {
        const response = await fetch(button.dataset.copyPage);
        if (!response.ok) throw new Error(response.status);
        await copy(await response.text());
      } catch (failed) { word = "Not copied"; }
      const before = button.textContent;
      button.textContent = word;
      say(word);
      setTimeout(() => { button.textContent = before; say(""); }, 1600);
    });
  });

  // Keeps the sidebar's scroll position from page to page.
  const sidebar = document.querySelector(".sidebar");
  if (sidebar) {
    const key = "sidebar:" + (document.querySelector(".site-nav [aria-current]") || { pathname: "" }).pathname;
    try { sidebar.scrollTop = Number(sessionStorage.getItem(key)) || 0; } catch (blocked) { /* Starts at the top. */ }
    const current = sidebar.querySelector("[aria-current]");
    if (current) {
      const box = sidebar.getBoundingClientRect(), line = current.getBoundingClientRect();
      if (box.height && (line.top < box.top || line.bottom > box.bottom)) sidebar.scrollTop += line.top - box.top - box.height / 3;
    }
    addEventListener("pagehide", () => {
      try { sessionStorage.setItem(key, sidebar.scrollTop); } catch (blocked) { /* The next page starts at the top. */ }
    });
  }

  // Inserts the reader's own agent into samples. /get-started stores its identifiers in this browser, never a secret.
  const kept = (key) => {
    try { return JSON.parse(localStorage.getItem(key)); } catch (blocked) { return null; }
  };
  const made = document.querySelector("[data-own]");
  if (made) store("own", JSON.stringify({ agent: made.dataset.own, name: made.dataset.name, api: made.dataset.api }));
  document.querySelectorAll('form[action$="/get-started/leave"]').forEach((form) => {
    form.addEventListener("submit", () => store("own", null));
  });
  const own = kept("own");
  if (own && own.agent && own.api && !made) {
    const host = (origin) => new URL(origin).host.replace(":", "%3A");
    const example = "http://localhost:8080";
    const pairs = [["01993b6e-8123-7d11-8a2b-77c1d9a0be55", own.agent], [example, own.api], [host(example), host(own.api)]];
    const texts = [];
    document.querySelectorAll("main .code code").forEach((code) => {
      for (const walk = document.createTreeWalker(code, NodeFilter.SHOW_TEXT); walk.nextNode();) {
        const node = walk.currentNode, before = node.data;
        const after = pairs.reduce((text, [from, to]) => text.replaceAll(from, to), before);
        if (after !== before) texts.push({ node, before, after });
      }
    });
    if (texts.length) {
      const line = document.createElement("p");
      const words = document.createElement("span");
      const button = document.createElement("button");
      line.className = "own";
      button.type = "button";
      line.append(words, " ", button);
      const fill = (isOn) => {
        texts.forEach(({ node, before, after }) => { node.data = isOn ? after : before; });
        words.textContent = isOn ? `Samples use your agent ${own.name}.` : "Samples use an example agent.";
        button.textContent = isOn ? "Use the example" : "Use your agent";
      };
      let isOn = kept("own:off") !== true;
      button.addEventListener("click", () => {
        isOn = !isOn;
        store("own:off", isOn ? null : "true");
        fill(isOn);
        say(words.textContent);
      });
      fill(isOn);
      texts[0].node.parentNode.closest("figure, .tabs").before(line);
    }
  }

  // Copied text: only the commands of a terminal, and the resulting lines of a change.
  const textOf = (figure) => {
    const commands = [...figure.querySelectorAll(".cmd")];
    if (commands.length) return commands.map((command) => command.textContent).join("\n") + "\n";
    const code = figure.querySelector("code").cloneNode(true);
    code.querySelectorAll("del.l").forEach((line) => line.remove());
    return code.textContent.replace(/\n*$/, "\n");
  };
  document.querySelectorAll("figure.code").forEach((figure) => {
    if (figure.classList.contains("terminal") && !figure.querySelector(".cmd")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      let word = "Copied";
      try { await copy(textOf(figure)); } catch (refused) { word = "Not copied"; }
      button.textContent = word;
      say(word);
      setTimeout(() => { button.textContent = "Copy"; say(""); }, 1600);
    });
    figure.append(button);
  });

  // Copies an identifier to the clipboard.
  document.querySelectorAll("[data-copy]").forEach((button) => {
    button.addEventListener("click", async () => {
      let word = "Copied";
      try { await copy(button.previousElementSibling.textContent); } catch (refused) { word = "Not copied"; }
      button.textContent = word;
      say(word);
      setTimeout(() => { button.textContent = "Copy"; say(""); }, 1600);
    });
  });

  // Tabs: all groups with the same name share one selection, which is stored.
  document.addEventListener("click", (event) => {
    const summary = event.target.closest(".tabs > details > summary");
    if (!summary) return;
    const tab = summary.parentNode;
    if (tab.open) return event.preventDefault();
    const group = tab.parentNode.dataset.group;
    const before = summary.getBoundingClientRect().top;
    store("tab:" + group, tab.dataset.tab);
    document.querySelectorAll(".tabs > details").forEach((other) => {
      if (other !== tab && other.parentNode.dataset.group === group && other.dataset.tab === tab.dataset.tab) other.open = true;
    });
    // Panels above may have changed their height: keeps the clicked tab in place.
    requestAnimationFrame(() => scrollBy(0, summary.getBoundingClientRect().top - before));
  });

  // Elements that scroll horizontally are focusable and have a name; others are no tab stops.
  const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => {
    const scrolls = target.scrollWidth > target.clientWidth + 1;
    const names = { tabindex: "0", role: "group", "aria-label": target.matches("pre") ? "Code, scrolls horizontally" : "Table, scrolls horizontally" };
    for (const [name, value] of Object.entries(names)) {
      if (scrolls) target.setAttribute(name, value);
      else target.removeAttribute(name);
    }
  }));
  document.querySelectorAll(".code pre, .table-scroll").forEach((box) => sizes.observe(box));

  // Table of contents: marks the current heading.
  const links = new Map([...document.querySelectorAll(".toc a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const headings = [...document.querySelectorAll(".prose :is(h2, h3)[id]")].filter((heading) => links.has(heading.id));
  if (headings.length) {
    let queued = false;
    const mark = () => {
      queued = false;
      const read = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight * 0.3).pop() || headings[0];
      links.forEach((link, id) => {
        if (id === read.id) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      });
    };
    addEventListener("scroll", () => { if (!queued) { queued = true; requestAnimationFrame(mark); } }, { passive: true });
    mark();
  }
})();
