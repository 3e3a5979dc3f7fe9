"use strict";
(() => {
  const page = document.documentElement, view = document.getElementById("view"), svg = view.querySelector("svg");
  const form = document.querySelector("form"), boxes = [...svg.querySelectorAll(".box")];
  const arrows = [...svg.querySelectorAll(".arrow")];
  const whole = svg.viewBox.baseVal, size = { width: whole.width, height: whole.height };
  page.classList.add("scripted");
  form.addEventListener("submit", (event) => event.preventDefault());

  // What is around a box: all that leads to it, and all that it leads to.
  const next = (from, to) => {
    const found = new Map();
    for (const one of arrows) {
      const key = one.dataset[from];
      found.set(key, [...(found.get(key) || []), one.dataset[to]]);
    }
    return found;
  };
  const ways = [next("from", "to"), next("to", "from")];
  const around = (ids) => {
    const kept = new Set(ids);
    for (const way of ways) {
      const waiting = [...ids], seen = new Set(ids);
      while (waiting.length) {
        for (const one of way.get(waiting.pop()) || []) {
          if (!seen.has(one)) { seen.add(one); kept.add(one); waiting.push(one); }
        }
      }
    }
    return kept;
  };

  const apply = () => {
    const text = form.text.value.trim().toLowerCase(), namespace = form.namespace.value, bad = form.bad.checked;
    const meant = boxes.filter((box) =>
      (!text || box.textContent.toLowerCase().includes(text)) &&
      (!namespace || box.dataset.namespace === namespace) &&
      (!bad || box.matches(".error, .warning, .info, .missing")));
    const all = meant.length === boxes.length, kept = around(meant.map((box) => box.id));
    for (const box of boxes) box.classList.toggle("dim", !all && !kept.has(box.id));
    for (const one of arrows) one.classList.toggle("dim", !all && !(kept.has(one.dataset.from) && kept.has(one.dataset.to)));
  };
  form.addEventListener("input", apply);
  svg.addEventListener("click", (event) => {
    const box = event.target.closest(".box");
    if (box && !moved) { form.text.value = box.querySelector(".head").textContent; apply(); }
  });

  // Pan with the pointer, zoom with the wheel, around where the pointer is.
  let moved = false, last = null;
  const scale = () => Math.max(whole.width / view.clientWidth, whole.height / view.clientHeight);
  const fit = () => { Object.assign(whole, { x: 0, y: 0, width: size.width, height: size.height }); };
  view.addEventListener("pointerdown", (event) => { last = event; moved = false; });
  window.addEventListener("pointerup", () => { last = null; });
  window.addEventListener("pointermove", (event) => {
    if (!last) return;
    const dx = event.clientX - last.clientX, dy = event.clientY - last.clientY;
    if (Math.abs(dx) + Math.abs(dy) > 2) moved = true;
    whole.x -= dx * scale(); whole.y -= dy * scale(); last = event;
  });
  const zoom = (factor, x, y) => {
    whole.x += (x - whole.x) * (1 - factor); whole.y += (y - whole.y) * (1 - factor);
    whole.width *= factor; whole.height *= factor;
  };
  view.addEventListener("wheel", (event) => {
    event.preventDefault();
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    zoom(Math.exp(event.deltaY / 400), at.x, at.y);
  }, { passive: false });
  for (const [name, factor] of [["in", 0.8], ["out", 1.25]]) {
    form[name].addEventListener("click", () => zoom(factor, whole.x + whole.width / 2, whole.y + whole.height / 2));
  }
  form.fit.addEventListener("click", () => { form.reset(); apply(); fit(); });
  // A small drawing is not blown up.
  if (size.width < view.clientWidth && size.height < view.clientHeight) {
    size.width = view.clientWidth; size.height = view.clientHeight; fit();
  } else if (scale() > 1.6) {
    const factor = 1.2 / scale(); whole.width *= factor; whole.height *= factor;
  }
})();
