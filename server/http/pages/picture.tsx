import type { VNode } from 'preact';

/** One who speaks: a hue of people-hues.css and how long their lines are, in parts of the width. */
interface Speaker {
  readonly hue: number;
  readonly lines: readonly number[];
  readonly figure: string;
}

const SPEAKERS: readonly Speaker[] = [
  { hue: 7, lines: [120, 268], figure: 'M6 26V6a20 20 0 0 1 20 20Z' },
  { hue: 11, lines: [96, 212, 150], figure: 'M6 6h10a10 10 0 0 1 0 20H6Z' },
  { hue: 5, lines: [132, 180], figure: 'M6 16 16 6l10 10H16v10Z' },
  { hue: 7, lines: [120, 236], figure: 'M6 26V6a20 20 0 0 1 20 20Z' },
];

const LINE = 24;
const GAP = 28;

/** People talking, with nothing to read: what a room looks like from far away. */
export function Picture(): VNode {
  let top = 8;
  const groups = SPEAKERS.map((speaker) => {
    const at = top;
    top += speaker.lines.length * LINE + GAP;
    return <Group speaker={speaker} top={at} />;
  });
  return (
    <svg
      class="picture"
      viewBox={`0 0 400 ${top + 24}`}
      width="400"
      height={top + 24}
      aria-hidden="true"
      focusable="false"
    >
      {groups}
      <rect class="own" x="56" y={top} width="84" height="10" rx="5" />
    </svg>
  );
}

function Group({ speaker, top }: { speaker: Speaker; top: number }): VNode {
  return (
    <g transform={`translate(0 ${top})`}>
      <g class={`person-${speaker.hue}`}>
        <rect class="ground" width="32" height="32" rx="8" />
        <path class="figure" d={speaker.figure} />
        <rect class="figure" x="56" y="2" width={(speaker.lines[0] ?? 0) / 2} height="10" rx="5" />
      </g>
      {speaker.lines.slice(1).map((width, index) => (
        <rect class="line" x="56" y={LINE * (index + 1) + 2} width={width} height="10" rx="5" />
      ))}
    </g>
  );
}
