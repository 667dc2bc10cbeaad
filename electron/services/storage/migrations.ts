import type { Db } from './db.ts';

/** Step n brings the database from schema n to n + 1. Never edit a step that was released: add one. */
export const steps: readonly string[] = [
  `
  CREATE TABLE conversations (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    -- 1 once a person or the first message named it
    named INTEGER NOT NULL,
    created_at REAL NOT NULL,
    updated_at REAL NOT NULL,
    leaf_id TEXT,
    removed_at REAL
  ) STRICT;
  CREATE INDEX conversations_shown ON conversations (updated_at DESC, seq DESC) WHERE removed_at IS NULL;
  CREATE INDEX conversations_removed ON conversations (removed_at) WHERE removed_at IS NOT NULL;

  CREATE TABLE messages (
    -- grows for ever, so a parent's number is always smaller than its child's
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    parent_id TEXT REFERENCES messages (id),
    role TEXT NOT NULL,
    state TEXT NOT NULL,
    text TEXT NOT NULL,
    thought TEXT NOT NULL,
    created_at REAL NOT NULL,
    -- model, stats, end reason, error, left out: JSON
    details TEXT NOT NULL,
    checksum TEXT NOT NULL
  ) STRICT;
  CREATE INDEX messages_by_parent ON messages (parent_id, conversation_id, seq);
  CREATE INDEX messages_by_conversation ON messages (conversation_id, seq);
  CREATE INDEX messages_streaming ON messages (seq) WHERE state = 'streaming';

  -- What a streaming answer has said so far, a row for each save; folded into the message at its end.
  CREATE TABLE chunks (
    message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    text TEXT NOT NULL,
    thought TEXT NOT NULL,
    checksum TEXT NOT NULL,
    PRIMARY KEY (message_id, n)
  ) STRICT, WITHOUT ROWID;

  -- One row that is rewritten to find out whether saving works again.
  CREATE TABLE probe (id INTEGER PRIMARY KEY CHECK (id = 1), data BLOB NOT NULL) STRICT;

  -- Work that has to be done yet, also after a crash.
  CREATE TABLE chores (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

  CREATE VIRTUAL TABLE title_search USING fts5 (
    title, content = 'conversations', content_rowid = 'seq', tokenize = 'unicode61 remove_diacritics 2'
  );
  CREATE VIRTUAL TABLE message_search USING fts5 (
    text, content = 'messages', content_rowid = 'seq', tokenize = 'unicode61 remove_diacritics 2',
    -- Beginnings of words, for the unfinished last one: a fourth more room for a tenth of the time.
    prefix = '2 3'
  );
  INSERT INTO title_search (title_search, rank) VALUES ('secure-delete', 1);

  CREATE TRIGGER conversation_added AFTER INSERT ON conversations BEGIN
    INSERT INTO title_search (rowid, title) VALUES (new.seq, new.title);
  END;
  CREATE TRIGGER conversation_renamed AFTER UPDATE OF title ON conversations BEGIN
    INSERT INTO title_search (title_search, rowid, title) VALUES ('delete', old.seq, old.title);
    INSERT INTO title_search (rowid, title) VALUES (new.seq, new.title);
  END;
  CREATE TRIGGER conversation_erased AFTER DELETE ON conversations BEGIN
    INSERT INTO title_search (title_search, rowid, title) VALUES ('delete', old.seq, old.title);
  END;
  CREATE TRIGGER message_added AFTER INSERT ON messages BEGIN
    INSERT INTO message_search (rowid, text) VALUES (new.seq, new.text);
  END;
  CREATE TRIGGER message_written AFTER UPDATE OF text ON messages BEGIN
    INSERT INTO message_search (message_search, rowid, text) VALUES ('delete', old.seq, old.text);
    INSERT INTO message_search (rowid, text) VALUES (new.seq, new.text);
  END;
  CREATE TRIGGER message_erased AFTER DELETE ON messages BEGIN
    INSERT INTO message_search (message_search, rowid, text) VALUES ('delete', old.seq, old.text);
  END;
  `,
  `
  CREATE TABLE downloads (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    repo TEXT NOT NULL,
    file TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at REAL NOT NULL,
    -- commit, files with what is known and fetched of them, what went wrong: JSON
    details TEXT NOT NULL,
    UNIQUE (repo, file)
  ) STRICT;
  `,
  `
  -- named: 0 by nobody yet, 1 by a person, 2 by its first words, 3 by a model
  ALTER TABLE conversations ADD COLUMN pinned_at REAL;
  ALTER TABLE conversations ADD COLUMN archived_at REAL;
  -- a JSON list
  ALTER TABLE conversations ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
  -- what an imported chat is called where it came from, so that it comes only once
  ALTER TABLE conversations ADD COLUMN origin TEXT;
  CREATE UNIQUE INDEX conversations_origin ON conversations (origin) WHERE origin IS NOT NULL;
  -- beside the checked content, since an opinion about a damaged answer must not make it sound
  ALTER TABLE messages ADD COLUMN rating TEXT;
  `,
  `
  -- What was read of an attached file. It belongs to the messages that name it in their details; until the first does,
  -- it waits in the composer of a chat (draft_of; null for the chat not begun).
  CREATE TABLE attachments (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    draft_of TEXT REFERENCES conversations (id) ON DELETE CASCADE,
    waiting INTEGER NOT NULL,
    removed_at REAL,
    created_at REAL NOT NULL,
    -- name, kind, size, hash, remark, pages: JSON
    details TEXT NOT NULL,
    text TEXT NOT NULL,
    checksum TEXT NOT NULL
  ) STRICT;
  CREATE INDEX attachments_waiting ON attachments (draft_of, seq) WHERE waiting = 1;

  CREATE TABLE message_attachments (
    message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    attachment_id TEXT NOT NULL REFERENCES attachments (id) ON DELETE CASCADE,
    PRIMARY KEY (message_id, attachment_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX message_attachments_used ON message_attachments (attachment_id);

  CREATE TRIGGER message_with_attachments AFTER INSERT ON messages
  WHEN json_valid(new.details) AND json_array_length(new.details, '$.attachments') > 0 BEGIN
    INSERT OR IGNORE INTO message_attachments (message_id, attachment_id)
      SELECT new.id, a.id FROM json_each(new.details, '$.attachments') j
      JOIN attachments a ON a.id = j.value ->> 'id';
  END;
  CREATE TRIGGER attachment_sent AFTER INSERT ON message_attachments BEGIN
    UPDATE attachments SET waiting = 0, draft_of = NULL, removed_at = NULL WHERE id = new.attachment_id AND waiting = 1;
  END;
  -- With the last message that has it goes the text.
  CREATE TRIGGER attachment_unused AFTER DELETE ON message_attachments
  WHEN NOT EXISTS (SELECT 1 FROM message_attachments WHERE attachment_id = old.attachment_id) BEGIN
    DELETE FROM attachments WHERE id = old.attachment_id;
  END;
  `,
  `
  -- what the chat does in its own way, as JSON; null for one that follows the app's settings
  ALTER TABLE conversations ADD COLUMN settings TEXT;
  `,
  `
  -- Messages that were removed with all below them: hidden, until they are erased or brought back.
  CREATE TABLE removed_branches (
    message_id TEXT PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    -- what the chat showed before
    leaf_id TEXT,
    removed_at REAL NOT NULL
  ) STRICT;
  CREATE VIEW hidden_messages (id) AS
    WITH RECURSIVE hidden (id) AS (
      SELECT message_id FROM removed_branches
      UNION SELECT m.id FROM messages m JOIN hidden h ON m.parent_id = h.id
    ) SELECT id FROM hidden;
  `,
  `
  -- Two answers to one question, and which was better; the answers are messages.
  CREATE TABLE comparisons (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    -- null once the chat was erased: what was picked is remembered without it
    conversation_id TEXT REFERENCES conversations (id) ON DELETE SET NULL,
    task TEXT NOT NULL,
    blind INTEGER NOT NULL,
    created_at REAL NOT NULL,
    -- who answered, as what was set, in which message: JSON
    sides TEXT NOT NULL,
    -- first, second, tie; null until somebody decides
    picked TEXT
  ) STRICT;
  CREATE INDEX comparisons_by_conversation ON comparisons (conversation_id);
  `,
  `
  -- Presets of the person, and what became of those that come with Inkling.
  CREATE TABLE presets (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    -- JSON; null for a deleted one that came with Inkling
    preset TEXT
  ) STRICT;
  `,
];

/** The schema this version of Inkling writes. */
export const newestSchema = steps.length;

/** Marks a file as ours ("INKL"), so that a foreign database is never taken for one. */
export const applicationId = 0x494e4b4c;

/** The schema of an open database; 0 for an empty one. */
export function readSchema(db: Db): number {
  return db.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
}

/** Brings a database to the newest schema in one transaction; a failure leaves it as it was. */
export function migrate(db: Db, to: readonly string[] = steps): void {
  db.transaction(() => {
    for (const step of to.slice(readSchema(db))) db.exec(step);
    db.exec(`PRAGMA user_version = ${to.length}; PRAGMA application_id = ${applicationId}`);
  });
}
