-- Reports that are made while nobody waits, and kept. See note.md beside it.

create schema reporting;
grant usage on schema reporting to lumbung_app;

create table reporting.report (
  organization_id   bigint not null,
  book_id           integer not null,
  report_id         bigint not null,
  -- lumbung.reporting.v1.ReportRequest, as it was asked for.
  request           bytea not null,
  -- What a caller names it by, so that asking twice makes one report.
  request_key       text not null,
  requested_by      text not null,
  -- 1 waiting, 2 running, 3 done, 4 failed, 5 cancelled
  state             smallint not null default 1,
  cancel_requested  boolean not null default false,
  -- Rows of the document that are written.
  rows              bigint not null default 0,
  -- Of the book and the log when it began.
  last_sequence     bigint not null default 0,
  checkpoint_size   bigint not null default 0,
  bytes             bigint not null default 0,
  sha256            bytea,
  -- Why it failed.
  reason            text not null default '',
  message           text not null default '',
  created_at        timestamptz not null default clock_timestamp(),
  started_at        timestamptz,
  ended_at          timestamptz,
  -- The server that makes it says every few seconds that it is at work.
  alive_at          timestamptz not null default clock_timestamp(),
  constraint report_pkey primary key (organization_id, book_id, report_id),
  constraint report_request_key unique (organization_id, book_id, request_key),
  constraint report_book_fkey foreign key (organization_id, book_id)
    references ledger.book (organization_id, book_id),
  constraint report_state_check check (state between 1 and 5),
  constraint report_done_check check (
    (state = 3) = (sha256 is not null) and (state >= 3) = (ended_at is not null))
);

create table reporting.report_piece (
  organization_id  bigint not null,
  book_id          integer not null,
  report_id        bigint not null,
  piece            integer not null,
  data             bytea not null,
  constraint report_piece_pkey primary key (organization_id, book_id, report_id, piece),
  constraint report_piece_report_fkey foreign key (organization_id, book_id, report_id)
    references reporting.report (organization_id, book_id, report_id) on delete cascade
);
-- Documents are compressed already, or are read at once.
alter table reporting.report_piece alter column data set storage external;

do $$
declare
  t text;
begin
  foreach t in array array['report', 'report_piece']
  loop
    execute format('alter table reporting.%I enable row level security', t);
    execute format('alter table reporting.%I force row level security', t);
    execute format(
      'create policy tenant on reporting.%I '
      'using (organization_id = ledger.current_organization()) '
      'with check (organization_id = ledger.current_organization())', t);
  end loop;
end $$;

-- What is done stays as it is, until it makes room.
create function reporting.refuse_change() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
begin
  raise exception 'a report that has ended never changes' using errcode = 'LB010';
end $$;
create trigger report_ended before update on reporting.report
  for each row when (old.state >= 3) execute function reporting.refuse_change();
create trigger report_piece_immutable before update on reporting.report_piece
  for each row execute function reporting.refuse_change();
revoke all on all functions in schema reporting from public;

grant select, insert, delete on all tables in schema reporting to lumbung_app;
grant update (state, cancel_requested, rows, last_sequence, checkpoint_size, bytes, sha256, reason,
  message, started_at, ended_at, alive_at) on reporting.report to lumbung_app;
