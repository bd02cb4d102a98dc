// Updates the marketplace list in place: requests the results of each selection or input, and updates the page's URL.
// Without script, the form is submitted normally.
(function () {
  "use strict";
  const form = document.querySelector("[data-market]");
  if (!form) return;
  const results = document.getElementById("market--results");
  const facets = document.getElementById("market--facets");
  const bar = document.getElementById("market--bar");
  const field = document.getElementById("market--text");
  // Receives the focus after a link in the results is followed; unnecessary without script.
  results.tabIndex = -1;
  let asked = 0;
  // URL without its fragment: following a fragment link changes nothing here.
  const bare = (href) => href.split("#")[0];
  let shown = bare(location.href);

  // URL of the form's values, without empty and default ones.
  const address = () => {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (value !== "") query.append(name, value);
    }
    const text = query.toString();
    return form.action.split("?")[0] + (text ? "?" + text : "");
  };

  // Restores the focus, if its element still exists.
  const mark = () => {
    const node = document.activeElement;
    if (!node || !form.contains(node) || node === field) return () => {};
    const { id, name, value } = node;
    const isLink = node.matches("a");
    return () => {
      // A link is gone or replaced: the focus moves to the results.
      if (isLink) return results.focus({ preventScroll: true });
      const same = id ? document.getElementById(id) : [...form.elements].find((other) => other.name === name && other.value === value);
      if (same) same.focus({ preventScroll: true });
    };
  };

  const show = async (href, keepField) => {
    const turn = ++asked;
    results.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      if (turn !== asked) return "late";
      const parts = ["market--results", "market--facets", "market--bar"].map((id) => page.getElementById(id));
      if (!response.ok || parts.includes(null)) return false;
      const focus = mark();
      document.title = page.title;
      [results, facets].forEach((node, index) => node.replaceChildren(...parts[index].childNodes));
      // The status element and the button are kept; only their text changes.
      for (const part of [".found", ".narrow"]) bar.querySelector(part).textContent = parts[2].querySelector(part).textContent;
      // Removing the selected option selects the next one, so the selection is read first.
      const [sort, sorts] = [form.elements.sort, parts[2].querySelector("select")];
      const order = sorts.value;
      sort.replaceChildren(...sorts.childNodes);
      sort.value = order;
      if (!keepField) field.value = page.getElementById("market--text").value;
      focus();
      shown = bare(href);
      return true;
    } catch (failed) {
      return turn === asked ? false : "late";
    } finally {
      if (turn === asked) results.removeAttribute("aria-busy");
    }
  };

  const go = async (href) => {
    if (href === shown) {
      // Already shown: discards pending responses.
      asked++;
      results.removeAttribute("aria-busy");
      return;
    }
    const done = await show(href, true);
    if (done === true) history.pushState(null, "", href);
    else if (!done) location.href = href;
  };

  form.addEventListener("change", (event) => { if (event.target !== field) go(address()); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (facets.matches(":popover-open")) facets.hidePopover();
    go(address());
  });
  results.addEventListener("click", (event) => {
    const link = event.target.closest(".chosen a, .pages a, .tags a, .nothing a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.pathname !== new URL(form.action).pathname) return;
    event.preventDefault();
    const isPage = link.closest(".pages");
    show(link.href, false).then((done) => {
      if (!done) location.href = link.href;
      if (done !== true) return;
      history.pushState(null, "", link.href);
      if (isPage) results.scrollIntoView();
    });
  });
  addEventListener("popstate", () => {
    if (bare(location.href) === shown) return;
    show(location.href, false).then((done) => { if (!done) location.reload(); });
  });
})();
