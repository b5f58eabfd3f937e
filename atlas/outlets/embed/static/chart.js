// Tells the page around this one how high it is, and makes the chart interactive once the reader touches it.
(() => {
  const box = document.getElementById("chart");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const tell = () => {
    if (parent === window) return;
    const height = document.body.getBoundingClientRect().height;
    parent.postMessage({ type: "social-innovation-clusters:height", height }, "*");
  };
  new ResizeObserver(tell).observe(document.body);
  addEventListener("load", tell);

  const loaded = (address) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.onload = resolve;
      script.onerror = reject;
      script.src = address;
      document.head.append(script);
    });
  const figure = async () => {
    const { scheme, figure: address } = box.dataset;
    const chosen = scheme === "auto" ? (dark.matches ? "dark" : "light") : scheme;
    const answer = await fetch(`${address}&scheme=${chosen}`);
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  };
  const draw = async (place) => {
    const { data, layout } = await figure();
    await Plotly.react(place, data, layout, { displayModeBar: false, responsive: true });
  };
  const start = async () => {
    const place = document.createElement("div");
    place.className = "live";
    place.setAttribute("role", "img");
    place.setAttribute("aria-label", box.dataset.says);
    try {
      await loaded(box.dataset.plotly);
      box.append(place);
      await draw(place);
    } catch {
      place.remove();
      return;
    }
    box.classList.add("is-live");
    dispatchEvent(new Event("resize"));
    if (box.dataset.scheme === "auto") dark.addEventListener("change", () => draw(place).catch(() => {}));
  };

  const signs = ["pointerover", "touchstart", "focusin", "keydown"];
  let started = false;
  const once = () => {
    if (started) return;
    started = true;
    signs.forEach((sign) => removeEventListener(sign, once, true));
    start();
  };
  if ("now" in box.dataset) once();
  else signs.forEach((sign) => addEventListener(sign, once, { capture: true, passive: true }));
})();
