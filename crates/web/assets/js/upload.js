// @ts-check
// Files for an answer: chosen, pasted or dropped; sent at once, with progress; removed before sending.
import { around, byId, element, openNumber } from "./dom.js";
import { keepDraft } from "./draft.js";
import { toast } from "./toast.js";
import { say } from "./words.js";

let waiting = 0;

/** Whether files are still on their way. */
export const uploading = () => waiting > 0;

/** Sends files to the server. @param {Iterable<File>} files */
function send(files) {
  for (const file of files) one(file);
}

/** @param {File} file */
function one(file) {
  const tray = byId("tray");
  const number = openNumber();
  if (!tray || !number) return;
  const item = document.createElement("li");
  item.className = "attachment";
  const name = document.createElement("span");
  name.className = "cut";
  name.textContent = file.name;
  const progress = document.createElement("progress");
  progress.max = 1;
  progress.value = 0;
  progress.setAttribute("aria-label", say("uploading", { name: file.name }));
  item.append(name, progress);
  tray.append(item);

  const data = new FormData();
  data.append("file", file, file.name || "pasted.png");
  const request = new XMLHttpRequest();
  waiting += 1;
  request.open("POST", `/c/${number}/attachments`);
  request.setRequestHeader("X-Fragment", "upload");
  request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) progress.value = event.loaded / event.total; });
  request.addEventListener("loadend", () => {
    waiting -= 1;
    const uploaded = request.status === 200 ? element(request.responseText) : null;
    if (uploaded) { item.replaceWith(uploaded); keepDraft(); return; }
    item.remove();
    toast(request.status === 413 ? say("too-large", { name: file.name }) : say("not-uploaded", { name: file.name }));
  });
  request.send(data);
}

/** Starts. */
export function startUploads() {
  const chooser = document.createElement("input");
  chooser.type = "file";
  chooser.multiple = true;
  chooser.addEventListener("change", () => { send([...(chooser.files ?? [])]); chooser.value = ""; });
  document.addEventListener("click", (event) => {
    if (around(event, "[data-attach]")) chooser.click();
    const remove = around(event, "[data-remove]");
    if (!remove) return;
    event.preventDefault();
    const address = /** @type {HTMLButtonElement} */ (remove).formAction;
    remove.closest("li")?.remove();
    keepDraft();
    byId("composer-body")?.focus();
    fetch(address, { method: "POST", headers: { "X-Fragment": "none" } }).catch(() => toast(say("not-removed")));
  });
  document.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length || !around(event, ".thread")) return;
    event.preventDefault();
    send(files);
  });
  const mark = (/** @type {boolean} */ on) => byId("composer")?.classList.toggle("dropping", on);
  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files") || !byId("composer")) return;
    event.preventDefault();
    mark(!!around(event, ".thread"));
  });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) mark(false); });
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length || !byId("composer")) return;
    event.preventDefault();
    mark(false);
    if (around(event, ".thread")) send([...event.dataTransfer.files]);
  });
}
