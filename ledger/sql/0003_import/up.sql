-- What an import asks of the schema besides posting. See note.md beside this file.

-- Gives a currency more decimals, as long as no posting uses it: the amounts of an entry are
-- written, hashed and compared at their currency's scale. Answers whether it did. The caller holds
-- the book's row lock.
create function ledger.raise_currency_scale(
  p_organization_id bigint,
  p_book_id integer,
  p_currency_id integer,
  p_scale smallint
) returns boolean
language plpgsql
security definer
set search_path = pg_catalog
as $$
begin
  perform set_config('lumbung.organization_id', p_organization_id::text, true);
  update ledger.currency c
  set scale = p_scale
  where c.organization_id = p_organization_id
    and c.book_id = p_book_id
    and c.currency_id = p_currency_id
    and c.scale < p_scale
    -- Every posting has a row here.
    and not exists (
      select 1
      from ledger.balance_month b
      where b.organization_id = p_organization_id
        and b.book_id = p_book_id
        and (b.currency_id = p_currency_id or b.functional_currency_id = p_currency_id));
  return found;
end $$;

-- Lets the planner know how the tables have grown.
create function ledger.analyze_entries() returns void
language plpgsql
security definer
set search_path = pg_catalog
as $$
begin
  analyze ledger.journal_entry;
  analyze ledger.posting;
  analyze ledger.balance_month;
  analyze ledger.account_turnover;
end $$;

revoke all on function ledger.raise_currency_scale, ledger.analyze_entries from public;
grant execute on function ledger.raise_currency_scale, ledger.analyze_entries to lumbung_app;
