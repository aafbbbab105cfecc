package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// Leak is a way on which a role reads what policies would keep from it.
type Leak struct {
	Kind string // view, materialized view, function
	Name string // with its schema
	Why  string // a clause
}

// leaks are views that read as their owners, what a materialized view kept, and
// functions that run as their owners, as far as they reach a table with policies
// (of functions that is not known).
const leaks = `with recursive reads(view, rel) as (
	select r.ev_class, d.refobjid from pg_catalog.pg_rewrite r
	join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = r.oid and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid <> r.ev_class
	union
	select a.view, b.refobjid from reads a join pg_catalog.pg_rewrite r on r.ev_class = a.rel
	join pg_catalog.pg_depend b on b.classid = 'pg_catalog.pg_rewrite'::regclass and b.objid = r.oid and b.refclassid = 'pg_catalog.pg_class'::regclass and b.refobjid <> r.ev_class
)
select case c.relkind when 'm' then 'materialized view' else 'view' end, n.nspname || '.' || c.relname
from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('v', 'm') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\_%'
	and pg_catalog.has_schema_privilege(n.oid, 'USAGE') and pg_catalog.has_any_column_privilege(c.oid, 'SELECT')
	and (c.relkind = 'm' or not exists (select from pg_catalog.pg_options_to_table(c.reloptions) where option_name = 'security_invoker' and option_value::boolean))
	and exists (select from reads join pg_catalog.pg_class t on t.oid = reads.rel where reads.view = c.oid and t.relrowsecurity)
union all
select 'function', n.nspname || '.' || p.proname
from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema')
	and pg_catalog.has_schema_privilege(n.oid, 'USAGE') and pg_catalog.has_function_privilege(p.oid, 'EXECUTE')
order by 1, 2 limit 20`

var whyLeaks = map[string]string{
	"view":              "reads with its owner's rights: write it with (security_invoker = true)",
	"materialized view": "holds rows of a table with policies, for everybody who may read it: revoke select on it",
	"function":          "runs with its owner's rights (security definer): revoke execute on it, or see that it gives nothing away",
}

// Look says on which ways the role of a query reads more than policies let it.
// The error is as of Ask: ErrUnbound where no policy applies to the role at all.
func (p *Pool) Look(ctx context.Context, q Query) (found []Leak, err error) {
	s, err := parse(q.DSN)
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithTimeout(ctx, q.Timeout)
	defer stop()
	conn, err := p.take(ctx, q.DSN, s)
	if err != nil {
		return nil, connectError(s, err)
	}
	defer discard(conn)
	q.Reader = true
	tx, err := conn.BeginTx(ctx, pgx.TxOptions{AccessMode: pgx.ReadOnly})
	if err == nil {
		err = prepare(ctx, tx, q)
	}
	if err != nil {
		return nil, queryError(err)
	}
	result, err := tx.Query(ctx, leaks)
	if err != nil {
		return nil, queryError(err)
	}
	found, err = pgx.CollectRows(result, func(row pgx.CollectableRow) (l Leak, err error) {
		err = row.Scan(&l.Kind, &l.Name)
		l.Name, l.Why = clip(l.Name), whyLeaks[l.Kind]
		return l, err
	})
	if err != nil {
		return nil, queryError(err)
	}
	return found, nil
}
