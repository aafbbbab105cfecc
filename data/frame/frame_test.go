package frame

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand"
	"slices"
	"testing"
	"time"
)

// people is a small frame with a column of each type.
func people(rows int, seed int64) *Memory {
	r := rand.New(rand.NewSource(seed))
	types := []Type{Text, Integer, Number, Boolean, Date, Datetime, Time}
	v := make([]Vector, len(types))
	columns := make([]Column, len(types))
	for c, t := range types {
		v[c].Type = t
		columns[c].Name = t.String()
		for range rows {
			if r.Intn(5) == 0 {
				v[c].AppendNull()
				continue
			}
			switch t {
			case Text:
				v[c].AppendString([]string{"", "a", "Zoë", "same beginning 1", "same beginning 2", "same beginning 2 and on"}[r.Intn(6)])
			case Number:
				v[c].AppendFloat([]float64{0, -1.5, math.Inf(1), math.Inf(-1), 1e300, 2}[r.Intn(6)])
			case Boolean:
				v[c].AppendBool(r.Intn(2) == 0)
			case Datetime:
				zone := NoZone
				if c == 5 {
					zone = 60
				}
				v[c].AppendMoment(r.Int63n(5)-2, int32(r.Intn(3)), zone)
			case Time:
				v[c].AppendMoment(r.Int63n(86400), int32(r.Intn(2)), NoZone)
			default:
				v[c].AppendInt(r.Int63n(7) - 3)
			}
		}
	}
	return New(Origin{Kind: "values"}, columns, v)
}

// compareCells is the order of two cells, a null behind all.
func compareCells(v *Vector, a, b int, descending bool) int {
	if v.IsNull(a) || v.IsNull(b) {
		switch {
		case !v.IsNull(b):
			return 1
		case !v.IsNull(a):
			return -1
		}
		return 0
	}
	c := 0
	switch v.Type {
	case Text:
		c = slices.Compare(v.Bytes(a), v.Bytes(b))
	case Number:
		c = cmp.Compare(v.Floats[a], v.Floats[b])
	case Datetime, Time:
		s1, n1, _ := v.Moment(a)
		s2, n2, _ := v.Moment(b)
		c = cmp.Or(cmp.Compare(s1, s2), cmp.Compare(n1, n2))
	default:
		c = cmp.Compare(v.Ints[a], v.Ints[b])
	}
	if descending {
		return -c
	}
	return c
}

func TestSort(t *testing.T) {
	f := people(500, 1)
	all, err := Rows(t.Context(), f, All(f), 0, f.Len())
	if err != nil {
		t.Fatal(err)
	}
	for first := range f.Columns() {
		for second := range f.Columns() {
			keys := []Key{{first, first%2 == 0}, {second, second%2 == 1}}
			t.Run(fmt.Sprint(keys), func(t *testing.T) {
				want := make([]uint32, f.Len())
				for i := range want {
					want[i] = uint32(i)
				}
				slices.SortStableFunc(want, func(a, b uint32) int {
					for _, k := range keys {
						if c := compareCells(&all.Columns[k.Column], int(a), int(b), k.Descending); c != 0 {
							return c
						}
					}
					return 0
				})
				last := 0.0
				got, err := Sort(t.Context(), f, keys, func(done float64) {
					if done < last || done > 1 {
						t.Errorf("progress went from %v to %v", last, done)
					}
					last = done
				})
				if err != nil || !slices.Equal(got, want) {
					t.Errorf("got %v (%v), want %v", got[:20], err, want[:20])
				}
			})
		}
	}
}

func TestSortEndsWithItsContext(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := Sort(ctx, people(10, 1), []Key{{Column: 1}}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestSearch(t *testing.T) {
	f := people(300, 2)
	all, err := Rows(t.Context(), f, All(f), 0, f.Len())
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"zoË", "-3", "BEGINNING 2", "true", "1970-01-01", "infinity", "nothing of the kind", ""} {
		h, err := Search(t.Context(), f, text, nil)
		if err != nil {
			t.Fatal(err)
		}
		count, next := 0, h.Next(0)
		for i := range f.Len() {
			want := false
			for c := range all.Columns {
				low := AppendLower(nil, all.Columns[c].AppendCell(nil, i))
				want = want || text != "" && !all.Columns[c].IsNull(i) && slices.Contains(windows(string(low), len(AppendLower(nil, []byte(text)))), string(AppendLower(nil, []byte(text))))
			}
			if h.Has(i) != want {
				t.Errorf("%q in row %d: got %v", text, i, h.Has(i))
			}
			if want {
				count++
				if next != i {
					t.Errorf("%q: the next hit is %d, want %d", text, next, i)
				}
				next = h.Next(i + 1)
			}
		}
		if h.Count != count || next != -1 {
			t.Errorf("%q: %d hits, want %d; behind the last comes %d", text, h.Count, count, next)
		}
	}
}

// windows are all parts of a text of a length.
func windows(s string, n int) (out []string) {
	for i := 0; i+n <= len(s); i++ {
		out = append(out, s[i:i+n])
	}
	return out
}

func TestRowsAndGatherCopy(t *testing.T) {
	f := people(1000, 3)
	b, err := Rows(t.Context(), f, []int{0, 5}, 990, 100)
	if err != nil || b.Len != 10 || b.First != 990 {
		t.Fatalf("%d rows from %d: %v", b.Len, b.First, err)
	}
	all, err := Rows(t.Context(), f, []int{0, 5}, 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	places := []uint32{999, 990, 995, 3, 700, 3, 0}
	g, err := Gather(t.Context(), f, []int{0, 5}, places)
	if err != nil || g.Len != len(places) {
		t.Fatalf("%d rows: %v", g.Len, err)
	}
	for i, at := range places {
		if got, want := string(g.AppendJSON(nil, i)), string(all.AppendJSON(nil, int(at))); got != want {
			t.Errorf("row %d: got %s, want %s", i, got, want)
		}
	}
}

func TestScanStops(t *testing.T) {
	f := people(10, 4)
	if err := f.Scan(t.Context(), nil, 0, 10, func(*Batch) error { return ErrStop }); err != nil {
		t.Errorf("stopped with %v", err)
	}
	wrong := errors.New("wrong")
	if err := f.Scan(t.Context(), nil, -5, 50, func(b *Batch) error { return wrong }); err != wrong {
		t.Errorf("got %v", err)
	}
}

func TestDaysAndCivilAreTheCalendar(t *testing.T) {
	for d := Days(1, 1, 1); d <= Days(9999, 12, 31); d += 37 {
		want := time.Unix(d*86400, 0).UTC()
		y, m, day := Civil(d)
		if y != want.Year() || m != int(want.Month()) || day != want.Day() {
			t.Fatalf("day %d is %d-%d-%d, want %s", d, y, m, day, want)
		}
		if Days(y, m, day) != d {
			t.Fatalf("%d-%d-%d is day %d, want %d", y, m, day, Days(y, m, day), d)
		}
	}
}

func TestCells(t *testing.T) {
	tests := map[string]struct {
		add        func(v *Vector)
		kind       Type
		text, json string
	}{
		"an integer that a reader of JSON rounds": {func(v *Vector) { v.AppendInt(1 << 53) }, Integer, "9007199254740992", `"9007199254740992"`},
		"the greatest that it does not":           {func(v *Vector) { v.AppendInt(1<<53 - 1) }, Integer, "9007199254740991", "9007199254740991"},
		"a number":                                {func(v *Vector) { v.AppendFloat(0.1) }, Number, "0.1", "0.1"},
		"a large number":                          {func(v *Vector) { v.AppendFloat(1e300) }, Number, "1e+300", "1e+300"},
		"minus zero":                              {func(v *Vector) { v.AppendFloat(math.Copysign(0, -1)) }, Number, "0", "0"},
		"infinity":                                {func(v *Vector) { v.AppendFloat(math.Inf(-1)) }, Number, "-Infinity", `"-Infinity"`},
		"a boolean":                               {func(v *Vector) { v.AppendBool(true) }, Boolean, "true", "true"},
		"a date":                                  {func(v *Vector) { v.AppendInt(Days(2024, 2, 29)) }, Date, "2024-02-29", `"2024-02-29"`},
		"a datetime without a zone":               {func(v *Vector) { v.AppendMoment(-1, 500_000_000, NoZone) }, Datetime, "1969-12-31T23:59:59.5", `"1969-12-31T23:59:59.5"`},
		"a datetime in UTC":                       {func(v *Vector) { v.AppendMoment(0, 0, UTC) }, Datetime, "1970-01-01T00:00:00Z", `"1970-01-01T00:00:00Z"`},
		"a datetime with an offset":               {func(v *Vector) { v.AppendMoment(0, 0, -90) }, Datetime, "1969-12-31T22:30:00-01:30", `"1969-12-31T22:30:00-01:30"`},
		"a time":                                  {func(v *Vector) { v.AppendMoment(86399, 1, NoZone) }, Time, "23:59:59.000000001", `"23:59:59.000000001"`},
		"a time that is none":                     {func(v *Vector) { v.AppendMoment(-7e9, 0, NoZone) }, Time, "-1944444:-26:-40", `"-1944444:-26:-40"`},
		"text with quotes and controls":           {func(v *Vector) { v.AppendString("a\"\\\n\x00\u2028é\xff") }, Text, "a\"\\\n\x00\u2028é\xff", `"a\"\\\n\u0000\u2028é` + "\ufffd\""},
		"a null":                                  {func(v *Vector) { v.AppendNull() }, Text, "", "null"},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			v := Vector{Type: c.kind}
			c.add(&v)
			if got := v.String(0); got != c.text {
				t.Errorf("text: got %q, want %q", got, c.text)
			}
			if got := string(v.AppendJSON(nil, 0)); got != c.json {
				t.Errorf("JSON: got %s, want %s", got, c.json)
			}
		})
	}
}

func TestParseISO(t *testing.T) {
	for text, want := range map[string]string{
		"2024-02-29":                     "2024-02-29",
		"2023-02-29":                     "",
		"2024-02-29 12:30":               "2024-02-29T12:30:00",
		"2024-02-29T12:30:15.25Z":        "2024-02-29T12:30:15.25Z",
		"2024-02-29T00:30:00+01:00":      "2024-02-29T00:30:00+01:00",
		"2024-02-29T00:30:00-00:00":      "2024-02-29T00:30:00-00:00",
		"2024-02-29T24:00:00":            "",
		"2024-02-29T12:30:00 UTC":        "",
		"2024-2-29":                      "",
		"":                               "",
		"2024-02-29T12:30:00.1234567890": "2024-02-29T12:30:00.123456789",
	} {
		kind, days, seconds, nanos, zone, ok := ParseISO([]byte(text))
		v := Vector{Type: kind}
		switch {
		case !ok:
			v.AppendNull()
		case kind == Date:
			v.AppendInt(days)
		default:
			v.AppendMoment(seconds, nanos, zone)
		}
		if got := v.String(0); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func BenchmarkSortNumbers(b *testing.B) {
	r := rand.New(rand.NewSource(1))
	v := Vector{Type: Number}
	for range 3_000_000 {
		v.AppendFloat(r.Float64() * 10000)
	}
	f := New(Origin{}, []Column{{Name: "x"}}, []Vector{v})
	for b.Loop() {
		if _, err := Sort(context.Background(), f, []Key{{Column: 0}}, nil); err != nil {
			b.Fatal(err)
		}
	}
}
