package query_test

import (
	"slices"
	"testing"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
)

func TestRangesInAList(t *testing.T) {
	f := ranged(t)
	for name, c := range map[string]struct {
		field  string
		op     query.Op
		values []string
		want   []uint32
	}{
		"both ends":                   {"n", query.In, []string{"2..3", "5"}, []uint32{1, 2, 4}},
		"without the greater end":     {"n", query.In, []string{"1..<3"}, []uint32{0, 1}},
		"an open end":                 {"n", query.In, []string{"..2", "5.."}, []uint32{0, 1, 4}},
		"none of them":                {"n", query.NotIn, []string{"2..4"}, []uint32{0, 4, 5}},
		"numbers":                     {"x", query.In, []string{"0.5..<2.5", "4.5..4.5"}, []uint32{0, 1, 4}},
		"days":                        {"day", query.In, []string{"2024-01-01..2024-01-02", "2024-02"}, []uint32{0, 1, 3}},
		"days, one of them left out":  {"day", query.In, []string{"2024-01-01..<2024-01-03"}, []uint32{0, 1}},
		"moments":                     {"at", query.In, []string{"2024-01-01T00:00..<2024-01-01T12:00", "2024-02-01"}, []uint32{0, 3}},
		"texts, of which none is one": {"s", query.In, []string{"a..c", "b"}, []uint32{1, 2}},
	} {
		t.Run(name, func(t *testing.T) {
			w := query.Where{{Field: c.field, Op: c.op, Values: c.values}}
			got, err := query.Select(t.Context(), f, w, nil)
			if err != nil || !slices.Equal(got, c.want) {
				t.Errorf("got %v, %v, want %v", got, err, c.want)
			}
			again, err := query.Parse(w.String(), f.Columns(), -1)
			if err != nil || again.String() != w.String() {
				t.Errorf("%s is read as %s, %v", w, again, err)
			}
		})
	}
	t.Run("are refused where an end is no value of the column", func(t *testing.T) {
		for _, field := range []string{"n", "x", "day", "at"} {
			if errs := query.Check(query.Where{{Field: field, Op: query.In, Values: []string{"1..x"}}}, f.Columns()); errs == nil {
				t.Errorf("%s is not", field)
			}
		}
	})
}

// ranged is six rows of all that has ranges.
func ranged(t *testing.T) frame.Frame {
	t.Helper()
	return table(t, `n:integer|x:number|day:date|at:datetime|s:text
1|0.5|2024-01-01|2024-01-01T10:00:00|a
2|1.5|2024-01-02|2024-01-01T12:00:00|b
3|2.5|2024-01-03|2024-01-03T10:00:00|a..c
4|3.5|2024-02-01|2024-02-01T23:00:00|c
5|4.5|2025-01-01|2025-01-01T10:00:00|d
||||`)
}

func TestAnyOf(t *testing.T) {
	one := func(field string, op query.Op, values ...string) query.Where {
		return query.Where{{Field: field, Op: op, Values: values}}
	}
	half := func(low, high string) query.Where {
		return append(one("x", query.Ge, low), one("x", query.Lt, high)...)
	}
	for name, c := range map[string]struct {
		all  []query.Where
		want string // "" = there is none
	}{
		"one alone":                {[]query.Where{one("s", query.IsNull)}, "s empty"},
		"values":                   {[]query.Where{one("s", query.Eq, "a"), one("s", query.In, "b", "c")}, "s in a, b, c"},
		"bins that meet":           {[]query.Where{half("0", "5"), half("5", "10")}, "x >= 0 and x < 10"},
		"bins that are apart":      {[]query.Where{half("0", "5"), half("10", "15")}, `x in "0..<5", "10..<15"`},
		"whole numbers that meet":  {[]query.Where{one("n", query.Between, "0", "4"), one("n", query.Between, "5", "9")}, "n = 0..9"},
		"a bin and a value":        {[]query.Where{one("n", query.Between, "0", "4"), one("n", query.Eq, "7")}, `n in 7, "0..4"`},
		"values and what has none": {[]query.Where{one("s", query.Eq, "a"), one("s", query.IsNull)}, ""},
		"two columns":              {[]query.Where{one("s", query.Eq, "a"), one("n", query.Eq, "1")}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := query.AnyOf(c.all)
			if ok != (c.want != "") || got.String() != c.want {
				t.Errorf("got %q, %v, want %q", got, ok, c.want)
			}
		})
	}
}
