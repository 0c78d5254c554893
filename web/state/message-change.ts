import type { Author, MessageChange, MessageEntry, Reaction } from '../../protocol/entries.ts';

/** What is done to a message, whether or not the log has it yet. */
export type Alteration =
  | { readonly kind: 'edit'; readonly text: string; readonly at: number; readonly mentions?: Author[] | undefined }
  | { readonly kind: 'delete' | 'pin' | 'unpin' }
  | { readonly kind: 'react' | 'unreact'; readonly emoji: string; readonly by: Author };

/** The message as the change leaves it; itself where the change is already in it (C6) or it is deleted. */
export function changed(message: MessageEntry, change: MessageChange): MessageEntry {
  if (change.seq <= (message.rev ?? message.seq) || message.deleted) return message;
  return { ...altered(message, change), rev: change.seq };
}

/** `message` is not deleted. */
export function altered(message: MessageEntry, change: Alteration): MessageEntry {
  switch (change.kind) {
    case 'edit': {
      const { mentions: _before, ...rest } = message;
      const { text, mentions, at } = change;
      return { ...rest, text, ...(mentions && { mentions }), editedAt: at };
    }
    case 'delete': {
      const { room, seq, id, at, by, kind, clientId } = message;
      return { room, seq, id, at, by, kind, clientId, text: '', deleted: true };
    }
    case 'pin':
      return { ...message, pinned: true };
    case 'unpin': {
      const { pinned: _before, ...rest } = message;
      return rest;
    }
    case 'react':
      return withReactions(message, reacted(message.reactions ?? [], change.emoji, change.by));
    case 'unreact':
      return withReactions(message, unreacted(message.reactions ?? [], change.emoji, change.by));
  }
}

function withReactions(message: MessageEntry, reactions: readonly Reaction[]): MessageEntry {
  const { reactions: _before, ...rest } = message;
  return reactions.length === 0 ? rest : { ...rest, reactions: [...reactions] };
}

/** Kinds stand in the order in which each was first used since nobody had it, people in the order in which they came. */
function reacted(reactions: readonly Reaction[], emoji: string, by: Author): readonly Reaction[] {
  const at = reactions.findIndex((reaction) => reaction.emoji === emoji);
  const kind = reactions[at];
  if (!kind) return [...reactions, { emoji, by: [by] }];
  if (kind.by.some((author) => author.id === by.id)) return reactions;
  return reactions.with(at, { emoji, by: [...kind.by, by] });
}

function unreacted(reactions: readonly Reaction[], emoji: string, by: Author): readonly Reaction[] {
  return reactions.flatMap((kind) => {
    if (kind.emoji !== emoji) return [kind];
    const left = kind.by.filter((author) => author.id !== by.id);
    return left.length === 0 ? [] : [{ emoji, by: left }];
  });
}
