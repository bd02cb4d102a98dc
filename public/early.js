// Before the first paint: applies the selected theme and the selected tabs. At most 1 KB.
(function () {
  var root = document.documentElement;
  var read = function (key) {
    try { return localStorage.getItem(key); } catch (blocked) { return null; }
  };
  root.dataset.script = "";
  var theme = read("theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  var open = function (node) {
    var tab = node.matches && node.matches(".tabs > details") ? node : null;
    if (tab && tab.dataset.tab === read("tab:" + tab.parentNode.dataset.group)) tab.open = true;
  };
  var watch = new MutationObserver(function (changes) {
    changes.forEach(function (change) { change.addedNodes.forEach(open); });
  });
  watch.observe(root, { childList: true, subtree: true });
  addEventListener("DOMContentLoaded", function () { watch.disconnect(); });
})();
