/* Counting with a hand scanner or the phone's camera, faster than the answers come. The page works without it. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-counts]");
  if (!form) return;
  const field = form.elements.code;
  const waiting = form.querySelector(".count-waiting");
  const RETRY = 3000, LOOK = 200, SAME_AGAIN = 3000, PROGRESS = 15000, AWAKE = 600000;
  const kept = `counting:${form.action}`;
  const queue = JSON.parse(sessionStorage.getItem(kept) || "[]");
  let sending = false, failed = false, lastUse = Date.now();

  /* What was scanned leaves the field at once, so that the next scan cannot run into it, and waits for its turn. */
  form.addEventListener("submit", (event) => {
    if (!window.htmx) return;
    event.preventDefault();
    take(field.value);
    field.value = "";
    field.focus();
  });

  function take(code) {
    if (!code.trim()) return;
    lastUse = Date.now();
    queue.push({ code, place: form.elements.place.value, _once: token() });
    keep();
    send();
  }

  function token() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  /* What waits outlives a sign-in that became necessary in between. */
  function keep() {
    sessionStorage.setItem(kept, JSON.stringify(queue));
    waiting.textContent = queue.length && failed ? form.dataset.waiting.replace("{count}", queue.length) : "";
  }

  async function send() {
    if (sending) return;
    sending = true;
    while (queue.length) {
      const status = await answer(queue[0]);
      if (status === 401) return window.location.reload();
      failed = !status || status >= 500;
      if (failed) {
        keep();
        await new Promise((again) => setTimeout(again, RETRY));
      } else {
        queue.shift();
        keep();
        say();
      }
    }
    sending = false;
  }

  /* After a broken connection the same token is sent again: it counts once, whatever had arrived. */
  async function answer(values) {
    let status = 0;
    const note = (event) => { status = event.detail.xhr.status; };
    const leave = (event) => { if (event.detail.xhr.status === 401) event.detail.shouldSwap = false; };
    form.addEventListener("htmx:afterRequest", note);
    document.body.addEventListener("htmx:beforeSwap", leave);
    await window.htmx.ajax("POST", form.action, { source: form, target: "#counted", swap: "outerHTML", values }).catch(() => {});
    form.removeEventListener("htmx:afterRequest", note);
    document.body.removeEventListener("htmx:beforeSwap", leave);
    return status;
  }

  function say() {
    const said = document.querySelector("#counted [data-said]");
    if (said) document.getElementById("announcer").textContent = said.textContent;
    if (document.activeElement === document.body) field.focus();
  }

  if (queue.length) window.addEventListener("load", send);

  /* Others count, too. Nobody's session is kept alive by a phone that lies about. */
  setInterval(() => {
    const progress = document.getElementById("progress");
    const inUse = document.visibilityState === "visible" && Date.now() - lastUse < AWAKE;
    if (progress && window.htmx && inUse) window.htmx.trigger(progress, "progress-due");
  }, PROGRESS);

  /* ---- the camera, where the browser can read codes ---- */
  const button = form.querySelector("[data-camera]"), video = form.querySelector("video");
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  button.hidden = false;
  let stream = null, seen = { code: "", at: 0 };

  button.addEventListener("click", () => (stream ? stop() : start()));
  window.addEventListener("pagehide", stop);

  async function start() {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      waiting.textContent = button.dataset.refused;
      return;
    }
    video.srcObject = stream;
    video.hidden = false;
    button.setAttribute("aria-pressed", "true");
    await video.play();
    look(new window.BarcodeDetector());
  }

  async function look(detector) {
    while (stream) {
      const found = await detector.detect(video).catch(() => []);
      if (found.length) notice(found[0].rawValue);
      await new Promise((again) => setTimeout(again, LOOK));
    }
  }

  function notice(code) {
    const now = Date.now();
    const same = code === seen.code && now - seen.at < SAME_AGAIN;
    seen = { code, at: now };
    if (!same) take(code);
  }

  function stop() {
    if (stream) for (const track of stream.getTracks()) track.stop();
    stream = null;
    video.hidden = true;
    button.setAttribute("aria-pressed", "false");
  }
})();
