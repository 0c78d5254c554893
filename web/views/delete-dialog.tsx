import type { VNode } from 'preact';
import { Dialog } from '../controls/dialog.tsx';
import { oneLine } from './one-line.ts';

export interface DeleteDialogProps {
  readonly text: string;
  readonly deleteIt: () => void;
  readonly close: () => void;
}

/** What is deleted is gone from the server's disk as well, and nobody can bring it back: hence it is asked about. */
export function DeleteDialog({ text, deleteIt, close }: DeleteDialogProps): VNode {
  return (
    <Dialog labelledBy="delete-heading" shape="card" close={close}>
      <h2 id="delete-heading">Delete this message?</h2>
      <p class="one-line" dir="auto">
        {oneLine(text)}
      </p>
      <p>It goes for everybody, with its reactions and earlier texts. In its place stands that it was deleted.</p>
      <div class="choices">
        <button type="button" onClick={close}>
          Keep it
        </button>
        <button
          type="button"
          class="danger"
          onClick={() => {
            close();
            deleteIt();
          }}
        >
          Delete
        </button>
      </div>
    </Dialog>
  );
}
