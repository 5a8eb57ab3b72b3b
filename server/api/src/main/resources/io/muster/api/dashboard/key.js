// Asks for the key that every page needs before it can show anything.

import { forget, keep, key } from "./api.js";
import { element } from "./elements.js";

/** Opens the question and ends with the answer kept; `reason` says what was wrong with the key before, "" for nothing. */
export function askForKey(reason) {
  const said = key() ? reason : "";
  forget();
  const dialog = document.getElementById("key-dialog") ?? made();
  dialog.querySelector(".error").textContent = said;
  dialog.querySelector("input").value = "";
  dialog.showModal();
  return new Promise((done) => {
    const closed = () => {
      keep(dialog.querySelector("input").value.trim());
      done();
    };
    dialog.addEventListener("close", closed, { once: true });
  });
}

/** Whether the page waits for a key. */
export function isAsking() {
  return document.getElementById("key-dialog")?.open ?? false;
}

function made() {
  const input = { id: "key", name: "key", type: "password", autocomplete: "off", spellcheck: "false", required: "" };
  const form = element(
    "form",
    { method: "dialog" },
    element("h2", { id: "key-title" }, "A key, please"),
    element("p", {}, "The first start of a cluster writes an admin key to a file and says where. What you enter is kept in this tab only."),
    element("label", { for: "key" }, "API key"),
    element("input", input),
    element("p", { id: "key-error", class: "error", role: "alert" }),
    element("button", { type: "submit", value: "ok" }, "Open the dashboard"),
  );
  const dialog = element("dialog", { id: "key-dialog", "aria-labelledby": "key-title" }, form);
  document.body.append(dialog);
  return dialog;
}
