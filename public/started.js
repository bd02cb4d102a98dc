// Updates the remaining hours by the server's clock, and polls for the reader's first call until the audit trail contains
// that call. Without script, reloading the page does both.
(function () {
  "use strict";
  const left = document.querySelector("[data-left]");
  if (left) {
    const count = () => {
      const hours = Math.floor((Number(left.dataset.left) - performance.now() / 1000) / 3600);
      left.textContent = hours < 1 ? "the hour" : hours === 1 ? "1 hour" : `${hours} hours`;
    };
    setInterval(count, 60_000);
  }
  const line = document.querySelector("[data-first-call]");
  if (!line) return;
  // Most calls arrive within minutes: polls less often after that.
  const pause = (waited) => (waited < 120_000 ? 2_000 : 15_000);
  const began = Date.now();
  const show = ({ line: call, at, requestId }) => {
    const code = (text) => Object.assign(document.createElement("code"), { textContent: text });
    const strong = Object.assign(document.createElement("strong"), { textContent: "First call received. " });
    line.replaceChildren(strong, code(call), ` at ${at}, request ID `, code(requestId));
    line.className = "arrived";
    line.closest("li").classList.replace("now", "done");
  };
  const [text, again] = [line.querySelector("p"), line.querySelector("form")];
  const waiting = text.textContent;
  // Only changes are announced.
  const say = (words) => text.textContent === words || (text.textContent = words);
  // The button would reload the page, and an unsaved secret would be lost.
  again.hidden = true;
  const ask = async () => {
    try {
      const answer = await fetch(line.dataset.firstCall, { headers: { Accept: "application/json" } });
      // The session has expired: only the page itself can show what to do.
      if (answer.status === 404) return say("Your session has ended. Reload the page.");
      say(answer.ok ? waiting : "The registry is currently unavailable. Still waiting for your first call…");
      const { call } = answer.ok ? await answer.json() : {};
      if (call) return show(call);
    } catch {
      say("The connection is currently unavailable. Still waiting for your first call…");
    }
    setTimeout(() => (document.hidden ? document.addEventListener("visibilitychange", ask, { once: true }) : ask()), pause(Date.now() - began));
  };
  ask();
})();
