-- The planner's statistics are refreshed once after a bulk load, by the fold that follows it. See
-- note.md beside this file.

-- Ends a bulk load: adds the balances of everything posted since it began, in one pass.
create or replace function ledger.finish_bulk(
  p_organization_id bigint,
  p_book_id integer
) returns void
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
  v_from bigint;
  v_first_date date;
begin
  perform set_config('lumbung.organization_id', p_organization_id::text, true);
  select b.bulk_from_entry_id into v_from
  from ledger.book_head b
  where b.organization_id = p_organization_id
    and b.book_id = p_book_id
  for no key update;
  if v_from is null then
    return;
  end if;
  insert into ledger.balance_month as b
    (organization_id, book_id, account_id, month, dimension_set_id, currency_id,
     functional_currency_id, debit, credit, functional_debit, functional_credit)
  select p.organization_id, p.book_id, p.account_id,
         p.effective_date - extract(day from p.effective_date)::integer + 1, p.dimension_set_id,
         p.currency_id, p.functional_currency_id,
         sum(greatest(p.amount, 0)), sum(greatest(-p.amount, 0)),
         sum(greatest(p.functional_amount, 0)), sum(greatest(-p.functional_amount, 0))
  from ledger.posting p
  where p.organization_id = p_organization_id
    and p.book_id = p_book_id
    and p.entry_id >= v_from
  group by 1, 2, 3, 4, 5, 6, 7
  order by 1, 2, 3, 4, 5, 6, 7
  on conflict on constraint balance_month_pkey do update
  set debit = b.debit + excluded.debit,
      credit = b.credit + excluded.credit,
      functional_debit = b.functional_debit + excluded.functional_debit,
      functional_credit = b.functional_credit + excluded.functional_credit;
  update ledger.book_head b
  set bulk_from_entry_id = null
  where b.organization_id = p_organization_id
    and b.book_id = p_book_id;
  select min(e.effective_date) into v_first_date
  from ledger.journal_entry e
  where e.organization_id = p_organization_id
    and e.book_id = p_book_id
    and e.entry_id >= v_from;
  perform ledger.check_assertions(p_organization_id, p_book_id, v_first_date, null);
end $$;

drop function ledger.analyze_entries();
