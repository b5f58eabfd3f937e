// Gives each embedded chart of a page the height that it asks for. Optional: without it, embeds keep the height of their frame.
(() => {
  const TYPE = "social-innovation-clusters:height";
  addEventListener("message", (event) => {
    const height = event.data?.type === TYPE ? Number(event.data.height) : NaN;
    if (!(height >= 50 && height <= 20000)) return;
    for (const frame of document.querySelectorAll("iframe")) {
      if (frame.contentWindow === event.source) frame.style.height = `${Math.ceil(height)}px`;
    }
  });
})();
