// Makes pages nicer; every one of them works without it. Nothing here decides or computes.
(() => {
  "use strict";
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // Takes parts of a page from the server and puts them in the place of the same parts here.
  const refresh = async (address, ids, signal) => {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, credentials: "same-origin", signal });
    if (answer.redirected || !(answer.headers.get("content-type") || "").startsWith("text/html")) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const pairs = ids.map((id) => [document.getElementById(id), page.getElementById(id)]);
    if (pairs.some(([old, fresh]) => !old || !fresh)) return null;
    const held = document.activeElement;
    for (const [old, fresh] of pairs) old.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
    // Whoever works by keyboard keeps their place.
    if (held?.name && !held.isConnected) {
      const same = all("input, select, button").find((one) => one.name === held.name && (one.type !== "radio" || one.value === held.value));
      same?.focus({ preventScroll: true });
    }
    return page;
  };

  // The chooser: a new choice asks at once what it means.
  for (const form of all("[data-chooser]")) {
    let asking;
    form.addEventListener("change", async () => {
      asking?.abort();
      asking = new AbortController();
      const panel = document.getElementById("meaning");
      const address = `${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`;
      panel.classList.add("busy");
      try {
        if (await refresh(address, ["choice", "meaning"], asking.signal)) history.replaceState(null, "", address);
        else location.assign(address);
        panel.classList.remove("busy");
      } catch (error) {
        if (error.name !== "AbortError") panel.classList.remove("busy");
      }
    });
  }

  // A form that pays or changes is sent once; the server would refuse the second one anyway.
  for (const form of all("[data-once]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) return event.preventDefault();
      form.dataset.sent = "yes";
      for (const button of all("button[type=submit]", form)) button.setAttribute("aria-disabled", "true");
    });
  }
  addEventListener("pageshow", () => all("[data-once]").forEach((form) => {
    delete form.dataset.sent;
    all("button[aria-disabled]", form).forEach((button) => button.removeAttribute("aria-disabled"));
  }));

  // A change on its way: looks again, ever more slowly, until nothing more can happen.
  const moving = document.querySelector("[data-poll]");
  if (moving?.id) {
    let wait = 1000;
    const look = async () => {
      if (!document.hidden && !moving.querySelector(":popover-open")) {
        try {
          const page = await refresh(location.href, [moving.id]);
          if (!page) return;
          // The last step may bring a document or another state: then the whole page is read anew.
          if (!page.getElementById(moving.id).hasAttribute("data-poll")) return location.reload();
        } catch { /* The server may be away for a moment. */ }
      }
      wait = Math.min(wait * 1.25, 10000);
      setTimeout(look, wait);
    };
    setTimeout(look, wait);
  }

  // Menus close by Escape, by a press elsewhere, and when another one opens.
  const close = (except) => all("details.menu[open]").forEach((menu) => { if (menu !== except) menu.open = false; });
  addEventListener("click", (event) => close(event.target.closest("details.menu")));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const menu = document.querySelector("details.menu[open]");
      close();
      menu?.querySelector("summary").focus();
    }
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest("input, select, textarea, [contenteditable]")) {
      const search = document.querySelector("[data-search]");
      if (search) { event.preventDefault(); search.focus(); search.select(); }
    }
  });

  for (const button of all("[data-dismiss]")) {
    button.hidden = false;
    button.addEventListener("click", () => button.closest(".notice").remove());
  }
})();
