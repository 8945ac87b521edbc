/* Smoother with a keyboard and a screen reader. Every page works without it. */
(() => {
  "use strict";
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
  let waitsForLetter = 0;

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return save(event);
    if (event.key === "Escape") return close(event);
    if ("noKeys" in document.body.dataset || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (Date.now() < waitsForLetter) return go(event);
    if (event.key === "/") return search(event);
    if (event.key === "?") window.location.assign("/help/keyboard");
    if (event.key === "g") waitsForLetter = Date.now() + 1500;
  });

  function save(event) {
    const form = event.target.closest("form[data-saves]");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit();
  }

  function close(event) {
    const menu = event.target.closest("details.house-menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  }

  function search(event) {
    const field = document.querySelector("[data-search]") || document.getElementById("find");
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  }

  function go(event) {
    waitsForLetter = 0;
    const way = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (way) window.location.assign(way.href);
  }

  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.house-menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  /* A list that came anew says how long it is: what is swapped in is not read out by itself. */
  document.addEventListener("htmx:afterSettle", (event) => {
    const count = event.target.querySelector(".house-count");
    if (count) document.getElementById("announcer").textContent = count.textContent;
  });

  document.addEventListener("htmx:afterSettle", () => {
    const said = document.getElementById("notice");
    const complaint = document.querySelector("[data-focus]");
    if (complaint) complaint.focus();
    else if (said && said.querySelector(".kern-alert--danger")) said.focus();
    else if (document.activeElement === document.body && said && said.firstElementChild) said.focus();
  });

  const complaint = document.querySelector("[data-focus]");
  if (complaint) complaint.focus();
})();
