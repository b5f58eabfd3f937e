// Where the reader puts the map, kept in the address bar (view=latitude~longitude~zoom) with no visit to the server.
// Streamlit tells nobody where its map stands, so this reads it from React's own tree. Where that is not found as
// expected, nothing happens: the map works, only its place is not kept.
(() => {
  if (window.atlasCamera) return;
  window.atlasCamera = true;
  const MAP = ".st-key-where [data-testid='stDeckGlJsonChart']";
  const STILL_MS = 500; // Longer than the map takes to glide after a key or a double click.
  let before = null;
  let timer = null;

  function* above(element) {
    const key = element && Object.keys(element).find((name) => name.startsWith("__reactFiber$"));
    for (let fiber = key && element[key]; fiber; fiber = fiber.return) yield fiber;
  }

  function inUrl(number, decimals) {
    const text = String(Number(number.toFixed(decimals)));
    return text.includes(".") ? text : `${text}.0`;
  }

  function view() {
    for (const fiber of above(document.querySelector(`${MAP} canvas`))) {
      const state = fiber.memoizedProps?.viewState;
      if (Number.isFinite(state?.latitude) && Number.isFinite(state?.longitude) && Number.isFinite(state?.zoom)) {
        const longitude = ((((state.longitude + 180) % 360) + 360) % 360) - 180;
        return [inUrl(state.latitude, 4), inUrl(longitude, 4), inUrl(state.zoom, 2)].join("~");
      }
    }
    return null;
  }

  function keep(place) {
    const parameters = new URLSearchParams(location.search);
    parameters.set("view", place);
    const query = parameters.toString().replaceAll("%7E", "~");
    history.replaceState(history.state, "", `${location.pathname}?${query}${location.hash}`);
    // Streamlit sends the server its own copy of the parameters, not the address bar's.
    for (const fiber of above(document.querySelector(MAP))) {
      if (typeof fiber.stateNode?.syncQueryParams === "function") {
        fiber.stateNode.syncQueryParams(query);
        return;
      }
    }
  }

  function begin(event) {
    if (event.target.closest?.(MAP)) before ??= view();
  }

  function end() {
    if (before === null) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const after = view();
      if (after && after !== before) keep(after);
      before = null;
    }, STILL_MS);
  }

  for (const name of ["pointerdown", "wheel", "keydown"]) {
    document.addEventListener(name, begin, { capture: true, passive: true });
  }
  for (const name of ["pointerup", "pointercancel", "wheel", "keyup"]) {
    document.addEventListener(name, end, { capture: true, passive: true });
  }
})();
