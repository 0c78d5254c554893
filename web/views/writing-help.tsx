import type { VNode } from 'preact';
import { COMMANDS } from '../completion/command-list.ts';
import { Dialog } from '../controls/dialog.tsx';
import { Icon } from './icon.tsx';

const WRITTEN: readonly (readonly [written: string, becomes: string])[] = [
  ['**bold**', 'bold'],
  ['*italic*', 'italic'],
  ['~~struck~~', 'struck through'],
  ['`code`', 'code; three backticks around several lines'],
  ['> words', 'a quote'],
  ['- item, 1. item', 'a list'],
  ['||words||', 'a spoiler, hidden until it is pressed'],
  ['[words](https://…)', 'a link'],
  ['@name', 'somebody is called'],
  [':tada:', '🎉'],
];

export interface WritingHelpProps {
  readonly close: () => void;
  /** For whoever loads it. */
  readonly failed: () => void;
}

/** What "/help" shows. docs/markup.md says all of it. */
export function WritingHelp({ close }: WritingHelpProps): VNode {
  return (
    <Dialog labelledBy="writing-help-heading" shape="card" close={close}>
      <header class="dialog-header">
        <h2 id="writing-help-heading">What one can write here</h2>
        <button type="button" class="quiet icon-button" aria-label="Close" onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      <section class="writing-help" aria-labelledby="writing-help-commands">
        <h3 id="writing-help-commands">Commands</h3>
        <dl>
          {COMMANDS.map(({ name, takes, does }) => (
            <div key={name}>
              <dt>
                <code>{takes === '' ? `/${name}` : `/${name} ${takes}`}</code>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section class="writing-help" aria-labelledby="writing-help-marks">
        <h3 id="writing-help-marks">Marks</h3>
        <dl>
          {WRITTEN.map(([written, becomes]) => (
            <div key={written}>
              <dt>
                <code>{written}</code>
              </dt>
              <dd>{becomes}</dd>
            </div>
          ))}
        </dl>
      </section>
    </Dialog>
  );
}
