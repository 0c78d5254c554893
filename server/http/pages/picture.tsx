import type { VNode } from 'preact';

/** One who speaks. */
interface Speaker {
  /** A class of people-hues.css. */
  readonly colour: string;
  readonly figure: string;
  /** How wide the name is, and then each line. */
  readonly name: number;
  readonly lines: readonly number[];
}

const QUARTER = 'M6 26V6a20 20 0 0 1 20 20Z';
const SPEAKERS: readonly Speaker[] = [
  { colour: 'person-7', figure: QUARTER, name: 60, lines: [268] },
  { colour: 'person-10', figure: 'M6 6h10a10 10 0 0 1 0 20H6Z', name: 44, lines: [304, 150] },
  { colour: 'person-5', figure: 'M6 16 16 6l10 10H16v10Z', name: 72, lines: [196] },
  { colour: 'you', figure: 'M6 6h20L6 26Z', name: 38, lines: [236, 92] },
];

const WIDTH = 400;
/** As in the room itself: a gutter, and lines of 24 px. */
const GUTTER = 48;
const LINE = 24;
const GAP = 20;
const TOP = 40;
const COMPOSER = 52;

/** A room from far away: a day, people who talk, and the place where one writes. Nothing to read. */
export function Picture(): VNode {
  let top = TOP;
  const groups = SPEAKERS.map((speaker) => {
    const at = top;
    top += (1 + speaker.lines.length) * LINE + GAP;
    return <Group speaker={speaker} top={at} />;
  });
  const height = top + COMPOSER + 1;
  return (
    <svg
      class="picture"
      viewBox={`0 0 ${WIDTH} ${height}`}
      width={WIDTH}
      height={height}
      aria-hidden="true"
      focusable="false"
    >
      <path class="hairline" d={`M0 5.5H${(WIDTH - 88) / 2}M${(WIDTH + 88) / 2} 5.5H${WIDTH}`} />
      <Bar class="line" x={(WIDTH - 64) / 2} y={0} width={64} />
      {groups}
      <rect class="hairline" x="0.5" y={top + 0.5} width={WIDTH - 1} height={COMPOSER - 1} rx="8" />
      <Bar class="line" x={16} y={top + COMPOSER / 2 - 5} width={112} />
    </svg>
  );
}

function Group({ speaker, top }: { speaker: Speaker; top: number }): VNode {
  const { colour, figure, name, lines } = speaker;
  return (
    <g transform={`translate(0 ${top})`}>
      <g class={colour}>
        <rect class="ground" width="32" height="32" rx="8" />
        <path class="figure" d={figure} />
        <Bar class="figure" x={GUTTER} y={2} width={name} />
      </g>
      {lines.map((width, index) => (
        <Bar key={width} class="line" x={GUTTER} y={LINE * (index + 1) + 2} width={width} />
      ))}
    </g>
  );
}

function Bar(bar: { class: string; x: number; y: number; width: number }): VNode {
  return <rect {...bar} height="10" rx="5" />;
}
