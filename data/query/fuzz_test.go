package query_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"testing"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
)

// fromBytes is a vector of cells, of nine bytes each.
func fromBytes(kind frame.Type, data []byte) frame.Vector {
	v := frame.Vector{Type: kind}
	for ; len(data) >= 9; data = data[9:] {
		word := binary.LittleEndian.Uint64(data[1:])
		x := math.Float64frombits(word)
		switch n := int64(word); {
		case data[0]%5 == 0:
			v.AppendNull()
		case kind == frame.Text || kind == frame.JSON:
			v.AppendText(data[1 : 1+data[0]%9])
		case kind == frame.Number && x != x:
			v.AppendNull()
		case kind == frame.Number:
			v.AppendFloat(x)
		case kind == frame.Boolean:
			v.AppendBool(n&1 == 1)
		case kind == frame.Integer:
			v.AppendInt(n >> (data[0] % 64))
		case kind == frame.Date:
			v.AppendInt(n % 3_000_000)
		case kind == frame.Time:
			v.AppendMoment((n%86400+86400)%86400, int32(word%1e9), frame.NoZone)
		case data[0]%2 == 0:
			v.AppendMoment(n%200_000_000_000, 0, int16(word%1400)-700)
		default:
			v.AppendMoment(n%200_000_000_000, int32(word%1e9), frame.UTC)
		}
	}
	return v
}

func FuzzValues(f *testing.F) {
	data := make([]byte, 900)
	for i := range data {
		data[i] = byte(i * i % 251)
	}
	for kind := range byte(frame.JSON) + 1 {
		f.Add(data, kind, kind*3, 3, 2, 10, "")
		f.Add(data, kind, kind+1, 0, 0, 0, "month")
	}
	f.Fuzz(func(t *testing.T, data []byte, kind, other byte, most, across, bins int, unit string) {
		if len(data) > 9*500 {
			return
		}
		types := byte(frame.JSON) + 1
		a, b := fromBytes(frame.Type(kind%types), data), frame.Vector{Type: frame.Type(other % types)}
		turned := append(append([]byte{}, data[len(data)/18*9:]...), data[:len(data)/18*9]...)
		b = fromBytes(b.Type, turned)
		n := min(a.Len(), b.Len())
		x := frame.Vector{Type: frame.Integer}
		for i := range n {
			x.AppendInt(int64(data[i]))
		}
		whole := frame.New(frame.Origin{}, []frame.Column{{Name: "a"}, {Name: "b"}, {Name: "x"}}, []frame.Vector{cut(a, n), cut(b, n), x})
		q := query.Request{Column: "a", Across: "b", Most: most, MostAcross: across, Bins: bins, Unit: unit, Fn: query.Sum, Of: "x"}
		if _, err := query.Values(context.Background(), whole, q, nil); err != nil {
			if unit == "" {
				t.Fatal(err)
			}
			return // there is no such unit
		}
		checkCounts(t, fmt.Sprintf("%s by %s, %+v", a.Type, b.Type, q), whole, q)
		if _, err := query.Profile(context.Background(), whole, frame.All(whole), nil); err != nil {
			t.Fatal(err)
		}
	})
}

// cut is the first n cells.
func cut(v frame.Vector, n int) frame.Vector {
	out := frame.Vector{Type: v.Type}
	out.AppendRange(&v, 0, n)
	return out
}

func FuzzCast(f *testing.F) {
	for _, text := range []string{"12", "1,234.5", "1.234,5", "-0.5e3", "03/04/2024", "2024-02-29T12:30:00.5+02:00", "Jan 5, 2024 2:30 PM", "5-Jan-24", "24:00", "yes", "240229", "２", "inf", "0x10", "1/2/3/4", "2024-02-29 T"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v := frame.Vector{Type: frame.Text}
		v.AppendString(text)
		whole := frame.New(frame.Origin{}, []frame.Column{{Name: "a"}}, []frame.Vector{v})
		for _, name := range []string{"text", "integer", "number", "number:,", "boolean", "date", "date:dmy", "date:mdy", "date:ymd", "datetime", "datetime:dmy", "time"} {
			as, err := query.ParseAs(name)
			if err != nil {
				t.Fatal(err)
			}
			once, m, err := query.Cast(context.Background(), whole, 0, as, nil)
			if err != nil {
				t.Fatal(err)
			}
			cell := column(t, once, "a")
			if cell == "·" != (m.Count == 1) && text != "·" {
				t.Fatalf("%q as %s is %s, with %d misfits", text, name, cell, m.Count)
			}
			if m.Count > 0 {
				continue
			}
			back, _, err := query.Cast(context.Background(), once, 0, query.As{Type: frame.Text}, nil)
			if err != nil {
				t.Fatal(err)
			}
			as.Comma = false // numbers are shown with a point
			again, m, err := query.Cast(context.Background(), back, 0, as, nil)
			if err != nil || m.Count > 0 || column(t, again, "a") != cell {
				t.Fatalf("%q as %s is %s, which as text and back is %s, %v", text, name, cell, column(t, again, "a"), err)
			}
		}
	})
}
