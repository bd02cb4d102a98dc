// The marketplace's list changes in place: what is chosen or typed is asked for behind the page, and its address follows.
// Without script the same form is sent as a form.
(function () {
  "use strict";
  const form = document.querySelector("[data-market]");
  if (!form) return;
  const results = document.getElementById("market--results");
  const facets = document.getElementById("market--facets");
  const field = document.getElementById("market--text");
  let asked = 0;

  // The address of what the form says: nothing empty in it, and nothing that is usual.
  const address = () => {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (value !== "" && !(name === "sort" && form.elements.sort.selectedIndex === 0)) query.append(name, value);
    }
    const text = query.toString();
    return form.action.split("?")[0] + (text ? "?" + text : "");
  };

  // What had the focus has it again, if it is still there.
  const mark = () => {
    const node = document.activeElement;
    if (!node || !form.contains(node) || node === field) return () => {};
    const { id, name, value } = node;
    return () => {
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
      if (turn !== asked) return true;
      const parts = ["market--results", "market--facets"].map((id) => page.getElementById(id));
      if (!response.ok || !parts[0] || !parts[1]) return false;
      const focus = mark();
      document.title = page.title;
      [results, facets].forEach((node, index) => node.replaceChildren(...parts[index].childNodes));
      if (!keepField) field.value = page.getElementById("market--text").value;
      focus();
      return true;
    } catch (failed) {
      return false;
    } finally {
      if (turn === asked) results.removeAttribute("aria-busy");
    }
  };

  const go = async (href) => {
    if (href === location.href) return;
    if (await show(href, true)) history.pushState(null, "", href);
    else location.href = href;
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
      if (!done) { location.href = link.href; return; }
      history.pushState(null, "", link.href);
      if (isPage) results.scrollIntoView();
    });
  });
  addEventListener("popstate", () => { show(location.href, false).then((done) => { if (!done) location.reload(); }); });
})();
