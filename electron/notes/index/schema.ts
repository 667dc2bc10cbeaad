/** "Inkn": a file of ours, and of which making; others are thrown away, the notes hold everything. */
export const applicationId = 0x496e6b6e;
export const schemaVersion = 2;

/** Passages of a file are numbered `file * perFile + n`, so that a hit of the full text tells its file by itself. */
export const perFile = 2 ** 20;

/** The tables of the index. Vectors lie in a file of their own, so that tidying up the words need not move them. */
export const schema = `
  CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    folder TEXT NOT NULL,
    path TEXT NOT NULL,
    -- The folder inside the folder, '' at the top.
    dir TEXT NOT NULL,
    -- The name that links use: without ending, composed, in small letters.
    name TEXT NOT NULL,
    -- What the disk said when it was read: number, size and time; then the time of the last change of any kind,
    -- empty where the next comparison has to look at the bytes.
    place TEXT NOT NULL,
    changed TEXT NOT NULL,
    size INTEGER NOT NULL,
    modified REAL NOT NULL,
    -- SHA-256 of the bytes; null until it is read.
    hash TEXT,
    title TEXT NOT NULL,
    -- Everything that names the note, as it stands in the full text beside each of its passages.
    naming TEXT NOT NULL,
    skipped TEXT,
    UNIQUE (folder, path)
  ) STRICT;
  CREATE INDEX files_dir ON files (folder, dir);
  CREATE INDEX files_name ON files (folder, name);
  CREATE TABLE passages (
    id INTEGER PRIMARY KEY,
    file INTEGER NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    hash TEXT NOT NULL,
    heading TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    line INTEGER NOT NULL,
    text TEXT NOT NULL
  ) STRICT;
  CREATE INDEX passages_file ON passages (file, start);
  CREATE INDEX passages_hash ON passages (hash);
  CREATE TABLE tags (
    file INTEGER NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    shown TEXT NOT NULL,
    PRIMARY KEY (tag, file)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX tags_file ON tags (file);
  CREATE TABLE aliases (
    file INTEGER NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    shown TEXT NOT NULL,
    PRIMARY KEY (name, file)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX aliases_file ON aliases (file);
  CREATE TABLE links (
    file INTEGER NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    -- The last part of the target as a name.
    name TEXT NOT NULL,
    line INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    target_start INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX links_file ON links (file);
  CREATE INDEX links_name ON links (name);
  CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE VIRTUAL TABLE words USING fts5 (
    title, heading, text,
    content='', contentless_delete=1, prefix='2 3',
    tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
  );
  CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, row);
`;

/** Vectors by the passage's hash: equal passages are computed once, whatever note they stand in. */
export const vectorSchema = `
  -- With row numbers: rows as long as these take twice the room in a table without.
  CREATE TABLE vectors.vectors (
    id INTEGER PRIMARY KEY,
    embedder TEXT NOT NULL,
    hash TEXT NOT NULL,
    vector BLOB NOT NULL,
    UNIQUE (hash, embedder)
  ) STRICT;
`;
