package typedfile

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/authtabs/tabgate/data/frame"
)

// Scan implements frame.Frame.
func (s *sqliteTable) Scan(ctx context.Context, columns []int, from, to int, visit func(*frame.Batch) error) (err error) {
	defer damaged("SQLite", &err)
	from, to = max(from, 0), min(to, s.rows)
	if from >= to {
		return nil
	}
	list := make([]string, 0, len(columns))
	for _, c := range columns {
		list = append(list, "+"+s.order[c]) // an expression has no declared type, by which the driver would change it
	}
	if len(list) == 0 {
		list = append(list, "1")
	}
	q := "select " + strings.Join(list, ", ") + " from " + s.table
	skip := from
	if s.rowid {
		q += fmt.Sprintf(" where rowid >= %d order by rowid", s.marks[from/batchRows])
		skip = from % batchRows
	}
	q += fmt.Sprintf(" limit %d offset %d", to-from, skip)
	err = s.scan(ctx, q, columns, from, to, visit)
	if errors.Is(err, frame.ErrStop) {
		return nil
	}
	return err
}

var errRowsGone = errors.New("the SQLite file is damaged, or has changed: it has less rows than it counted")

func (s *sqliteTable) scan(ctx context.Context, q string, columns []int, from, to int, visit func(*frame.Batch) error) error {
	rows, err := s.db.QueryContext(ctx, q)
	if err != nil {
		return sqliteError(err)
	}
	defer rows.Close()
	b := &frame.Batch{First: from, Columns: make([]frame.Vector, len(columns))}
	reset := func() {
		for i, c := range columns {
			b.Columns[i].Reset(s.columns[c].Type)
		}
		b.Len = 0
	}
	reset()
	cells := make([]any, max(len(columns), 1))
	dest := make([]any, len(cells))
	for i := range cells {
		dest[i] = &cells[i]
	}
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return sqliteError(err)
		}
		for i := range columns {
			appendStored(&b.Columns[i], cells[i])
		}
		if b.Len++; b.Len == batchRows {
			if err := visit(b); err != nil {
				return err
			}
			b.First += b.Len
			reset()
		}
	}
	if err := rows.Err(); err != nil {
		return sqliteError(err)
	}
	if b.First+b.Len < to {
		return errRowsGone
	}
	if b.Len > 0 {
		return visit(b)
	}
	return nil
}

// appendStored appends a value as the type of its column.
func appendStored(v *frame.Vector, cell any) {
	switch v.Type {
	case frame.Integer:
		if n, ok := cell.(int64); ok {
			v.AppendInt(n)
			return
		}
	case frame.Number:
		switch n := cell.(type) {
		case int64:
			v.AppendFloat(float64(n))
			return
		case float64:
			if !math.IsNaN(n) {
				v.AppendFloat(n)
				return
			}
		}
	case frame.Date, frame.Datetime:
		if text, ok := cell.(string); ok && appendISO(v, text) {
			return
		}
	case frame.Text:
		if cell != nil {
			v.AppendString(storedText(cell))
			return
		}
	}
	v.AppendNull()
}

func appendISO(v *frame.Vector, text string) bool {
	kind, days, seconds, nanos, zone, ok := frame.ParseISO([]byte(text))
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

// storedText is a value as text: bytes in hexadecimal.
func storedText(cell any) string {
	switch c := cell.(type) {
	case string:
		return c
	case []byte:
		return hex.EncodeToString(c)
	case float64:
		var v frame.Vector
		v.Reset(frame.Number)
		v.AppendFloat(c)
		return v.String(0)
	case time.Time:
		return c.Format(time.RFC3339Nano)
	}
	return fmt.Sprint(cell)
}
