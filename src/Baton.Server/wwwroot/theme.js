// Runs before the page is drawn, so that a dark page never flashes white.
(() => {
  const key = "baton-theme";
  const system = () => (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  const saved = () => { try { return localStorage.getItem(key); } catch { return null; } };
  const apply = () => document.documentElement.setAttribute("data-bs-theme", saved() ?? system());
  apply();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", apply);
  document.addEventListener("click", event => {
    if (!event.target.closest("[data-theme-toggle]")) return;
    const next = document.documentElement.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
    try { localStorage.setItem(key, next); } catch { /* Private windows may refuse; the choice then lasts for this page. */ }
    document.documentElement.setAttribute("data-bs-theme", next);
  });
})();
