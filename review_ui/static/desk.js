// What the desk can do beyond plain pages; every action works without it.
"use strict";

// A quote that is followed marks all its pieces, also where other quotes cut it.
function showClaim(id) {
  for (const piece of document.querySelectorAll("mark.now")) piece.classList.remove("now");
  for (const piece of document.querySelectorAll(`mark[data-claims~="${CSS.escape(id)}"]`)) piece.classList.add("now");
}

// "Use this" puts another statement, with its words and address, into the form.
function useStatement(button) {
  const value = document.getElementById(`value-${button.dataset.use}`);
  const note = document.getElementById(`note-${button.dataset.use}`);
  value.value = button.dataset.value;
  note.value = button.dataset.note;
  value.closest("details").open = true;
  value.focus();
}

function offerStatements() {
  for (const button of document.querySelectorAll("button.use")) button.hidden = false;
}

function say(message) {
  const notice = document.createElement("div");
  notice.className = "notice bad";
  notice.textContent = message;
  document.getElementById("notices").replaceChildren(notice);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-claim]");
  if (link) showClaim(link.dataset.claim);
  const button = event.target.closest("button.use");
  if (button) useStatement(button);
});

// Typing a day means that day, whatever was chosen before.
document.addEventListener("input", (event) => {
  if (event.target.id === "until") document.querySelector('input[name="wait"][value="date"]').checked = true;
});

document.addEventListener("htmx:beforeRequest", () => document.getElementById("notices").replaceChildren());
document.addEventListener("htmx:sendError", () => say("The desk does not answer. Nothing was lost: try again when it runs."));
document.addEventListener("htmx:afterSettle", (event) => {
  offerStatements();
  const target = document.querySelector("[data-focus]");
  if (target && event.detail.requestConfig.verb === "post") target.focus({ preventScroll: true });
});

offerStatements();
if (location.hash.startsWith("#claim-")) showClaim(location.hash.slice("#claim-".length));
