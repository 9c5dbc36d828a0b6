// Draws the figures of a table as a chart beside it. The table stays the text for everybody who does not see charts.

const names = row => row.querySelector("th").textContent.trim();
const dollars = row => Number(row.querySelector("[data-usd]").dataset.usd);
const money = value => new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", maximumFractionDigits: value !== 0 && value < 1 ? 6 : 2 }).format(value);

const spot = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
/** The colour of a variable as the library reads it, whatever way the style sheet mixes it. */
const colour = (element, name) => {
  element.style.color = `var(${name})`;
  spot.clearRect(0, 0, 1, 1);
  spot.fillStyle = getComputedStyle(element).color;
  element.style.color = "";
  spot.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = spot.getImageData(0, 0, 1, 1).data;
  return `rgba(${red}, ${green}, ${blue}, ${alpha / 255})`;
};

class BatonChart extends HTMLElement {
  connectedCallback() {
    // Without the library the table is all there is.
    if (!window.echarts) { this.hidden = true; return; }
    this.chart = echarts.init(this);
    this.draw();
    this.resize = new ResizeObserver(() => this.chart.resize());
    this.resize.observe(this);
    this.theme = new MutationObserver(() => this.draw());
    this.theme.observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
  }

  disconnectedCallback() {
    this.resize?.disconnect();
    this.theme?.disconnect();
    this.chart?.dispose();
  }

  draw() {
    // Both kinds list rows from the bottom or the left; tables list the newest day and the dearest line first.
    const rows = [...document.getElementById(this.dataset.table).tBodies[0].rows].reverse();
    const [text, line, bar, back] = ["--tblr-secondary", "--tblr-border-color", "--tblr-primary", "--tblr-bg-surface"].map(name => colour(this, name));
    const days = this.dataset.kind === "days";
    if (!days) this.style.height = `${rows.length * 26 + 44}px`;
    this.chart.resize();
    const labels = { type: "category", data: rows.map(names), axisTick: { show: false }, axisLine: { lineStyle: { color: line } },
      axisLabel: days ? { color: text, hideOverlap: true } : { color: text, width: Math.min(140, this.clientWidth * .35), overflow: "truncate" } };
    const values = { type: "value", splitLine: { lineStyle: { color: line } }, splitNumber: days ? 4 : 3,
      axisLabel: { color: text, hideOverlap: true, formatter: money } };
    this.chart.setOption({
      animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
      grid: { left: 4, right: days ? 8 : 24, top: 12, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      // Text drawn by the library itself: the content security policy forbids styles inside markup.
      tooltip: { renderMode: "richText", trigger: "axis", axisPointer: { type: "shadow" }, valueFormatter: money, confine: true,
        backgroundColor: back, borderColor: line, textStyle: { color: text } },
      xAxis: days ? labels : values,
      yAxis: days ? values : labels,
      series: [{ type: "bar", name: "USD", data: rows.map(dollars), barMaxWidth: days ? 28 : 18, itemStyle: { color: bar, borderRadius: 2 } }],
    }, true);
  }
}
customElements.define("baton-chart", BatonChart);
