// Hydrates islands: imports the WASM module named by this script's tag, then calls the export of each island, parents
// before children. Until then, and without WASM, forms and links work without it.
(function () {
  "use strict";
  const { module, wasm } = document.currentScript.dataset;
  const idle = window.requestIdleCallback || ((run) => setTimeout(run, 1));
  const wake = async (node, exports, parents) => {
    let below = parents;
    if (node.localName === "leptos-island") {
      const island = exports[node.dataset.component];
      if (island) {
        const parent = parents[parents.length - 1];
        if (parent) parent();
        await island(node);
      }
    } else if (node.localName === "leptos-children") {
      below = [...parents, node.$$on_hydrate];
    }
    for (const child of [...node.children]) await wake(child, exports, below);
  };
  // Without a timeout, a browser that draws no frames or is never idle does not call it.
  const latest = { timeout: 1000 };
  idle(async () => {
    const exports = await import(module);
    await exports.default({ module_or_path: wasm });
    exports.hydrate();
    await wake(document.body, exports, []);
  }, latest);
})();
