"use strict";
(() => {
  const form = document.querySelector("form");
  if (!form) return;
  document.documentElement.classList.add("scripted");
  const findings = [...document.querySelectorAll(".finding")], sections = [...document.querySelectorAll("section")];
  const headings = [...document.querySelectorAll("h2")];
  const apply = () => {
    const text = form.text.value.trim().toLowerCase();
    let shown = 0;
    for (const one of findings) {
      const owner = one.closest("section").querySelector("h3").textContent;
      const box = ["error", "warning", "info"].map((name) => one.classList.contains(name) && form[name]).find(Boolean);
      one.hidden = (box && !box.checked) || !`${owner} ${one.textContent}`.toLowerCase().includes(text);
      if (!one.hidden) shown += 1;
    }
    for (const one of sections) one.hidden = !one.querySelector(".finding:not([hidden])");
    for (const one of headings) {
      let next = one.nextElementSibling, any = false;
      for (; next && next.tagName === "SECTION"; next = next.nextElementSibling) any = any || !next.hidden;
      one.hidden = !any;
    }
    document.getElementById("count").textContent = shown === findings.length ? "" : `${shown} of ${findings.length}`;
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
})();
