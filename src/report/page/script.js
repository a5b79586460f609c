// Keeps the page that is shown equal to the files: asks for new content when the server says that there is some.
"use strict";

const status = () => document.getElementById("status");
let version = document.body.dataset.version;
let isFetching = false;
let isStale = false;
let wasLost = false;

function tell(text, isLost) {
  const element = status();
  element.textContent = text;
  element.classList.toggle("lost", isLost);
}

/** What the reader did to the page: details that were opened or closed, the place in view, the focus. */
function remember() {
  const details = new Map();
  for (const element of document.querySelectorAll("main details")) {
    const key = keyOf(element);
    if (key) details.set(key, element.open);
  }
  let anchor = null;
  for (const element of document.querySelectorAll("main [id]")) {
    const box = element.getBoundingClientRect();
    if (box.height > 0 && box.bottom > 60) {
      anchor = { id: element.id, top: box.top };
      if (box.top >= 0) break;
    }
  }
  const focus = document.activeElement;
  return {
    details,
    anchor,
    scroll: scrollY,
    focus: focus && focus !== document.body ? pathOf(focus) : null,
  };
}

function restore(kept) {
  for (const element of document.querySelectorAll("main details")) {
    const key = keyOf(element);
    if (kept.details.has(key)) element.open = kept.details.get(key);
  }
  const focus = kept.focus && elementAt(kept.focus);
  if (focus) focus.focus({ preventScroll: true });
  const behaviour = document.documentElement.style;
  behaviour.scrollBehavior = "auto";
  const anchor = kept.anchor && document.getElementById(kept.anchor.id);
  if (anchor && anchor.getBoundingClientRect().height > 0) {
    scrollBy(0, anchor.getBoundingClientRect().top - kept.anchor.top);
  } else {
    scrollTo(0, kept.scroll);
  }
  behaviour.scrollBehavior = "";
}

/** A name for a details element that stays when the text around it changes. */
function keyOf(element) {
  if (element.dataset.key) return element.dataset.key;
  const named = element.closest("[id]");
  if (!named) return null;
  return named.id + "/" + [...named.querySelectorAll("details")].indexOf(element);
}

/** The way to an element from the nearest one that has a name. */
function pathOf(element) {
  const steps = [];
  let at = element;
  while (at && !at.id && !at.dataset.key && at !== document.body) {
    steps.unshift([...at.parentElement.children].indexOf(at));
    at = at.parentElement;
  }
  return { id: at && at.id, key: at && at.dataset.key, steps };
}

function elementAt({ id, key, steps }) {
  let at = document.body;
  if (id) at = document.getElementById(id);
  else if (key) at = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  for (const step of steps) at = at && at.children[step];
  return at;
}

/** Replaces those children that differ, so that drawings which stay are not loaded again. */
function exchange(shown, fresh) {
  const known = new Map();
  for (const child of shown.children) if (child.id) known.set(child.id, child);
  const children = [...fresh.children].map((child) => {
    const old = child.id && known.get(child.id);
    return old && sameMarkup(old, child) ? old : document.importNode(child, true);
  });
  shown.className = fresh.className;
  shown.replaceChildren(...children);
}

/** True when nothing but the reader's own opening and closing sets the two apart. */
function sameMarkup(shown, fresh) {
  const plain = (element) => {
    const copy = element.cloneNode(true);
    for (const details of copy.querySelectorAll("details")) details.removeAttribute("open");
    return copy.outerHTML;
  };
  return plain(shown) === plain(fresh);
}

async function refresh() {
  if (isFetching) {
    isStale = true;
    return;
  }
  isFetching = true;
  try {
    const response = await fetch("/content", { cache: "no-store" });
    if (!response.ok) throw new Error(String(response.status));
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    const content = fresh.querySelector("[data-version]");
    const kept = remember();
    exchange(document.querySelector("main"), content.querySelector("main"));
    document.querySelector("nav").replaceWith(document.importNode(content.querySelector("nav"), true));
    // The browser looks for the element that the address names only when it goes there.
    if (location.hash) location.replace(location.href);
    restore(kept);
    version = content.dataset.version;
    document.body.dataset.version = version;
    tell("", false);
  } catch {
    tell("The server does not answer", true);
  } finally {
    isFetching = false;
    if (isStale) {
      isStale = false;
      refresh();
    }
  }
}

function listen() {
  const events = new EventSource("/events");
  events.addEventListener("version", (event) => {
    // A server that was started anew counts from the start.
    if (wasLost || String(JSON.parse(event.data).version) !== version) refresh();
    wasLost = false;
  });
  // The browser tries again by itself, unless the server refused for good.
  events.addEventListener("error", () => {
    wasLost = true;
    tell("The server is gone: what is shown may be old", true);
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
  });
}

listen();
