package trino

import (
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"

	driver "github.com/trinodb/trino-go-client/trino"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/source/rows"
)

// typeOf is the type of a column. What has no cell of its own is text, or JSON
// where it has parts.
func typeOf(t *sql.ColumnType) frame.Type {
	switch base(t) {
	case "BOOLEAN":
		return frame.Boolean
	case "TINYINT", "SMALLINT", "INTEGER", "BIGINT":
		return frame.Integer
	case "DECIMAL":
		if precision, scale, ok := t.DecimalSize(); ok && scale == 0 && precision <= 18 {
			return frame.Integer
		}
		return frame.Number
	case "REAL", "DOUBLE", "NUMBER":
		return frame.Number
	case "DATE":
		return frame.Date
	case "TIMESTAMP", "TIMESTAMP WITH TIME ZONE":
		return frame.Datetime
	case "TIME":
		return frame.Time
	case "JSON", "ARRAY", "MAP", "ROW":
		return frame.JSON
	}
	return frame.Text
}

// base is the name of a type without its parameters: "TIMESTAMP WITH TIME ZONE"
// of "timestamp(3) with time zone".
func base(t *sql.ColumnType) string {
	name := strings.ToUpper(t.DatabaseTypeName())
	before, rest, found := strings.Cut(name, "(")
	if !found {
		return name
	}
	_, after, _ := strings.Cut(rest, ")")
	if before == "ARRAY" || before == "MAP" || before == "ROW" {
		return before
	}
	return before + after
}

// add appends a row.
func add(c *rows.Collector, types []*sql.ColumnType, values []any) error {
	size := 0
	for i, v := range values {
		if b, ok := v.([]byte); ok && c.Type(i) == frame.Text {
			values[i] = hex.EncodeToString(b)
		} else if c.Type(i) == frame.JSON {
			values[i] = nested(v, base(types[i]) == "JSON")
		}
		if text, ok := values[i].(string); ok {
			size += len(text)
		}
	}
	if err := c.Begin(size); err != nil {
		return err
	}
	for i, v := range values {
		switch {
		case v == nil:
			c.Cell(i).AppendNull()
		case !appendValue(c, i, base(types[i]), v):
			c.Odd(i)
		}
	}
	return nil
}

// nested is a value with parts as JSON text; nil of one that has none.
func nested(v any, written bool) any {
	if _, text := v.(string); v == nil || text && written {
		return v
	}
	b, err := json.Marshal(fields(v))
	if err != nil {
		return nil
	}
	return string(b)
}

// fields turns rows within a value into objects.
func fields(v any) any {
	switch v := v.(type) {
	case driver.Row:
		out := map[string]any{}
		for i := range v.Len() {
			out[v.Name(i)] = fields(v.Value(i))
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = fields(v[i])
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for name, item := range v {
			out[name] = fields(item)
		}
		return out
	}
	return v
}

// appendValue appends a value, and reports whether a cell can hold it.
func appendValue(c *rows.Collector, column int, kind string, v any) bool {
	cell := c.Cell(column)
	switch t := c.Type(column); x := v.(type) {
	case bool:
		cell.AppendBool(x)
		return t == frame.Boolean
	case int64:
		cell.AppendInt(x)
		return t == frame.Integer
	case float64:
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return false
		}
		if kind == "REAL" { // the shortest decimal that is this float4
			x, _ = strconv.ParseFloat(strconv.FormatFloat(x, 'g', -1, 32), 64)
		}
		cell.AppendFloat(x)
	case string:
		return appendText(c, column, x)
	case time.Time:
		appendTime(cell, t, kind, x)
	default:
		return false
	}
	return true
}

func appendText(c *rows.Collector, column int, text string) bool {
	cell := c.Cell(column)
	switch c.Type(column) {
	case frame.Integer:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return false
		}
		cell.AppendInt(n)
	case frame.Number:
		f, err := strconv.ParseFloat(text, 64)
		if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
			return false
		}
		if rows.Loses(text, f) {
			c.Rounded(column)
		}
		cell.AppendFloat(f)
	case frame.Text, frame.JSON:
		cell.AppendString(text)
	default:
		return false
	}
	return true
}

func appendTime(cell *frame.Vector, t frame.Type, kind string, at time.Time) {
	hour, minute, second := at.Clock()
	clock := int64(hour)*3600 + int64(minute)*60 + int64(second)
	switch {
	case t == frame.Date:
		cell.AppendInt(frame.Days(at.Year(), int(at.Month()), at.Day()))
	case t == frame.Time:
		cell.AppendMoment(clock, int32(at.Nanosecond()), frame.NoZone)
	case t == frame.Text:
		cell.AppendString(at.Format("15:04:05.999999999Z07:00"))
	case kind == "TIMESTAMP":
		// The driver reads it in some zone; as written it has none.
		cell.AppendMoment(frame.Days(at.Year(), int(at.Month()), at.Day())*86400+clock, int32(at.Nanosecond()), frame.NoZone)
	default:
		_, offset := at.Zone()
		zone := int16(offset / 60)
		if offset == 0 {
			zone = frame.UTC
		}
		cell.AppendMoment(at.Unix(), int32(at.Nanosecond()), zone)
	}
}
