import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { copyText } from './copy.ts';
import { Icon } from './icon.tsx';

/** The elements that it is made of. */
export const CODE_BLOCK_ELEMENTS = 10;

/** Code as it is. Its colours come when what finds them has loaded, and move nothing. */
export function CodeBlock({ language, text }: { language: string; text: string }): VNode {
  const code = useRef<HTMLElement>(null);
  const [copied, setCopied] = useState<'yes' | 'failed'>();
  useEffect(() => coloured(code.current?.firstChild, language), [language, text]);
  const copy = (): void => {
    copyText(text).then(
      () => setCopied('yes'),
      () => {
        if (code.current !== null) getSelection()?.selectAllChildren(code.current);
        setCopied('failed');
      },
    );
  };
  return (
    <figure class="code" dir="ltr">
      <figcaption>
        <span>{language === '' ? 'Code' : language}</span>
        <p role="status">
          {copied === undefined ? '' : copied === 'yes' ? 'Copied.' : 'Selected: copy it with a key.'}
        </p>
        <button type="button" class="quiet" onClick={copy}>
          <Icon name={copied === 'yes' ? 'check' : 'copy'} />
          Copy
        </button>
      </figcaption>
      {/* What can be scrolled must be reached by the keyboard. */}
      <pre role="group" aria-label="Code" tabIndex={0}>
        <code ref={code}>{text}</code>
      </pre>
    </figure>
  );
}

/** For as long as what comes back is not called. Where colours cannot be loaded, code is as plain as where none are known. */
function coloured(node: Node | null | undefined, language: string): () => void {
  let stop = (): void => {};
  let isGone = false;
  if (language !== '' && node instanceof Text && typeof CSS !== 'undefined' && 'highlights' in CSS)
    import('./code-painter.ts')
      .then(({ paint }) => {
        if (!isGone) stop = paint(node, language);
      })
      .catch(() => undefined);
  return () => {
    isGone = true;
    stop();
  };
}
