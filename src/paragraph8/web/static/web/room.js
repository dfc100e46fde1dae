/* The election-day room: what changed is changed in place, so that nothing blinks, closes or loses its focus; and the
   slider says its hour while it moves. Without this file the page works by its links and buttons. */

/* Attributes that are the reader's: an open table stays open. */
const OWN = { DETAILS: ["open"] };

function alike(one, other) {
  return one.nodeType === other.nodeType && one.nodeName === other.nodeName && (one.id || "") === (other.id || "");
}

function dress(from, to) {
  const own = OWN[from.nodeName] ?? [];
  for (const { name } of [...from.attributes]) {
    if (!to.hasAttribute(name) && !own.includes(name)) from.removeAttribute(name);
  }
  for (const { name, value } of [...to.attributes]) {
    if (!own.includes(name) && from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
}

/* Make `from` what `to` is, keeping every node that has a counterpart. */
export function become(from, to) {
  if (from.nodeType !== Node.ELEMENT_NODE) {
    if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue;
    return;
  }
  dress(from, to);
  let here = from.firstChild;
  for (const wanted of [...to.childNodes]) {
    let found = here;
    while (found && !alike(found, wanted)) found = found.nextSibling;
    if (!found) {
      from.insertBefore(document.importNode(wanted, true), here);
      continue;
    }
    if (found !== here) from.insertBefore(found, here);
    else here = here.nextSibling;
    become(found, wanted);
  }
  while (here) {
    const next = here.nextSibling;
    here.remove();
    here = next;
  }
}

globalThis.htmx?.defineExtension("keep", {
  isInlineSwap: (style) => style === "keep",
  handleSwap(style, target, fragment) {
    if (style !== "keep") return false;
    become(target, fragment.firstElementChild);
    return [];
  },
});

const slider = document.querySelector(".slider input[type=range]");
if (slider) {
  const told = slider.form.querySelector("output");
  const two = (n) => String(n).padStart(2, "0");
  const words = () => {
    const minute = Number(slider.value);
    const hour = `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`;
    return minute >= 1440 ? `${hour} ${slider.dataset.night}` : hour;
  };
  slider.addEventListener("input", () => {
    told.value = words();
    slider.setAttribute("aria-valuetext", words());
  });
}
