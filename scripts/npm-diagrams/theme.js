// How diagrams look: the site's colors, small enough for a phone, nothing that an <img> shows badly.

const FONT = "system-ui, sans-serif";
const SIZE = 14;

/** Mermaid's settings for the colors of one theme. */
export function settings(color, isDark, seed) {
  return {
    theme: "base",
    look: "classic",
    themeVariables: { ...variables(color), ...series(color), darkMode: isDark, fontFamily: FONT, fontSize: `${SIZE}px` },
    themeCSS: css(color),
    fontFamily: FONT,
    fontSize: SIZE,
    // HTML inside SVG is sized badly in an <img>.
    htmlLabels: false,
    deterministicIds: true,
    deterministicIDSeed: seed,
    securityLevel: "strict",
    suppressErrorRendering: true,
    flowchart: {
      htmlLabels: false,
      padding: 12,
      diagramPadding: 4,
      wrappingWidth: 280,
      minNodeWidth: 80,
    },
    class: { htmlLabels: false },
    state: { htmlLabels: false, minNodeWidth: 40 },
    sequence: {
      width: 80,
      height: 36,
      actorMargin: 28,
      wrapPadding: 4,
      messageMargin: 28,
      noteMargin: 8,
      boxMargin: 8,
      boxTextMargin: 4,
      labelBoxWidth: 44,
      labelBoxHeight: 20,
      diagramMarginX: 4,
      diagramMarginY: 4,
      bottomMarginAdj: 4,
      mirrorActors: false,
      wrap: true,
      actorFontFamily: FONT,
      actorFontSize: SIZE,
      actorFontWeight: 600,
      messageFontFamily: FONT,
      messageFontSize: SIZE,
      noteFontFamily: FONT,
      noteFontSize: SIZE,
    },
    gantt: {
      displayMode: "compact",
      useWidth: 324,
      barHeight: 28,
      barGap: 8,
      topPadding: 50,
      gridLineStartPadding: 50,
      leftPadding: 64,
      rightPadding: 4,
      fontSize: SIZE,
      sectionFontSize: SIZE,
    },
  };
}

function variables(color) {
  return {
    background: color.paper,
    mainBkg: color.raised,
    textColor: color.ink,
    titleColor: color.ink,
    lineColor: color.quiet,
    arrowheadColor: color.quiet,
    primaryColor: color.raised,
    primaryTextColor: color.ink,
    primaryBorderColor: color.edge,
    secondaryColor: color["accent-ground"],
    secondaryTextColor: color.ink,
    secondaryBorderColor: color.accent,
    tertiaryColor: color.paper,
    tertiaryTextColor: color.ink,
    tertiaryBorderColor: color.edge,
    edgeLabelBackground: color.paper,
    relationLabelBackground: color.paper,
    noteBkgColor: color["accent-ground"],
    noteBorderColor: color.accent,
    noteTextColor: color.ink,
    errorBkgColor: color["bad-ground"],
    errorTextColor: color.ink,
    actorLineColor: color.edge,
    signalColor: color.quiet,
    sequenceNumberColor: color.paper,
    labelBoxBkgColor: color.paper,
    activationBkgColor: color["accent-ground"],
    activationBorderColor: color.accent,
    sectionBkgColor: color.paper,
    sectionBkgColor2: color.paper,
    altSectionBkgColor: color.paper,
    excludeBkgColor: color.raised,
    gridColor: color.rule,
    taskBkgColor: color["accent-ground"],
    taskBorderColor: color.accent,
    activeTaskBkgColor: color["accent-ground"],
    activeTaskBorderColor: color.accent,
    doneTaskBkgColor: color.raised,
    doneTaskBorderColor: color.edge,
    critBkgColor: color["bad-ground"],
    critBorderColor: color.bad,
    todayLineColor: color.accent,
    vertLineColor: color.accent,
    rowOdd: color.paper,
    rowEven: color.raised,
    attributeBackgroundColorOdd: color.paper,
    attributeBackgroundColorEven: color.raised,
    pieTitleTextColor: color.ink,
    pieSectionTextColor: color.ink,
    pieLegendTextColor: color.ink,
    pieStrokeColor: color.edge,
    pieOuterStrokeColor: color.edge,
    pieOpacity: 1,
    packet: {
      startByteColor: color.ink,
      endByteColor: color.ink,
      labelColor: color.ink,
      titleColor: color.ink,
      blockStrokeColor: color.edge,
      blockFillColor: color.raised,
    },
  };
}

/** Where Mermaid tells things apart by color: grounds that carry ink, inks that carry paper. */
function series(color) {
  const grounds = [color["accent-ground"], color.raised, color["warn-ground"], color["bad-ground"]];
  const inks = ["accent", "code-f", "code-k", "code-n", "code-s", "code-a", "code-t", "quiet"].map((name) => color[name]);
  const named = {};
  for (let index = 0; index < 12; index += 1) {
    named[`cScale${index}`] = grounds[index % grounds.length];
    named[`cScaleLabel${index}`] = color.ink;
    named[`pie${index + 1}`] = grounds[index % grounds.length];
    named[`fillType${index}`] = grounds[index % grounds.length];
  }
  inks.forEach((ink, index) => {
    named[`git${index}`] = ink;
    named[`gitInv${index}`] = color.paper;
    named[`gitBranchLabel${index}`] = color.paper;
  });
  return named;
}

/** What no variable says. */
function css(color) {
  return `
    .edgeLabel .label rect, .edgeLabel .label .background { fill: ${color.paper}; opacity: 1; }
    .actor-line { stroke-width: 1; }
    .section { fill: none; }
    .loopLine { stroke: ${color.edge}; stroke-width: 1; }
    .messageText, .loopText, .loopText > tspan { stroke: ${color.paper}; stroke-width: 5; stroke-linejoin: round; paint-order: stroke; }
    /* The same drawing tomorrow. */
    .today { display: none; }
    .grid .tick line { stroke: ${color.rule}; }
    .grid .tick { opacity: 1; }
    .grid .tick text { fill: ${color.quiet}; font-size: 12px; }
    .sectionTitle { transform: translateY(-4px); }
    .task { stroke-width: 1; }
  `;
}
