// The marketplace's list changes in place: what is chosen or typed is asked for behind the page, and its address follows.
// Without script the same form is sent as a form.
(function () {
  "use strict";
  const form = document.querySelector("[data-market]");
  if (!form) return;
  const results = document.getElementById("market--results");
  const facets = document.getElementById("market--facets");
  const bar = document.getElementById("market--bar");
  const field = document.getElementById("market--text");
  // For the focus of who follows a link of it: without script, nothing here is led to.
  results.tabIndex = -1;
  let asked = 0;
  // What is shown, without the fragment: going to one of those changes nothing here.
  const bare = (href) => href.split("#")[0];
  let shown = bare(location.href);

  // The address of what the form says: nothing empty in it, and nothing that is usual.
  const address = () => {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (value !== "") query.append(name, value);
    }
    const text = query.toString();
    return form.action.split("?")[0] + (text ? "?" + text : "");
  };

  // What had the focus has it again, if it is still there.
  const mark = () => {
    const node = document.activeElement;
    if (!node || !form.contains(node) || node === field) return () => {};
    const { id, name, value } = node;
    const isLink = node.matches("a");
    return () => {
      // A link is not there any more, or is another one: who reads goes on from the results.
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
      // What announces and what opens stays; what it says is new.
      for (const part of [".found", ".narrow"]) bar.querySelector(part).textContent = parts[2].querySelector(part).textContent;
      // An option that is taken out of one list leaves the choice there to the next one: what is chosen is read before.
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
      // It is there: what is on its way is not wanted any more.
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
