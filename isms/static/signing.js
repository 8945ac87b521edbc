/* Signing on the screen with finger, pen or mouse. Without it the name is typed or the own login confirms. */
(() => {
  "use strict";
  const CLOSEST = 3, LONGEST = 9000;

  for (const box of document.querySelectorAll("[data-sign]")) prepare(box);

  function prepare(box) {
    const paper = box.querySelector("canvas"), kept = box.querySelector("input"), ink = paper.getContext("2d");
    let last = null;
    box.hidden = false;
    redraw();

    paper.addEventListener("pointerdown", (event) => {
      if (event.button || kept.value.length > LONGEST) return;
      event.preventDefault();
      paper.setPointerCapture(event.pointerId);
      last = place(event);
      kept.value += `M${last.x} ${last.y}`;
    });
    paper.addEventListener("pointermove", (event) => {
      if (!last) return;
      const next = place(event);
      if (Math.hypot(next.x - last.x, next.y - last.y) < CLOSEST || kept.value.length > LONGEST) return;
      line(last, next);
      kept.value += `L${next.x} ${next.y}`;
      last = next;
    });
    for (const end of ["pointerup", "pointercancel"]) paper.addEventListener(end, () => { last = null; chosen(); });
    box.querySelector("button").addEventListener("click", () => { kept.value = ""; redraw(); });
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);

    function place(event) {
      const seen = paper.getBoundingClientRect();
      const on = (at, start, size, limit) => Math.max(0, Math.min(limit, Math.round((at - start) / size * limit)));
      return {
        x: on(event.clientX, seen.left, seen.width, paper.width),
        y: on(event.clientY, seen.top, seen.height, paper.height),
      };
    }

    function line(from, to) {
      ink.strokeStyle = getComputedStyle(paper).color;
      ink.lineWidth = 3;
      ink.lineCap = ink.lineJoin = "round";
      ink.beginPath();
      ink.moveTo(from.x, from.y);
      ink.lineTo(to.x, to.y);
      ink.stroke();
    }

    function redraw() {
      ink.clearRect(0, 0, paper.width, paper.height);
      for (const stroke of kept.value.split("M").slice(1)) {
        const points = stroke.split("L").map((pair) => pair.split(" ").map(Number)).map(([x, y]) => ({ x, y }));
        points.slice(1).forEach((point, index) => line(points[index], point));
      }
    }

    function chosen() {
      const way = document.querySelector(`[name="signing"][value="drawn"]`);
      if (way && box.dataset.sign === "person_drawing" && kept.value) way.checked = true;
    }
  }
})();
