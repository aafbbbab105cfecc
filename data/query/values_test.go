package query_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
)

func values(t testing.TB, f frame.Frame, r query.Request) *query.Counts {
	t.Helper()
	c, err := query.Values(context.Background(), f, r, nil)
	if err != nil {
		t.Fatalf("%+v: %v", r, err)
	}
	return c
}

// rowsOf are the rows of counts as text: label rows share figure | across.
func rowsOf(t testing.TB, c *query.Counts) string {
	t.Helper()
	b, err := frame.Rows(context.Background(), c, frame.All(c), 0, c.Len())
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for i := range c.Len() {
		cells := []string{c.Labels[i]}
		for k := range b.Columns[1:] {
			if k == 1 {
				continue // the share
			}
			if cells = append(cells, b.Columns[k+1].String(i)); b.Columns[k+1].IsNull(i) {
				cells[len(cells)-1] = "_"
			}
		}
		lines = append(lines, strings.Join(cells, " "))
	}
	return strings.Join(lines, "\n")
}

const strikes = `
phase:text | size:text | cost:integer | speed:number | day:date   | at:datetime         | hit:boolean
Climb      | Small     | 10           | 140          | 2012-01-05 | 2012-01-05T08:10:00 | true
Approach   | Small     |              | 120.5        | 2012-01-20 | 2012-01-05T08:50:00 | false
Approach   | Large     | 30           |              | 2012-03-01 | 2012-01-05T10:00:00 | false
           | Small     | 5            | 99           | 2012-03-02 |                     |
Climb      | Medium    | 1            | 200          |            | 2012-01-05T11:59:59 | true
Approach   |           | 4            | 180          | 2012-03-31 | 2012-01-05T08:10:00 | false
`

func TestValues(t *testing.T) {
	f := table(t, strikes)
	for _, c := range []struct {
		about string
		r     query.Request
		want  string
	}{
		{"values, the most frequent first, then those without", query.Request{Column: "phase"}, `
Approach 3
Climb 2
(empty) 1`},
		{"a sum, the greatest first", query.Request{Column: "size", Fn: query.Sum, Of: "cost"}, `
Large 1 30
Small 3 15
Medium 1 1
(empty) 1 4`},
		{"a mean leaves out what is missing", query.Request{Column: "phase", Fn: query.Mean, Of: "cost"}, `
Approach 3 17
Climb 2 5.5
(empty) 1 5`},
		{"the least of dates does not change the order", query.Request{Column: "phase", Fn: query.Min, Of: "day"}, `
Approach 3 2012-01-20
Climb 2 2012-01-05
(empty) 1 2012-03-02`},
		{"different values", query.Request{Column: "phase", Fn: query.Distinct, Of: "size"}, `
Approach 3 2
Climb 2 2
(empty) 1 1`},
		{"a second column", query.Request{Column: "phase", Across: "size"}, `
Approach 3 1 1 0 1
Climb 2 1 0 1 0
(empty) 1 1 0 0 0`},
		{"a figure of two columns", query.Request{Column: "phase", Across: "hit", Fn: query.Max, Of: "cost"}, `
Approach 3 30 30 _ _
Climb 2 10 _ 10 _
(empty) 1 5 _ _ 5`},
		{"the greatest two and the others", query.Request{Column: "size", Most: 1}, `
Small 3
(others) 2
(empty) 1`},
		{"few numbers are counted each", query.Request{Column: "cost"}, `
1 1
4 1
5 1
10 1
30 1
(empty) 1`},
		{"months", query.Request{Column: "day", Unit: "month"}, `
2012-01 2
2012-02 0
2012-03 3
(empty) 1`},
		{"quarters", query.Request{Column: "day", Unit: "quarter"}, `
2012-Q1 5
(empty) 1`},
		{"weeks begin on Mondays", query.Request{Column: "at", Unit: "week"}, `
2012-01-02…2012-01-08 5
(empty) 1`},
		{"hours", query.Request{Column: "at", Unit: "hour"}, `
2012-01-05 08 3
2012-01-05 09 0
2012-01-05 10 1
2012-01-05 11 1
(empty) 1`},
		{"booleans", query.Request{Column: "hit"}, `
false 3
true 2
(empty) 1`},
	} {
		if got := rowsOf(t, values(t, f, c.r)); got != strings.TrimSpace(c.want) {
			t.Errorf("%s:\n%s\nwant%s", c.about, got, c.want)
		}
	}
	c := values(t, f, query.Request{Column: "phase", Across: "size", Fn: query.Sum, Of: "cost"})
	var names []string
	for _, col := range c.Columns() {
		names = append(names, col.Name)
	}
	if got := strings.Join(names, ", "); got != "phase, rows, share, sum of cost, Small, Large, Medium, (empty)" || c.FirstAcross != 4 || c.Figure != 3 {
		t.Errorf("the columns are %s, across from %d", got, c.FirstAcross)
	}
	if got := column(t, c, "share"); got != "0.5 0.3333333333333333 0.16666666666666666" {
		t.Errorf("the shares are %s", got)
	}
	if got := fmt.Sprint(c.Where[1], " · ", c.Across[3].Where); got != "phase = Climb · size empty" {
		t.Errorf("Climb is %s", got)
	}
}

func TestValues_Refuses(t *testing.T) {
	f := table(t, strikes)
	for want, r := range map[string]query.Request{
		`there is no column "phse": did you mean "phase"?`:    {Column: "phse"},
		`there is no column "sise": did you mean "size"?`:     {Column: "phase", Across: "sise"},
		`"size" is text: there is no sum of it`:               {Column: "phase", Fn: query.Sum, Of: "size"},
		`"day" is a date: there is no unit "fortnight" of it`: {Column: "day", Unit: "fortnight"},
	} {
		if _, err := query.Values(context.Background(), f, r, nil); err == nil || err.Error() != want {
			t.Errorf("%+v: %v, want %s", r, err, want)
		}
	}
}

// spread is a vector of random values, wide or narrow, with nulls.
func spread(r *rand.Rand, kind frame.Type, n int) frame.Vector {
	v := frame.Vector{Type: kind}
	wide, different := r.IntN(64), 1+r.IntN(60)
	base := int64(r.Uint64()) >> r.IntN(64)
	zoned := r.IntN(2) == 0
	for range n {
		k := r.IntN(different)
		x := base + int64(r.Uint64()>>1)>>wide
		if different < 30 {
			x = base + int64(k*k)
		}
		switch {
		case r.IntN(9) == 0:
			v.AppendNull()
		case kind == frame.Text:
			v.AppendString(strings.Repeat("x", k%3) + fmt.Sprint(k))
		case kind == frame.Integer:
			v.AppendInt(x)
		case kind == frame.Boolean:
			v.AppendBool(x&1 == 0)
		case kind == frame.Number && r.IntN(50) == 0:
			v.AppendFloat(math.Inf(k%2 - 1 + k%2))
		case kind == frame.Number:
			f := math.Float64frombits(uint64(base) ^ r.Uint64()>>wide)
			if different < 30 || f != f || math.IsInf(f, 0) {
				f = float64(x) / 1000
			}
			v.AppendFloat(f)
		case kind == frame.Date:
			v.AppendInt(x % 5_000_000 / int64(1+wide*wide*100))
		case kind == frame.Time:
			v.AppendMoment((x%86400+86400)%86400, int32(k%2)*500_000_000, frame.NoZone)
		case zoned:
			v.AppendMoment(x%100_000_000_000/int64(1+wide*wide*wide), int32(k%2)*500_000_000, []int16{frame.UTC, 90, -300}[k%3])
		default:
			v.AppendMoment(x%100_000_000_000/int64(1+wide*wide*wide), int32(k%2)*500_000_000, frame.NoZone)
		}
	}
	return v
}

// amounts are integers whose sums fit into 64 bits.
func amounts(r *rand.Rand, n int) frame.Vector {
	v := frame.Vector{Type: frame.Integer}
	for range n {
		if r.IntN(5) == 0 {
			v.AppendNull()
		} else {
			v.AppendInt(r.Int64N(1<<50) - 1<<49)
		}
	}
	return v
}

// TestValues_EachRowKeepsItsRows counts random frames, and keeps the rows of
// each row.
func TestValues_EachRowKeepsItsRows(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	kinds := []frame.Type{frame.Text, frame.Integer, frame.Number, frame.Boolean, frame.Date, frame.Datetime, frame.Time}
	for round := range 600 {
		kind, other := kinds[r.IntN(len(kinds))], kinds[r.IntN(len(kinds))]
		n := r.IntN(200)
		f := frame.New(frame.Origin{}, []frame.Column{{Name: "a"}, {Name: "b"}, {Name: "x"}},
			[]frame.Vector{spread(r, kind, n), spread(r, other, n), amounts(r, n)})
		q := query.Request{Column: "a", Across: "b", Most: r.IntN(30), MostAcross: r.IntN(8), Bins: r.IntN(30)}
		if r.IntN(2) == 0 {
			q.Fn, q.Of = query.Sum, "x"
		}
		if kind.Temporal() && r.IntN(2) == 0 {
			q.Unit = []string{"hour", "minute", "second"}[r.IntN(3)]
			if kind != frame.Time {
				q.Unit = []string{"week", "month", "quarter", "year", "decade", "century"}[r.IntN(6)]
			}
		}
		checkCounts(t, fmt.Sprintf("round %d, %s by %s, %+v", round, kind, other, q), f, q)
	}
}

// checkCounts reports what counts do not hold.
func checkCounts(t *testing.T, about string, f frame.Frame, q query.Request) {
	t.Helper()
	c := values(t, f, q)
	b, err := frame.Rows(context.Background(), c, frame.All(c), 0, c.Len())
	if err != nil {
		t.Fatal(err)
	}
	all := 0
	for i, w := range c.Where {
		if errs := query.Check(w, f.Columns()); errs != nil {
			t.Fatalf("%s: %s: %v", about, w, errs)
		}
		again, err := query.Parse(w.String(), f.Columns(), -1)
		if err != nil || again.String() != w.String() {
			t.Fatalf("%s: %s reads back as %s: %v", about, w, again, err)
		}
		kept, err := query.Keep(context.Background(), f, w, nil)
		if err != nil {
			t.Fatal(err)
		}
		rows := int(b.Columns[1].Ints[i])
		if all += rows; kept.Len() != rows {
			t.Fatalf("%s: %s keeps %d rows, and %d were counted", about, w, kept.Len(), rows)
		}
		if c.Figure >= 0 {
			sum, err := query.Aggregate(context.Background(), kept, q.Fn, q.Of, nil)
			if err != nil || sum.Cell.String(0) != b.Columns[c.Figure].String(i) {
				t.Fatalf("%s: %s: the sum is %s, want %s, %v", about, w, b.Columns[c.Figure].String(i), sum.Cell.String(0), err)
			}
		}
		for k, x := range c.Across {
			both, err := query.Keep(context.Background(), kept, x.Where, nil)
			if err != nil {
				t.Fatal(err)
			}
			want := fmt.Sprint(both.Len())
			if c.Figure >= 0 {
				sum, err := query.Aggregate(context.Background(), both, q.Fn, q.Of, nil)
				if err != nil {
					t.Fatal(err)
				}
				want = sum.Cell.String(0)
			}
			if got := b.Columns[c.FirstAcross+k].String(i); got != want {
				t.Fatalf("%s: %s and %s is %s, want %s", about, w, x.Where, got, want)
			}
		}
	}
	if all != f.Len() {
		t.Fatalf("%s: %d rows are counted of %d", about, all, f.Len())
	}
}
