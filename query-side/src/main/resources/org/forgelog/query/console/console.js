// What the console's pages do by themselves: tell whether they are connected, and draw lines.
(function () {
  "use strict";

  const charts = new Map();
  const BETWEEN_DRAWINGS = 5000;
  let drawn = 0;

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function clock(seconds) {
    return new Date(seconds * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  }

  function chart(element, data) {
    const axis = { stroke: colour("--quiet"), grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false } };
    return new uPlot({
      width: element.clientWidth,
      height: 110,
      legend: { show: false },
      cursor: { y: false },
      scales: {
        x: { range: (u, min, max) => [Math.min(min, max - 600), max] },
        y: { range: (u, min, max) => [0, Math.max(max * 1.1, 4)] },
      },
      axes: [
        Object.assign({ size: 26, space: 60, incrs: [60, 300, 600, 1200], values: (u, ticks) => ticks.map(clock) }, axis),
        Object.assign({ size: 52, space: 28, values: (u, ticks) => ticks.map(t => t.toLocaleString("en")) }, axis),
      ],
      series: [{}, { label: "events", stroke: colour("--accent"), fill: colour("--accent-soft"), width: 2, points: { show: false } }],
    }, data, element);
  }

  async function draw(element) {
    const answer = await fetch(element.dataset.chart);
    if (!answer.ok) {
      return;
    }
    const lag = await answer.json();
    const data = [lag.times, lag.events];
    const known = charts.get(element.id);
    if (lag.times.length < 2) {
      return;
    }
    if (known && known.root.isConnected) {
      known.setData(data);
    } else {
      element.replaceChildren();
      charts.set(element.id, chart(element, data));
    }
  }

  function drawAll() {
    drawn = Date.now();
    document.querySelectorAll("[data-chart]").forEach(draw);
  }

  function anew() {
    charts.forEach(known => known.destroy());
    charts.clear();
    drawAll();
  }

  // What somebody has opened, and typed there, stays while the page around it is brought up to date.
  const opened = new Map();
  const FIELDS = "input:not([type=hidden]), button";

  function keepOpen() {
    opened.clear();
    document.querySelectorAll("details[open] > summary[id]").forEach(summary => {
      const fields = [...summary.parentElement.querySelectorAll(FIELDS)];
      opened.set(summary.id, { values: fields.map(f => f.value), focus: fields.indexOf(document.activeElement) });
    });
  }

  function openAgain() {
    opened.forEach((kept, id) => {
      const summary = document.getElementById(id);
      if (summary && !summary.parentElement.open) {
        summary.parentElement.open = true;
        const fields = [...summary.parentElement.querySelectorAll(FIELDS)];
        fields.forEach((f, i) => { if (f.localName === "input" && kept.values[i] !== undefined) { f.value = kept.values[i]; } });
        if (fields[kept.focus]) {
          fields[kept.focus].focus();
        }
      }
    });
  }

  function connected(is) {
    const live = document.getElementById("live");
    if (live) {
      live.textContent = is ? "live" : "not connected";
      live.classList.toggle("on", is);
    }
  }

  document.addEventListener("DOMContentLoaded", drawAll);
  document.addEventListener("htmx:sseOpen", () => connected(true));
  document.addEventListener("htmx:sseError", () => connected(false));
  document.addEventListener("htmx:beforeSwap", keepOpen);
  document.addEventListener("htmx:afterSwap", () => {
    openAgain();
    if (Date.now() - drawn > BETWEEN_DRAWINGS) {
      drawAll();
    } else {
      document.querySelectorAll("[data-chart]:empty").forEach(draw);
    }
  });
  setInterval(drawAll, 3 * BETWEEN_DRAWINGS);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", anew);
  let resizing;
  window.addEventListener("resize", () => {
    clearTimeout(resizing);
    resizing = setTimeout(anew, 150);
  });
})();
