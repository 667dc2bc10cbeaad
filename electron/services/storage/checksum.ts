import { hash } from 'node:crypto';

/** The stored content of a message, as it lies in its row. */
export interface StoredContent {
  readonly id: string;
  readonly conversation_id: string;
  readonly parent_id: string | null;
  readonly role: string;
  readonly state: string;
  readonly text: string;
  readonly thought: string;
  readonly created_at: number;
  readonly details: string;
}

/** SHA-256 over every content field of a message; the lengths keep neighbours from flowing into each other. */
export function messageChecksum(row: StoredContent): string {
  return digest([
    row.id,
    row.conversation_id,
    row.parent_id,
    row.role,
    row.state,
    row.text,
    row.thought,
    row.created_at,
    row.details,
  ]);
}

/** SHA-256 over one saved piece of a streaming answer. */
export function chunkChecksum(messageId: string, n: number, text: string, thought: string): string {
  return digest([messageId, n, text, thought]);
}

/** What is kept of an attached file, as it lies in its row. */
export interface StoredAttachment {
  readonly id: string;
  readonly created_at: number;
  readonly details: string;
  readonly text: string;
}

/** SHA-256 over what is kept of an attached file. */
export function attachmentChecksum(row: StoredAttachment): string {
  return digest([row.id, row.created_at, row.details, row.text]);
}

function digest(fields: readonly unknown[]): string {
  // A field of a wrong type (a damaged row) must differ from the right one: hence its type.
  const line = fields.map((field) => {
    const text = String(field);
    return `${typeof field} ${text.length} ${text}`;
  });
  return hash('sha256', line.join('\n'), 'base64url');
}
