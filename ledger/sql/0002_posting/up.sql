-- The only way a journal entry comes into being. See note.md beside this file.

-- Balance of an account (with its descendants, when asked) in one currency at the end of a day.
create function ledger.balance_at(
  p_organization_id bigint,
  p_book_id integer,
  p_account_id integer,
  p_include_descendants boolean,
  p_currency_id integer,
  p_fund_id integer,
  p_date date
) returns numeric
language sql stable
set search_path = pg_catalog
as $$
  with recursive subtree as (
    select p_account_id as account_id
    union all
    select a.account_id
    from ledger.account a
    join subtree s on a.parent_id = s.account_id
    where p_include_descendants
      and a.organization_id = p_organization_id
      and a.book_id = p_book_id
  ),
  part as (
    select m.debit - m.credit as amount, m.dimension_set_id
    from subtree s
    join ledger.balance_month m
      on m.organization_id = p_organization_id
     and m.book_id = p_book_id
     and m.account_id = s.account_id
     and m.month < date_trunc('month', p_date)::date
     and m.currency_id = p_currency_id
    union all
    select p.amount, p.dimension_set_id
    from subtree s
    join ledger.posting p
      on p.organization_id = p_organization_id
     and p.book_id = p_book_id
     and p.account_id = s.account_id
     and p.effective_date between date_trunc('month', p_date)::date and p_date
     and p.currency_id = p_currency_id
  )
  select coalesce(sum(part.amount), 0)
  from part
  where p_fund_id is null
     or exists (
       select 1
       from ledger.dimension_set d
       where d.organization_id = p_organization_id
         and d.book_id = p_book_id
         and d.dimension_set_id = part.dimension_set_id
         and d.fund_id = p_fund_id)
$$;

-- Posts a batch of entries, all or nothing, in one statement's time.
--
-- The caller says which state of the book it checked against (metadata version, last entry, last
-- dimension set); when the book has moved on, nothing is written and the answer is 'stale'.
-- Otherwise the row lock taken on the book is held to the end of the database transaction: it
-- orders entries, makes ids gap-free, and keeps period closes, metadata changes and assertions
-- apart from posting.
--
-- Whatever the caller checked is checked again here, set-based; a violation raises LB001..LB011 and
-- leaves nothing behind. p_ordinal of a line is the 1-based position of its entry in the batch.
--
-- With p_bulk the balances are left to ledger.finish_bulk, which must follow in the same database
-- transaction; until it has, the book refuses every other post.
create function ledger.post_entries(
  p_organization_id bigint,
  p_book_id integer,
  p_metadata_version bigint,
  p_last_entry_id bigint,
  p_last_dimension_set_id integer,
  p_recorded_at timestamptz,
  p_bulk boolean,
  p_set_fund integer[],
  p_set_members text[],
  p_series integer[],
  p_fiscal_year smallint[],
  p_number bigint[],
  p_effective_date date[],
  p_kind smallint[],
  p_description text[],
  p_reference text[],
  p_source text[],
  p_tags text[],
  p_request_id text[],
  p_request_hash bytea[],
  p_reverses bigint[],
  p_salt bytea[],
  p_canonical bytea[],
  p_leaf_hash bytea[],
  p_adjuster boolean[],
  p_ordinal integer[],
  p_line smallint[],
  p_account integer[],
  p_set integer[],
  p_fund integer[],
  p_currency integer[],
  p_amount numeric[],
  p_functional_currency integer[],
  p_functional_amount numeric[],
  p_line_date date[],
  p_memo text[]
) returns text
language plpgsql
security definer
set search_path = pg_catalog
set plan_cache_mode = force_generic_plan
as $$
declare
  v_entries integer := cardinality(p_series);
  v_book record;
  v_series record;
  v_check record;
  v_wrong bigint;
begin
  perform set_config('lumbung.organization_id', p_organization_id::text, true);

  update ledger.book_head b
  set last_entry_id = b.last_entry_id + v_entries,
      last_dimension_set_id = b.last_dimension_set_id + cardinality(p_set_fund),
      last_recorded_at = p_recorded_at,
      bulk_from_entry_id =
        case when p_bulk then coalesce(b.bulk_from_entry_id, p_last_entry_id + 1) end
  where b.organization_id = p_organization_id
    and b.book_id = p_book_id
    and b.metadata_version = p_metadata_version
    and b.last_entry_id = p_last_entry_id
    and b.last_dimension_set_id = p_last_dimension_set_id
    and b.last_recorded_at <= p_recorded_at
    and (p_bulk or b.bulk_from_entry_id is null)
  returning b.hard_closed_through, b.soft_closed_through, b.last_assertion_date into v_book;
  if not found then
    return 'stale';
  end if;

  if cardinality(p_set_fund) > 0 then
    insert into ledger.dimension_set
      (organization_id, book_id, dimension_set_id, fund_id, members)
    select p_organization_id, p_book_id, p_last_dimension_set_id + s.n, s.fund_id,
           s.members::integer[]
    from unnest(p_set_fund, p_set_members) with ordinality as s (fund_id, members, n);
  end if;

  -- Numbers continue where the series stands, without a gap.
  for v_series in
    select w.series_id, w.fiscal_year, min(w.number) as first, max(w.number) as last, count(*) as n
    from unnest(p_series, p_fiscal_year, p_number) as w (series_id, fiscal_year, number)
    group by w.series_id, w.fiscal_year
    order by w.series_id, w.fiscal_year
  loop
    update ledger.series_counter c
    set last_number = v_series.last
    where c.organization_id = p_organization_id
      and c.book_id = p_book_id
      and c.series_id = v_series.series_id
      and c.fiscal_year = v_series.fiscal_year
      and c.last_number = v_series.first - 1;
    if not found and v_series.first <> 1 then
      raise exception 'entry numbers do not continue their series' using errcode = 'LB011';
    elsif not found then
      -- A series begins its year with 1; the primary key refuses to begin it twice.
      insert into ledger.series_counter
        (organization_id, book_id, series_id, fiscal_year, last_number)
      values (p_organization_id, p_book_id, v_series.series_id, v_series.fiscal_year, v_series.n);
    end if;
    if v_series.last - v_series.first + 1 <> v_series.n then
      raise exception 'entry numbers do not continue their series' using errcode = 'LB011';
    end if;
  end loop;

  insert into ledger.journal_entry
    (organization_id, book_id, entry_id, series_id, fiscal_year, number, effective_date,
     recorded_at, kind, description, reference, source, tags, request_id, request_hash,
     reverses_entry_id, salt, canonical, leaf_hash)
  select p_organization_id, p_book_id, p_last_entry_id + e.n, e.series_id, e.fiscal_year, e.number,
         e.effective_date, p_recorded_at, e.kind, e.description, e.reference, e.source,
         e.tags::jsonb, e.request_id, e.request_hash, e.reverses, e.salt, e.canonical, e.leaf_hash
  from unnest(p_series, p_fiscal_year, p_number, p_effective_date, p_kind, p_description,
              p_reference, p_source, p_tags, p_request_id, p_request_hash, p_reverses, p_salt,
              p_canonical, p_leaf_hash)
       with ordinality as e (series_id, fiscal_year, number, effective_date, kind, description,
              reference, source, tags, request_id, request_hash, reverses, salt, canonical,
              leaf_hash, n);

  insert into ledger.posting
    (organization_id, book_id, entry_id, line, account_id, dimension_set_id, currency_id,
     functional_currency_id, effective_date, amount, functional_amount, memo)
  select p_organization_id, p_book_id, p_last_entry_id + l.ordinal, l.line, l.account_id,
         l.dimension_set_id, l.currency_id, l.functional_currency_id, l.effective_date, l.amount,
         l.functional_amount, l.memo
  from unnest(p_ordinal, p_line, p_account, p_set, p_currency, p_functional_currency, p_line_date,
              p_amount, p_functional_amount, p_memo)
       as l (ordinal, line, account_id, dimension_set_id, currency_id, functional_currency_id,
             effective_date, amount, functional_amount, memo);

  -- Balance rows are touched in key order, so that two writers can never wait for each other in a
  -- circle.
  if not p_bulk then
    insert into ledger.balance_month as b
      (organization_id, book_id, account_id, month, dimension_set_id, currency_id,
       functional_currency_id, debit, credit, functional_debit, functional_credit)
    select p_organization_id, p_book_id, l.account_id,
           l.effective_date - extract(day from l.effective_date)::integer + 1, l.dimension_set_id,
           l.currency_id, l.functional_currency_id,
           sum(greatest(l.amount, 0)), sum(greatest(-l.amount, 0)),
           sum(greatest(l.functional_amount, 0)), sum(greatest(-l.functional_amount, 0))
    from unnest(p_account, p_line_date, p_set, p_currency, p_functional_currency, p_amount,
                p_functional_amount)
         as l (account_id, effective_date, dimension_set_id, currency_id, functional_currency_id,
               amount, functional_amount)
    group by 3, 4, 5, 6, 7
    order by 3, 4, 5, 6, 7
    on conflict on constraint balance_month_pkey do update
    set debit = b.debit + excluded.debit,
        credit = b.credit + excluded.credit,
        functional_debit = b.functional_debit + excluded.functional_debit,
        functional_credit = b.functional_credit + excluded.functional_credit;
  end if;

  -- The entries by themselves: complete, of one date, balanced in each fund and functional
  -- currency.
  select count(distinct g.ordinal) as entries,
         min(g.ordinal) filter (where g.sum <> 0) as unbalanced,
         min(g.first_date) as first_date,
         min(g.ordinal) filter (where g.redated) as redated,
         min(g.ordinal) filter (where g.revalued) as revalued,
         -- A fund may have one posting alone, when that is worth nothing; an entry may not.
         (select min(o.ordinal)
          from (select u.ordinal from unnest(p_ordinal) as u (ordinal)
                group by u.ordinal having count(*) < 2) o) as one_sided
  into v_check
  from (
    select l.ordinal, sum(l.functional_amount) as sum,
           min(l.effective_date) as first_date,
           bool_or(l.effective_date <> p_effective_date[l.ordinal]) as redated,
           bool_or(l.currency_id = l.functional_currency_id
                   and l.amount <> l.functional_amount) as revalued
    from unnest(p_ordinal, p_line_date, p_fund, p_currency, p_functional_currency, p_amount,
                p_functional_amount)
         as l (ordinal, effective_date, fund_id, currency_id, functional_currency_id, amount,
               functional_amount)
    group by l.ordinal, l.functional_currency_id, l.fund_id
  ) g;

  -- The entries against the book: open, postable accounts, dimension sets of the right fund,
  -- currencies fine enough for the amounts. Each distinct thing is looked up once, by scalar
  -- subqueries, because a join would be planned for one size of batch and run for another.
  select (select count(*)
          from (select distinct u.account_id from unnest(p_account) as u (account_id)) d
          where (select a.postable and not a.closed
                 from ledger.account a
                 where a.organization_id = p_organization_id
                   and a.book_id = p_book_id
                   and a.account_id = d.account_id) is not true)
       + (select count(*)
          from (select distinct u.dimension_set_id, u.fund_id
                from unnest(p_set, p_fund) as u (dimension_set_id, fund_id)) d
          where (select s.fund_id = d.fund_id
                 from ledger.dimension_set s
                 where s.organization_id = p_organization_id
                   and s.book_id = p_book_id
                   and s.dimension_set_id = d.dimension_set_id) is not true)
       + (select count(*)
          from (select u.currency_id, max(scale(u.amount)) as scale
                from unnest(p_currency || p_functional_currency, p_amount || p_functional_amount)
                     as u (currency_id, amount)
                group by u.currency_id) d
          where (select c.scale >= d.scale
                 from ledger.currency c
                 where c.organization_id = p_organization_id
                   and c.book_id = p_book_id
                   and c.currency_id = d.currency_id) is not true)
  into v_wrong;
  if v_wrong > 0 then
    perform ledger.explain_refused_lines(p_organization_id, p_book_id, p_account, p_set, p_fund,
                                         p_currency, p_amount, p_functional_currency,
                                         p_functional_amount);
  end if;

  if v_check.redated is not null or v_check.revalued is not null then
    raise exception 'entry % has a line of another date, or an amount valued against itself',
      coalesce(v_check.redated, v_check.revalued) using errcode = 'LB004';
  elsif v_check.unbalanced is not null then
    raise exception 'entry % does not balance', v_check.unbalanced using errcode = 'LB005';
  elsif v_check.entries <> v_entries or v_check.one_sided is not null then
    raise exception 'an entry has fewer than two postings' using errcode = 'LB006';
  elsif v_check.first_date <= v_book.hard_closed_through then
    raise exception 'an entry is dated in a hard-closed period' using errcode = 'LB007';
  elsif v_check.first_date <= v_book.soft_closed_through and exists (
      select 1
      from unnest(p_effective_date, p_adjuster) as e (effective_date, adjuster)
      join ledger.period p
        on p.organization_id = p_organization_id
       and p.book_id = p_book_id
       and p.month = e.effective_date - extract(day from e.effective_date)::integer + 1
       and (p.state = 3 or (p.state = 2 and not e.adjuster))) then
    raise exception 'an entry is dated in a soft-closed period' using errcode = 'LB008';
  end if;

  if not p_bulk and v_check.first_date <= v_book.last_assertion_date then
    perform ledger.check_assertions(p_organization_id, p_book_id, v_check.first_date, p_account);
  end if;
  return 'posted';
end $$;

-- Raises the SQLSTATE that says why post_entries could not write some of its lines.
create function ledger.explain_refused_lines(
  p_organization_id bigint,
  p_book_id integer,
  p_account integer[],
  p_set integer[],
  p_fund integer[],
  p_currency integer[],
  p_amount numeric[],
  p_functional_currency integer[],
  p_functional_amount numeric[]
) returns void
language plpgsql
set search_path = pg_catalog
as $$
declare
  v_line record;
begin
  select l.n, a.account_id, a.postable, a.closed, s.dimension_set_id, c.currency_id,
         f.currency_id as functional_currency_id
  into v_line
  from unnest(p_account, p_set, p_fund, p_currency, p_amount, p_functional_currency,
              p_functional_amount)
       with ordinality as l (account_id, dimension_set_id, fund_id, currency_id, amount,
              functional_currency_id, functional_amount, n)
  left join ledger.account a
    on a.organization_id = p_organization_id
   and a.book_id = p_book_id
   and a.account_id = l.account_id
  left join ledger.dimension_set s
    on s.organization_id = p_organization_id
   and s.book_id = p_book_id
   and s.dimension_set_id = l.dimension_set_id
   and s.fund_id = l.fund_id
  left join ledger.currency c
    on c.organization_id = p_organization_id
   and c.book_id = p_book_id
   and c.currency_id = l.currency_id
  left join ledger.currency f
    on f.organization_id = p_organization_id
   and f.book_id = p_book_id
   and f.currency_id = l.functional_currency_id
  where a.account_id is null or not a.postable or a.closed or s.dimension_set_id is null
     or c.currency_id is null or f.currency_id is null
     or scale(l.amount) > c.scale or scale(l.functional_amount) > f.scale
  order by l.n
  limit 1;
  if v_line.account_id is null or v_line.dimension_set_id is null or v_line.currency_id is null
     or v_line.functional_currency_id is null then
    raise exception 'line % refers to what the book does not have', v_line.n
      using errcode = 'LB001';
  elsif not v_line.postable then
    raise exception 'line % posts to a header', v_line.n using errcode = 'LB002';
  elsif v_line.closed then
    raise exception 'line % posts to a closed account', v_line.n using errcode = 'LB003';
  else
    raise exception 'line % has an amount finer than its currency', v_line.n
      using errcode = 'LB004';
  end if;
end $$;

-- An entry must not falsify what was asserted about its day or a later one. Raises LB009 for the
-- first assertion from p_from on that does not hold; p_account limits the plain ones to those
-- accounts.
create function ledger.check_assertions(
  p_organization_id bigint,
  p_book_id integer,
  p_from date,
  p_account integer[]
) returns void
language plpgsql
set search_path = pg_catalog
as $$
declare
  v_assertion record;
begin
  for v_assertion in
    select a.assertion_id, a.expected, a.date,
           ledger.balance_at(p_organization_id, p_book_id, a.account_id, a.include_descendants,
                             a.currency_id, a.fund_id, a.date) as found
    from ledger.balance_assertion a
    where a.organization_id = p_organization_id
      and a.book_id = p_book_id
      and a.date >= p_from
      and (p_account is null or a.include_descendants or a.account_id = any (p_account))
    order by a.date, a.assertion_id
  loop
    if v_assertion.found <> v_assertion.expected then
      raise exception 'assertion % on % expects % and would find %', v_assertion.assertion_id,
        v_assertion.date, v_assertion.expected, v_assertion.found using errcode = 'LB009';
    end if;
  end loop;
end $$;

-- Tells the planner what the tables look like now. A table that grew from nothing within a minute
-- is otherwise planned as if it were empty, until autovacuum comes round.
create function ledger.refresh_statistics() returns void
language plpgsql
security definer
set search_path = pg_catalog
as $$
begin
  analyze ledger.journal_entry;
  analyze ledger.posting;
  analyze ledger.balance_month;
  analyze ledger.account_turnover;
  analyze ledger.dimension_set;
end $$;

-- Ends a bulk load: adds the balances of everything posted since it began, in one pass.
create function ledger.finish_bulk(
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
  perform ledger.refresh_statistics();
end $$;

-- Folds postings into account_turnover, off the posting path. Takes the lock of its own row only.
create function ledger.fold_turnover(
  p_organization_id bigint,
  p_book_id integer
) returns bigint
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
  v_from bigint;
  v_to bigint;
begin
  perform set_config('lumbung.organization_id', p_organization_id::text, true);
  insert into ledger.turnover_fold (organization_id, book_id, last_entry_id)
  values (p_organization_id, p_book_id, 0)
  on conflict do nothing;
  select f.last_entry_id into v_from
  from ledger.turnover_fold f
  where f.organization_id = p_organization_id
    and f.book_id = p_book_id
  for no key update;
  -- Entry ids ascend in the order of commit, so that everything up to the book's last one is
  -- visible.
  select b.last_entry_id into v_to
  from ledger.book_head b
  where b.organization_id = p_organization_id
    and b.book_id = p_book_id;
  if v_to <= v_from then
    return v_from;
  end if;
  insert into ledger.account_turnover as t
    (organization_id, book_id, grain, start_date, account_id, currency_id,
     functional_currency_id, debit, credit, functional_debit, functional_credit)
  select p_organization_id, p_book_id, g.grain,
         case g.grain when 'd' then d.day
              else d.day - extract(day from d.day)::integer + 1 end,
         d.account_id, d.currency_id, d.functional_currency_id,
         sum(d.debit), sum(d.credit), sum(d.functional_debit), sum(d.functional_credit)
  from (select p.effective_date as day, p.account_id, p.currency_id, p.functional_currency_id,
               sum(greatest(p.amount, 0)) as debit,
               sum(greatest(-p.amount, 0)) as credit,
               sum(greatest(p.functional_amount, 0)) as functional_debit,
               sum(greatest(-p.functional_amount, 0)) as functional_credit
        from ledger.posting p
        where p.organization_id = p_organization_id
          and p.book_id = p_book_id
          and p.entry_id > v_from
          and p.entry_id <= v_to
        group by 1, 2, 3, 4) d
  cross join (values ('d'::"char"), ('m'::"char")) as g (grain)
  group by 3, 4, 5, 6, 7
  order by 3, 4, 5, 6, 7
  on conflict on constraint account_turnover_pkey do update
  set debit = t.debit + excluded.debit,
      credit = t.credit + excluded.credit,
      functional_debit = t.functional_debit + excluded.functional_debit,
      functional_credit = t.functional_credit + excluded.functional_credit;
  update ledger.turnover_fold f
  set last_entry_id = v_to
  where f.organization_id = p_organization_id
    and f.book_id = p_book_id;
  if v_to >= 2 * v_from then
    perform ledger.refresh_statistics();
  end if;
  return v_to;
end $$;

revoke all on all functions in schema ledger from public;
grant execute on function ledger.current_organization, ledger.post_entries, ledger.finish_bulk,
  ledger.fold_turnover, ledger.balance_at, ledger.check_assertions to lumbung_app;

-- Closes a month for good: stores its trial balance with the hash the caller computed over it, and
-- moves the book's lock. The caller holds the book's row lock.
create function ledger.hard_close(
  p_organization_id bigint,
  p_book_id integer,
  p_month date,
  p_closed_at timestamptz,
  p_trial_balance_hash bytea
) returns void
language plpgsql
security definer
set search_path = pg_catalog
as $$
begin
  perform set_config('lumbung.organization_id', p_organization_id::text, true);
  insert into ledger.period as p
    (organization_id, book_id, month, state, closed_at, trial_balance_hash)
  values (p_organization_id, p_book_id, p_month, 3, p_closed_at, p_trial_balance_hash)
  on conflict on constraint period_pkey do update
  set state = 3, closed_at = excluded.closed_at, trial_balance_hash = excluded.trial_balance_hash;
  insert into ledger.period_balance
    (organization_id, book_id, month, account_id, dimension_set_id, currency_id,
     functional_currency_id, debit, credit, functional_debit, functional_credit)
  select b.organization_id, b.book_id, p_month, b.account_id, b.dimension_set_id, b.currency_id,
         b.functional_currency_id, sum(b.debit), sum(b.credit), sum(b.functional_debit),
         sum(b.functional_credit)
  from ledger.balance_month b
  where b.organization_id = p_organization_id
    and b.book_id = p_book_id
    and b.month <= p_month
  group by b.organization_id, b.book_id, b.account_id, b.dimension_set_id, b.currency_id,
           b.functional_currency_id;
  update ledger.book_head b
  set hard_closed_through = (p_month + interval '1 month')::date - 1,
      metadata_version = b.metadata_version + 1
  where b.organization_id = p_organization_id
    and b.book_id = p_book_id;
end $$;
revoke all on function ledger.hard_close from public;
grant execute on function ledger.hard_close to lumbung_app;

-- What the application may do by itself: read its organization, and keep reference data. Nothing
-- but a dimension rule is ever deleted; entries, postings and balances are written by the functions
-- above alone.
grant select on all tables in schema ledger to lumbung_app;
grant insert on ledger.organization, ledger.book, ledger.book_head, ledger.currency,
  ledger.account, ledger.fund, ledger.dimension, ledger.dimension_value,
  ledger.account_dimension_rule, ledger.exchange_rate, ledger.number_series, ledger.period,
  ledger.balance_assertion, ledger.request_record, ledger.csv_mapping to
  lumbung_app;
grant update (display_name) on ledger.organization to lumbung_app;
grant update (display_name) on ledger.book to lumbung_app;
grant update (metadata_version, last_assertion_date, soft_closed_through)
  on ledger.book_head to lumbung_app;
grant update (code, display_name, display_name_id, parent_id, type, postable, contra, closed, note)
  on ledger.account to lumbung_app;
grant update (display_name, closed) on ledger.fund, ledger.dimension_value to lumbung_app;
grant update (display_name) on ledger.dimension to lumbung_app;
grant update (state, closed_at) on ledger.period to lumbung_app;
grant update (definition) on ledger.csv_mapping to lumbung_app;
grant delete on ledger.account_dimension_rule to lumbung_app;
