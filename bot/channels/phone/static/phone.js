// New messages appear by themselves, and sending does not load the page again. Without this file all works too.
"use strict";

const EVERY = 1000; // milliseconds between looks for new messages

const log = document.getElementById("log");
const text = document.getElementById("text");
const attach = document.getElementById("attach");
const trouble = document.getElementById("trouble");

let looking = Promise.resolve();

function newest() {
  const last = log.querySelector(".bubble:last-child");
  return last ? last.dataset.number : 0;
}

async function look() {
  const answer = await fetch(`${log.dataset.more}&after=${newest()}`);
  if (answer.status !== 200) return;
  const bubbles = await answer.text();
  document.getElementById("empty")?.remove();
  log.insertAdjacentHTML("beforeend", bubbles);
  const screen = log.parentElement;
  screen.scrollTop = 0; // the newest, since the screen is turned round
}

// One look after the other: two at once would show a message twice.
function lookInTurn() {
  looking = looking.then(look).catch(() => {}); // offline: the next look tells
  return looking;
}

async function send(form, button) {
  const filled = new FormData(form);
  if (button?.name) filled.set(button.name, button.value);
  const words = form.enctype === "multipart/form-data" ? filled : new URLSearchParams(filled);
  if (attach.contains(form)) {
    attach.open = false;
    form.reset();
  }
  const written = text.value;
  if (form.contains(text)) text.value = "";
  const watching = setInterval(lookInTurn, EVERY / 4); // one's own message shows at once
  let sent = false;
  trouble.textContent = trouble.dataset.notSent;
  try {
    const answer = await fetch(form.action, { method: "POST", body: words });
    sent = answer.ok;
    if (answer.status === 413) trouble.textContent = trouble.dataset.tooLarge;
    if (answer.status === 422) trouble.textContent = trouble.dataset.noPlace;
  } catch {
    // No connection: said below, and what was written is kept.
  }
  clearInterval(watching);
  trouble.hidden = sent;
  if (!sent && form.contains(text) && !text.value) text.value = written;
  await lookInTurn();
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-chat]")) return;
  event.preventDefault();
  send(event.target, event.submitter);
  if (event.target.contains(text)) text.focus({ preventScroll: true });
});

text.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  text.form.requestSubmit();
});

setInterval(() => {
  if (!document.hidden) lookInTurn();
}, EVERY);
