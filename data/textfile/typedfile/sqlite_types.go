package typedfile

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"github.com/authtabs/tabgate/data/frame"
)

// stored counts the values of a column by how SQLite stores them.
type stored struct {
	integers, reals, texts, blobs int
	longest                       int  // integers that a double may not hold
	dates, datetimes, zoned       int  // of the texts, until one is none
	noDates                       bool // some text is none
}

// maxSelected is how many columns SQLite selects at most.
const maxSelected = 2000

// describe finds the columns and their types: the stored values decide. One
// pass counts them and the rows.
func (s *sqliteTable) describe(ctx context.Context, t *Table) error {
	if err := s.name(ctx); err != nil {
		return err
	}
	if len(s.columns) > maxColumns {
		return errTooWide
	}
	if err := s.findRowid(ctx); err != nil {
		return err
	}
	counts := make([]stored, len(s.columns))
	q := "select " + strings.Join(s.order, ", ")
	if s.rowid != "" {
		q += ", " + s.rowid + " from " + s.source + " order by " + s.rowid
	} else {
		q += " from " + s.source
	}
	err := s.db.query(ctx, q, func(row *sqlite3.Stmt) error {
		if s.rowid != "" && s.rows%batchRows == 0 {
			s.marks = append(s.marks, row.ColumnInt64(len(counts)))
		}
		for i := range counts {
			counts[i].add(row, i)
		}
		s.rows++
		return nil
	})
	if err != nil {
		return err
	}
	for i := range counts {
		s.decide(i, &counts[i], t)
	}
	return nil
}

// name takes the names of the columns.
func (s *sqliteTable) name(ctx context.Context) error {
	return s.db.use(ctx, func(c *sqlite3.Conn) error {
		row, _, err := c.Prepare("select * from " + quoteName(s.table) + " limit 0")
		if err != nil {
			return err
		}
		defer row.Close()
		s.columns = namedColumns(row)
		for _, c := range s.columns {
			s.order = append(s.order, quoteName(c.Name))
		}
		return nil
	})
}

// namedColumns are the columns of a query's result, with names that differ.
func namedColumns(row *sqlite3.Stmt) (columns []frame.Column) {
	used := map[string]bool{}
	for i := range row.ColumnCount() {
		have := row.ColumnName(i)
		name := have
		for k := 2; used[name]; k++ {
			name = fmt.Sprintf("%s_%d", have, k)
		}
		used[name] = true
		columns = append(columns, frame.Column{Name: name})
	}
	return columns
}

// findRowid tells by which name the rowid is known, if rows can be found by
// it. The rows of a view, or of a table without rowids, are read from the
// start.
func (s *sqliteTable) findRowid(ctx context.Context) error {
	s.source = quoteName(s.table)
	kind, without := "", false
	err := s.db.use(ctx, func(c *sqlite3.Conn) error {
		row, _, err := c.Prepare("select type, wr from pragma_table_list where schema = 'main' and name = ?")
		if err != nil {
			return err
		}
		defer row.Close()
		if err := row.BindText(1, s.table); err != nil {
			return err
		}
		if row.Step() {
			kind, without = row.ColumnText(0), row.ColumnBool(1)
		}
		return row.Err()
	})
	if err != nil || kind != "table" {
		return err
	}
	s.source += " not indexed" // an index would bring the rows in its own order
	if without || len(s.columns) >= maxSelected {
		return nil
	}
	for _, name := range []string{"rowid", "_rowid_", "oid"} {
		hidden := slices.ContainsFunc(s.columns, func(c frame.Column) bool { return strings.EqualFold(c.Name, name) })
		if !hidden {
			s.rowid = name
			break
		}
	}
	return nil
}

// add counts a value.
func (n *stored) add(row storedRow, i int) {
	switch row.ColumnType(i) {
	case sqlite3.INTEGER:
		n.integers++
		if v := row.ColumnInt64(i); v > 1<<53 || v < -1<<53 {
			n.longest++
		}
	case sqlite3.FLOAT:
		n.reals++
	case sqlite3.BLOB:
		n.blobs++
	case sqlite3.TEXT:
		n.texts++
		if !n.noDates {
			n.addDate(row.ColumnRawText(i))
		}
	}
}

// addDate counts a text that may be a date.
func (n *stored) addDate(text []byte) {
	kind, _, _, _, zone, ok := frame.ParseISO(text)
	switch {
	case !ok:
		n.noDates = true
	case kind == frame.Date:
		n.dates++
	default:
		n.datetimes++
		if zone != frame.NoZone {
			n.zoned++
		}
	}
}

// decide decides about a column. Text is a date or a datetime if every one is
// ISO: SQLite has no such type.
func (s *sqliteTable) decide(i int, n *stored, t *Table) {
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
}
