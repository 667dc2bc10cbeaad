import type { SearchFilters } from '../../contract/conversations.ts';

/** A condition of SQL and what fills its places. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** Whether filters are about single messages, so that the title of a chat says nothing about them. */
export const isAboutMessages = ({ role, model, has, rating }: SearchFilters): boolean =>
  role !== undefined || model !== undefined || rating !== undefined || (has?.length ?? 0) > 0;

// A damaged row can hold anything, and SQLite's JSON functions fail on what is no JSON.
const detail = (call: string) => `CASE WHEN json_valid(m.details) THEN ${call} END`;

const has = {
  notes: `${detail("json_type(m.details, '$.notes')")} = 'object'`,
  thought: "m.thought <> ''",
  code: "instr(m.text, '```') > 0",
} as const;

/** What filters ask of a row of `conversations` called c. */
export function chatCondition({ pinned, archived, tag }: SearchFilters): Condition {
  const parts = ['c.removed_at IS NULL'];
  if (pinned !== undefined) parts.push(`c.pinned_at IS ${pinned ? 'NOT ' : ''}NULL`);
  if (archived !== undefined) parts.push(`c.archived_at IS ${archived ? 'NOT ' : ''}NULL`);
  if (tag !== undefined)
    parts.push(
      `c.tags <> '[]' AND json_valid(c.tags) AND EXISTS (SELECT 1 FROM json_each(c.tags) WHERE value = ? COLLATE NOCASE)`,
    );
  return { sql: parts.join(' AND '), values: tag === undefined ? [] : [tag] };
}

/** What filters ask of a row of `messages` called m. */
export function messageCondition(filters: SearchFilters): Condition {
  const parts: string[] = ['m.id NOT IN (SELECT id FROM hidden_messages)'];
  const values: (string | number)[] = [];
  const add = (sql: string, value?: string | number) => {
    parts.push(sql);
    if (value !== undefined) values.push(value);
  };
  if (filters.role !== undefined) add('m.role = ?', filters.role);
  if (filters.rating !== undefined) add('m.rating = ?', filters.rating);
  if (filters.after !== undefined) add('m.created_at >= ?', filters.after);
  if (filters.before !== undefined) add('m.created_at < ?', filters.before);
  for (const thing of filters.has ?? []) add(has[thing]);
  if (filters.model !== undefined) {
    const name = detail("json_extract(m.details, '$.model.name')");
    add(`m.role = 'assistant' AND ${name} LIKE ? ESCAPE '\\'`, `%${escapeLike(filters.model)}%`);
  }
  return { sql: parts.join(' AND '), values };
}

/** What the dates of filters ask of a chat (c): that it lived then. */
export function chatDates({ after, before }: SearchFilters): Condition {
  const parts = ['1'];
  const values: number[] = [];
  if (after !== undefined) {
    parts.push('c.updated_at >= ?');
    values.push(after);
  }
  if (before !== undefined) {
    parts.push('c.created_at < ?');
    values.push(before);
  }
  return { sql: parts.join(' AND '), values };
}

const escapeLike = (text: string) => text.replace(/[\\%_]/g, '\\$&');
