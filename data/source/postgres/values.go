package postgres

import (
	"encoding/binary"
	"math"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/source/rows"
)

// binaryFormats are the types that are asked for in the server's binary form;
// all others come as text.
var binaryFormats = pgx.QueryResultFormatsByOID{
	pgtype.BoolOID: pgx.BinaryFormatCode, pgtype.Int2OID: pgx.BinaryFormatCode, pgtype.Int4OID: pgx.BinaryFormatCode, pgtype.Int8OID: pgx.BinaryFormatCode,
	pgtype.OIDOID: pgx.BinaryFormatCode, pgtype.Float4OID: pgx.BinaryFormatCode, pgtype.Float8OID: pgx.BinaryFormatCode, pgtype.DateOID: pgx.BinaryFormatCode,
	pgtype.TimestampOID: pgx.BinaryFormatCode, pgtype.TimestamptzOID: pgx.BinaryFormatCode, pgtype.TimeOID: pgx.BinaryFormatCode,
}

// kind appends a value of one type, as the server sends it, and reports whether
// a cell can hold it.
type kind func(v *frame.Vector, b []byte, c *rows.Collector, column int) bool

// described are the columns of an answer, and how their values are read.
func described(fields []pgconn.FieldDescription) (columns []frame.Column, kinds []kind) {
	for _, f := range fields {
		t, k := kindOf(f)
		columns, kinds = append(columns, frame.Column{Name: clip(f.Name), Type: t}), append(kinds, k)
	}
	return columns, kinds
}

func kindOf(f pgconn.FieldDescription) (frame.Type, kind) {
	switch f.DataTypeOID {
	case pgtype.BoolOID:
		return frame.Boolean, func(v *frame.Vector, b []byte, _ *rows.Collector, _ int) bool {
			if len(b) != 1 {
				return false
			}
			v.AppendBool(b[0] != 0)
			return true
		}
	case pgtype.Int2OID, pgtype.Int4OID, pgtype.Int8OID, pgtype.OIDOID:
		return frame.Integer, integer(f.DataTypeOID == pgtype.OIDOID)
	case pgtype.Float4OID, pgtype.Float8OID:
		return frame.Number, float
	case pgtype.NumericOID:
		if scale := (f.TypeModifier - 4) & 0xffff; f.TypeModifier >= 4 && scale == 0 && (f.TypeModifier-4)>>16 <= 18 {
			return frame.Integer, wholeNumeric
		}
		return frame.Number, numeric
	case pgtype.DateOID:
		return frame.Date, date
	case pgtype.TimestampOID:
		return frame.Datetime, moment(frame.NoZone)
	case pgtype.TimestamptzOID:
		return frame.Datetime, moment(frame.UTC)
	case pgtype.TimeOID:
		return frame.Time, clock
	case pgtype.JSONOID, pgtype.JSONBOID:
		return frame.JSON, text
	}
	return frame.Text, text
}

// add appends a row.
func add(c *rows.Collector, kinds []kind, values [][]byte) error {
	size := 0
	for i := range values {
		if t := c.Type(i); t == frame.Text || t == frame.JSON {
			size += len(values[i])
		}
	}
	if err := c.Begin(size); err != nil {
		return err
	}
	for i, b := range values {
		switch v := c.Cell(i); {
		case b == nil:
			v.AppendNull()
		case !kinds[i](v, b, c, i):
			c.Odd(i)
		}
	}
	return nil
}

func text(v *frame.Vector, b []byte, _ *rows.Collector, _ int) bool {
	v.AppendText(b)
	return true
}

func integer(unsigned bool) kind {
	return func(v *frame.Vector, b []byte, _ *rows.Collector, _ int) bool {
		switch {
		case len(b) == 2:
			v.AppendInt(int64(int16(binary.BigEndian.Uint16(b))))
		case len(b) == 4 && unsigned:
			v.AppendInt(int64(binary.BigEndian.Uint32(b)))
		case len(b) == 4:
			v.AppendInt(int64(int32(binary.BigEndian.Uint32(b))))
		case len(b) == 8:
			v.AppendInt(int64(binary.BigEndian.Uint64(b)))
		default:
			return false
		}
		return true
	}
}

func float(v *frame.Vector, b []byte, _ *rows.Collector, _ int) bool {
	f := math.NaN()
	switch len(b) {
	case 4:
		// The shortest decimal that is this float4: 0.1, not 0.10000000149.
		f, _ = strconv.ParseFloat(strconv.FormatFloat(float64(math.Float32frombits(binary.BigEndian.Uint32(b))), 'g', -1, 32), 64)
	case 8:
		f = math.Float64frombits(binary.BigEndian.Uint64(b))
	}
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return false
	}
	v.AppendFloat(f)
	return true
}

// numeric is a decimal as text.
func numeric(v *frame.Vector, b []byte, c *rows.Collector, column int) bool {
	f, err := strconv.ParseFloat(string(b), 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		return false
	}
	if rows.Loses(string(b), f) {
		c.Rounded(column)
	}
	v.AppendFloat(f)
	return true
}

// wholeNumeric is a decimal without places, of up to 18 digits.
func wholeNumeric(v *frame.Vector, b []byte, _ *rows.Collector, _ int) bool {
	n, err := strconv.ParseInt(string(b), 10, 64)
	if err != nil {
		return false
	}
	v.AppendInt(n)
	return true
}

// epoch is 2000-01-01 in days since 1970-01-01: PostgreSQL counts from there.
const epoch = 10957

func date(v *frame.Vector, b []byte, _ *rows.Collector, _ int) bool {
	if len(b) != 4 {
		return false
	}
	days := int32(binary.BigEndian.Uint32(b))
	if days == math.MaxInt32 || days == math.MinInt32 { // infinity
		return false
	}
	v.AppendInt(int64(days) + epoch)
	return true
}

// moment is a count of microseconds since 2000-01-01T00:00.
func moment(zone int16) kind {
	return func(v *frame.Vector, b []byte, _ *rows.Collector, _ int) bool {
		if len(b) != 8 {
			return false
		}
		micros := int64(binary.BigEndian.Uint64(b))
		if micros == math.MaxInt64 || micros == math.MinInt64 {
			return false
		}
		seconds, rest := micros/1e6, micros%1e6
		if rest < 0 {
			seconds, rest = seconds-1, rest+1e6
		}
		v.AppendMoment(seconds+epoch*86400, int32(rest)*1000, zone)
		return true
	}
}

// clock is a count of microseconds since midnight.
func clock(v *frame.Vector, b []byte, _ *rows.Collector, _ int) bool {
	if len(b) != 8 {
		return false
	}
	micros := int64(binary.BigEndian.Uint64(b))
	v.AppendMoment(micros/1e6, int32(micros%1e6)*1000, frame.NoZone)
	return true
}
