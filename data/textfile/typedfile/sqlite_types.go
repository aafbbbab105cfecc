package typedfile

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/authtabs/tabgate/data/frame"
)

// stored counts the values of a column by how SQLite stores them.
type stored struct {
	integers, reals, texts, blobs int
	longest                       int // the greatest integer beside reals that a double may not hold
	dates, datetimes, zoned       int // of the texts
}

// describe finds the columns and their types: the stored values decide.
func (s *sqliteTable) describe(ctx context.Context, t *Table) error {
	names, err := s.names(ctx)
	if err != nil {
		return err
	}
	if len(names) > maxColumns {
		return errTooWide
	}
	for _, name := range names {
		s.order = append(s.order, quoteName(name))
		s.columns = append(s.columns, frame.Column{Name: name})
	}
	counts := make([]stored, len(names))
	// SQLite takes up to 2000 result columns.
	const step = 200
	for from := 0; from < len(names); from += step {
		if err := s.countTypes(ctx, counts, from, min(from+step, len(names))); err != nil {
			return err
		}
	}
	if s.rows > 0 {
		if err := s.markRows(ctx); err != nil {
			return err
		}
	}
	for i := range names {
		if err := s.decide(ctx, i, &counts[i], t); err != nil {
			return err
		}
	}
	return nil
}

func (s *sqliteTable) names(ctx context.Context) ([]string, error) {
	rows, err := s.db.QueryContext(ctx, "select * from "+s.table+" limit 0")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	names, err := rows.Columns()
	used := map[string]bool{}
	for i, n := range names {
		for k := 2; used[n]; k++ {
			n = fmt.Sprintf("%s_%d", names[i], k)
		}
		used[n] = true
	}
	return names, err
}

// countTypes counts how the values of some columns are stored.
func (s *sqliteTable) countTypes(ctx context.Context, counts []stored, from, to int) error {
	var q strings.Builder
	q.WriteString("select count(*)")
	for _, c := range s.order[from:to] {
		for _, kind := range []string{"integer", "real", "text", "blob"} {
			fmt.Fprintf(&q, ", sum(typeof(%s)='%s')", c, kind)
		}
		fmt.Fprintf(&q, ", sum(typeof(%s)='integer' and abs(%s) > 9007199254740992)", c, c)
	}
	fmt.Fprintf(&q, " from %s", s.table)
	cells := make([]sql.NullInt64, 1+5*(to-from))
	dest := make([]any, len(cells))
	for i := range cells {
		dest[i] = &cells[i]
	}
	if err := s.db.QueryRowContext(ctx, q.String()).Scan(dest...); err != nil {
		return err
	}
	s.rows = int(cells[0].Int64)
	for i := from; i < to; i++ {
		k := cells[1+5*(i-from):]
		counts[i] = stored{integers: int(k[0].Int64), reals: int(k[1].Int64), texts: int(k[2].Int64), blobs: int(k[3].Int64), longest: int(k[4].Int64)}
	}
	return nil
}

// decide decides about a column. Text is a date or a datetime if every one is
// ISO: SQLite has no such type.
func (s *sqliteTable) decide(ctx context.Context, i int, n *stored, t *Table) error {
	col := &s.columns[i]
	values := n.integers + n.reals + n.texts + n.blobs
	col.Nulls = s.rows - values
	say := func(format string, a ...any) { t.Notes = append(t.Notes, noteColumn(col.Name, format, a...)) }
	switch {
	case values == 0 || n.blobs == values:
		col.Type = frame.Text
	case n.integers == values:
		col.Type = frame.Integer
	case n.integers+n.reals == values:
		col.Type = frame.Number
		if n.longest > 0 {
			say("%d integers rounded to what a double can hold", n.longest)
		}
	case n.texts == values:
		if err := s.countDates(ctx, i, n); err != nil {
			return err
		}
		switch {
		case n.dates == values:
			col.Type = frame.Date
		case n.dates+n.datetimes == values && n.zoned == 0:
			col.Type = frame.Datetime
			if n.dates > 0 {
				say("%d dates without a time, read as 00:00", n.dates)
			}
		case n.datetimes == values && n.zoned == values:
			col.Type = frame.Datetime
		case n.dates+n.datetimes == values:
			say("text: %d of %d times have a zone, the others none", n.zoned, values)
		}
	default:
		say("text: %d texts, %d numbers and %d blobs are mixed", n.texts, n.integers+n.reals, n.blobs)
	}
	return nil
}

// countDates counts the texts of a column that are dates, until one is none.
func (s *sqliteTable) countDates(ctx context.Context, i int, n *stored) error {
	rows, err := s.db.QueryContext(ctx, fmt.Sprintf("select +%s from %s where %s is not null", s.order[i], s.table, s.order[i]))
	if err != nil {
		return err
	}
	defer rows.Close()
	var text sql.RawBytes
	for rows.Next() {
		if err := rows.Scan(&text); err != nil {
			return err
		}
		kind, _, _, _, zone, ok := frame.ParseISO(text)
		switch {
		case !ok:
			return nil
		case kind == frame.Date:
			n.dates++
		default:
			n.datetimes++
			if zone != frame.NoZone {
				n.zoned++
			}
		}
	}
	return rows.Err()
}

// markRows keeps the rowid of every batch's first row, so that rows are found
// without reading those before. A view, or a table without rowids, is read
// from its start.
func (s *sqliteTable) markRows(ctx context.Context) error {
	var kind string
	var without int
	name := strings.ReplaceAll(s.table[1:len(s.table)-1], `""`, `"`)
	err := s.db.QueryRowContext(ctx, "select type, wr from pragma_table_list where schema = 'main' and name = ?", name).Scan(&kind, &without)
	if err != nil {
		return err
	}
	for _, c := range s.columns { // a column of that name hides it
		switch strings.ToLower(c.Name) {
		case "rowid", "_rowid_", "oid":
			return nil
		}
	}
	if kind != "table" || without != 0 {
		return nil
	}
	rows, err := s.db.QueryContext(ctx, "select rowid from "+s.table+" order by rowid")
	if err != nil {
		return err
	}
	defer rows.Close()
	var id int64
	for n := 0; rows.Next(); n++ {
		if n%batchRows != 0 {
			continue
		}
		if err := rows.Scan(&id); err != nil {
			return err
		}
		s.marks = append(s.marks, id)
	}
	s.rowid = true
	return rows.Err()
}
