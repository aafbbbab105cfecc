package typedfile

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"github.com/authtabs/tabgate/data/frame"
)

// Scan implements frame.Frame.
func (s *sqliteTable) Scan(ctx context.Context, columns []int, from, to int, visit func(*frame.Batch) error) (err error) {
	defer damaged("SQLite", &err)
	from, to = max(from, 0), min(to, s.rows)
	if from >= to {
		return nil
	}
	q, places := s.selection(columns, from, to)
	b := &frame.Batch{First: from, Columns: make([]frame.Vector, len(columns))}
	reset := func() {
		for i, c := range columns {
			b.Columns[i].Reset(s.columns[c].Type)
		}
		b.Len = 0
	}
	reset()
	var stopped error // visit's
	err = s.db.query(ctx, q, func(row *sqlite3.Stmt) error {
		for i := range columns {
			appendStored(&b.Columns[i], row, places[i])
		}
		if b.Len++; b.Len < batchRows {
			return nil
		}
		if stopped = visit(b); stopped != nil {
			return stopped
		}
		b.First += b.Len
		reset()
		return nil
	})
	switch {
	case errors.Is(stopped, frame.ErrStop):
		return nil
	case stopped != nil:
		return stopped
	case err != nil:
		return sqliteError(err)
	case b.First+b.Len < to:
		return errRowsGone
	case b.Len == 0:
		return nil
	}
	if err := visit(b); !errors.Is(err, frame.ErrStop) {
		return err
	}
	return nil
}

var errRowsGone = errors.New("the SQLite file is damaged, or has changed: it has less rows than it counted")

// selection is the query for some rows of some columns, and where in its
// result each of them stands. Without rowids all columns are selected: SQLite
// may read others by another way, in another order.
func (s *sqliteTable) selection(columns []int, from, to int) (q string, places []int) {
	if s.rowid == "" {
		return fmt.Sprintf("select %s from %s limit %d offset %d", strings.Join(s.order, ", "), s.source, to-from, from), columns
	}
	list := make([]string, 0, len(columns))
	for i, c := range columns {
		list, places = append(list, s.order[c]), append(places, i)
	}
	if len(list) == 0 {
		list = append(list, "1")
	}
	return fmt.Sprintf("select %s from %s where %s >= %d order by %s limit %d offset %d", strings.Join(list, ", "), s.source,
		s.rowid, s.marks[from/batchRows], s.rowid, to-from, from%batchRows), places
}

// storedRow is a row of values as SQLite stores them.
type storedRow interface {
	ColumnType(i int) sqlite3.Datatype
	ColumnInt64(i int) int64
	ColumnFloat(i int) float64
	ColumnRawText(i int) []byte
	ColumnRawBlob(i int) []byte
}

// appendStored appends a value as the type of its column.
func appendStored(v *frame.Vector, row storedRow, i int) {
	kind := row.ColumnType(i)
	switch {
	case kind == sqlite3.NULL:
	case v.Type == frame.Integer && kind == sqlite3.INTEGER:
		v.AppendInt(row.ColumnInt64(i))
		return
	case v.Type == frame.Number && (kind == sqlite3.INTEGER || kind == sqlite3.FLOAT):
		v.AppendFloat(row.ColumnFloat(i))
		return
	case (v.Type == frame.Date || v.Type == frame.Datetime) && kind == sqlite3.TEXT:
		if appendISO(v, row.ColumnRawText(i)) {
			return
		}
	case v.Type == frame.Text:
		appendStoredText(v, row, i, kind)
		return
	}
	v.AppendNull()
}

func appendISO(v *frame.Vector, text []byte) bool {
	kind, days, seconds, nanos, zone, ok := frame.ParseISO(text)
	switch {
	case !ok:
		return false
	case v.Type == frame.Date:
		v.AppendInt(days)
	case kind == frame.Date:
		v.AppendMoment(days*86400, 0, frame.NoZone)
	default:
		v.AppendMoment(seconds, nanos, zone)
	}
	return true
}

// appendStoredText appends a value as text: bytes in hexadecimal.
func appendStoredText(v *frame.Vector, row storedRow, i int, kind sqlite3.Datatype) {
	switch kind {
	case sqlite3.INTEGER:
		v.AppendText(strconv.AppendInt(nil, row.ColumnInt64(i), 10))
	case sqlite3.FLOAT:
		var n frame.Vector
		n.Reset(frame.Number)
		n.AppendFloat(row.ColumnFloat(i))
		v.AppendString(n.String(0))
	case sqlite3.BLOB:
		v.AppendText(hex.AppendEncode(nil, row.ColumnRawBlob(i)))
	default:
		v.AppendText(row.ColumnRawText(i))
	}
}
