-- What analysts wrote into the case. It is read from the action log (actions.jsonl), which is only ever added to; the
-- table shows the last state of each annotation. The comment of a column is its documentation.

CREATE TABLE annotations ( -- notes, tags, verdicts, bookmarks and saved questions of the analysts (window, coldtrail notes)
  annotation_id VARCHAR,
  kind VARCHAR, -- note, tag, verdict, bookmark, search, query, hypothesis, argument; together and apart: decisions about groups
  subject_kind VARCHAR, -- case, incident, finding, entity, record
  subject_type VARCHAR, -- entity type, or the source of a record; empty for the others
  subject_id VARCHAR, -- id of incident, finding or entity; of a record `<SHA-256 of its file>:<record number>`; empty for the case
  title VARCHAR, -- name of a bookmark or of a saved question; of a decision about groups the other finding, empty for all others
  text VARCHAR, -- Markdown of a note, the tag, the verdict (true-positive, benign, unsure), link of a bookmark, text of a search, SQL of a query
  author VARCHAR, -- user and machine
  created_at TIMESTAMP,
  changed_at TIMESTAMP,
  revisions BIGINT, -- lines of the log about it
  revision VARCHAR, -- hash of the log line that made the last state, in the log of its author
  rival_of VARCHAR -- after a merge: the annotation that two analysts changed in different ways, of which this is the other version
);
