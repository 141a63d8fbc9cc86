/* Kring's own few lines. Every page works without them: they only save steps.
   1 focus on what the page has to say, 2 warn before the session ends (S05), 3 «Lämna snabbt»,
   4 «Lyssna» with a voice that lives on the device, 5 close the menu with Escape, 6 one send per press,
   7 fill in again what was being written when the session ended. */
(() => {
  "use strict";
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  // 1. After a whole page load: the error summary, else the message about what happened.
  const said = document.querySelector(".k-errors[data-focus-on-load]") || document.querySelector("[data-focus-on-load]");
  if (said) said.focus();

  // 2. The idle clock. Extending is one press; when it has run out the server has ended the session too.
  const warning = document.getElementById("session-warning");
  if (warning) {
    const { sessionWarn, sessionEnd, sessionExtend, sessionEnded, sessionKeep } = warning.dataset;
    let timers = [];
    let touched = null;
    document.addEventListener("input", (event) => {
      const one = event.target.form;
      if (one && one.method === "post" && one.closest("main")) touched = one;
    });
    // What is half written is handed to the server before the page is left; it waits there for the same person.
    const depart = () => {
      const gone = () => location.assign(sessionEnded || "/");
      if (!touched || !sessionKeep) return gone();
      const body = new FormData(touched);
      body.set("kept_path", new URL(touched.action).pathname);
      body.set("kept_page", location.pathname);
      fetch(sessionKeep, { method: "POST", body, redirect: "manual" }).finally(gone);
    };
    const ask = () => {
      if (!warning.open) warning.showModal();
      warning.querySelector("[data-session-form] button").focus();
    };
    const wind = () => {
      timers.forEach(clearTimeout);
      timers = [
        setTimeout(ask, sessionWarn * 1000),
        setTimeout(depart, sessionEnd * 1000),
      ];
    };
    const form = warning.querySelector("[data-session-form]");
    form.addEventListener("submit", (event) => {
      if (event.submitter && event.submitter.hasAttribute("data-session-leave")) return;
      event.preventDefault();
      fetch(sessionExtend, { method: "POST", body: new FormData(form), redirect: "error" })
        .then((answer) => {
          if (!answer.ok) throw answer;
          warning.close();
          wind();
        })
        .catch(() => HTMLFormElement.prototype.submit.call(form));
    });
    document.addEventListener("htmx:after:request", wind);
    wind();
  }

  // 3. Shift three times within two seconds, or the button: hide the page at once, then end the session.
  const leave = document.querySelector("[data-leave]");
  if (leave) {
    const hide = () => document.documentElement.classList.add("k-leaving");
    leave.addEventListener("submit", hide);
    let presses = [];
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Shift") {
        presses = [];
        return;
      }
      if (event.repeat) return;
      presses = presses.filter((at) => event.timeStamp - at < 2000).concat(event.timeStamp);
      if (presses.length >= 3) leave.requestSubmit();
    });
  }

  // 4. Only a voice on the device itself and only Swedish: no text leaves the child's screen.
  const speech = window.speechSynthesis;
  const voice = () => speech.getVoices().find((one) => one.localService === true && /^sv\b/i.test(one.lang));
  let reading = null;
  // The sentence that is read is marked in the text itself where the browser can; else its whole paragraph.
  const marks = window.CSS && CSS.highlights && window.Highlight;
  const mark = (element, range) => {
    if (marks) CSS.highlights.delete("k-reading");
    all(".k-reading").forEach((one) => one.classList.remove("k-reading"));
    if (range && marks) CSS.highlights.set("k-reading", new Highlight(range));
    else if (element) element.classList.add("k-reading");
    if (element) element.scrollIntoView({ block: "nearest" });
  };
  const quiet = () => {
    if (!reading) return;
    reading.button.setAttribute("aria-pressed", "false");
    mark();
    reading = null;
  };
  // The sentences of one element as [element, words, range]: its text nodes laid in a row, cut after . ! and ?
  const sentencesOf = (element) => {
    const nodes = [];
    const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const silent = ".k-listen, [aria-hidden=true]";
    const heard = (node) => node.parentElement.checkVisibility() && !node.parentElement.closest(silent);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) if (heard(node)) nodes.push(node);
    const text = nodes.map((node) => node.data).join("");
    const place = (at) => {
      let left = at;
      const node = nodes.find((one) => left <= one.length || ((left -= one.length), false));
      return [node, left];
    };
    return [...text.matchAll(/[^.!?]+(?:[.!?](?=\S)[^.!?]*)*[.!?]*/g)]
      .filter((found) => found[0].trim())
      .map((found) => {
        const range = document.createRange();
        range.setStart(...place(found.index + found[0].search(/\S/)));
        range.setEnd(...place(found.index + found[0].trimEnd().length));
        return [element, found[0].trim().replace(/\s+/g, " "), range];
      });
  };
  const sentences = (button) => {
    const root = document.getElementById(button.dataset.speak) || document.getElementById("main");
    const within = ".k-pcard__word, h1, h2, h3, p, li, label, legend";
    const parts = all(within, root);
    return (parts.length ? parts : [root])
      .filter((one) => one.checkVisibility() && !one.querySelector("p, li, label, h2, h3, .k-pcard__word"))
      .filter((one) => !one.closest(".k-listen, [aria-hidden=true]"))
      .flatMap(sentencesOf);
  };
  const read = (button) => {
    const again = reading && reading.button === button;
    speech.cancel();
    quiet();
    if (again) return;
    const mine = (reading = { button });
    button.setAttribute("aria-pressed", "true");
    const queue = sentences(button);
    const next = () => {
      if (reading !== mine) return;
      const [element, text, range] = queue.shift() || [];
      if (!text) return quiet();
      const words = new SpeechSynthesisUtterance(text);
      words.voice = voice();
      words.lang = "sv-SE";
      words.rate = 0.9;
      words.onend = words.onerror = next;
      mark(element, range);
      speech.speak(words);
    };
    next();
  };
  const offer = () => {
    const able = Boolean(voice());
    all(".k-listen").forEach((button) => {
      button.hidden = !able;
      if (able && !button.hasAttribute("aria-pressed")) {
        button.setAttribute("aria-pressed", "false");
        button.addEventListener("click", () => read(button));
      }
    });
  };
  if (speech && document.querySelector(".k-listen")) {
    offer();
    speech.addEventListener("voiceschanged", offer);
    document.addEventListener("htmx:after:swap", offer);
    window.addEventListener("pagehide", () => speech.cancel());
  }

  // 5. The menu closes with Escape and when focus leaves it.
  all(".k-menu").forEach((menu) => {
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
    });
  });

  // 6. A second press on the same form does nothing; the server guards this too.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    // An answer that is a file leaves the page standing: let the button work again.
    setTimeout(() => delete form.dataset.sent, 5000);
  });
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => delete form.dataset.sent));

  // 7. Back on the page where something was half written: the words stand in its form again.
  const refill = (form, fields) => {
    Object.entries(fields).forEach(([name, values]) => {
      all(`[name="${CSS.escape(name)}"]`, form).forEach((one, at) => {
        if (one.type === "checkbox" || one.type === "radio") one.checked = values.includes(one.value);
        else if (one.type !== "hidden" && one.type !== "file") one.value = values[at] || "";
      });
    });
  };
  if (location.hash === "#kvar") {
    const main = document.querySelector("main");
    fetch(main.dataset.kept, { headers: { Accept: "application/json" } })
      .then((answer) => answer.json())
      .then(({ path, fields }) => {
        const form = all("form[method=post]", main).find((one) => new URL(one.action).pathname === path);
        if (form) refill(form, fields);
      })
      .catch(() => location.assign(main.dataset.kept));
  }
})();
