package query_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
)

func profile(t testing.TB, f frame.Frame) []query.Column {
	t.Helper()
	c, err := query.Profile(context.Background(), f, frame.All(f), nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestProfile(t *testing.T) {
	cols := profile(t, table(t, `
n:integer | x:number | s:text  | b:boolean | d:date     | e:text | j:json
4         | 1.5      | rain    | true      | 2012-01-01 |        | [1]
0         | -2       | sun     | false     | 2012-01-03 |        | [1]
-6        |          | rain    | true      | 2012-01-04 |        | [2]
10        | Inf      | drizzle |           | 2012-01-05 |        | [1]
          | 0        | rain    | true      | 2012-01-06 |        |
`))
	n, x, s, b, d, e := cols[0], cols[1], cols[2], cols[3], cols[4], cols[5]
	for _, c := range []struct{ about, got, want string }{
		{"counts", fmt.Sprint(n.Rows, n.Nulls, n.Filled(), n.Distinct, n.Rough, n.Missing(), n.Each()), "5 1 4 4 false 0.2 true"},
		{"ends", n.Ends.String(0) + " " + n.Ends.String(1), "-6 10"},
		{"rows of the least and greatest", fmt.Sprint(n.Least, n.Greatest), "[2 1 0 3] [3 0 1 2]"},
		{"sum, mean", fmt.Sprintln(n.Numbers.Sum.String(0), n.Numbers.Mean), "8 2\n"},
		// (4-2)² + (0-2)² + (-6-2)² + (10-2)² = 136; 136/3 = 45.33…
		{"deviation", fmt.Sprintf("%.6f", n.Numbers.Deviation), "6.733003"},
		// of -6 0 4 10: 0.25·3 = 0.75 → -6 + 0.75·6 = -1.5
		{"quartiles", fmt.Sprint(n.Numbers.Quartile1, n.Numbers.Median, n.Numbers.Quartile3), "-1.5 2 5.5"},
		{"kinds of numbers", fmt.Sprint(n.Numbers.Zeros, n.Numbers.Negatives, n.Numbers.Infinite), "1 1 0"},
		{"infinite numbers", fmt.Sprintln(x.Numbers.Infinite, x.Numbers.Sum.String(0), x.Ends.String(1)), "1 -0.5 Infinity\n"},
		{"top", fmt.Sprint(s.Top), "[{rain 3} {sun 1} {drizzle 1}]"},
		{"lengths", fmt.Sprint(*s.Texts), "{3 7}"},
		{"duplicates", fmt.Sprint(s.Duplicates(), s.Distinct), "2 3"},
		{"truths", fmt.Sprint(b.True, b.Filled(), b.Distinct), "3 4 2"},
		{"step", d.Dates.Step.String(), "one row a day, 1 missing"},
		{"gap", fmt.Sprint(d.Dates.Gap/86400, d.Dates.GapFrom/86400), "2 15340"},
		{"a column without values", fmt.Sprint(e.Distinct, e.Nulls, e.Top, e.Texts, e.Each()), "0 5 [] <nil> false"},
		{"JSON", fmt.Sprint(cols[6].Top), "[{[1] 3} {[2] 1}]"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", c.about, c.got, c.want)
		}
	}
}

func TestProfile_NoRows(t *testing.T) {
	for _, c := range profile(t, query.View(table(t, sample), nil)) {
		if c.Rows != 0 || c.Distinct != 0 || c.Filled() != 0 || c.Missing() != 0 || c.Shape.Draw(10, false) != "" {
			t.Errorf("%s: %+v", c.Name, c)
		}
	}
}

// naive is the statistics of numbers taken one after the other.
func naive(values []float64) (mean, deviation, median float64) {
	var sum float64
	for _, x := range values {
		sum += x
	}
	mean = sum / float64(len(values))
	for _, x := range values {
		deviation += (x - mean) * (x - mean)
	}
	deviation = math.Sqrt(deviation / float64(len(values)-1))
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	k := len(sorted) / 2
	median = sorted[k]
	if len(sorted)%2 == 0 {
		median = (sorted[k-1] + sorted[k]) / 2
	}
	return mean, deviation, median
}

func TestProfile_CountedOrKeptIsTheSame(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for _, c := range []struct {
		about string
		next  func(i int) float64
		exact bool // each value is counted
	}{
		{"few values", func(int) float64 { return float64(r.IntN(50)) / 4 }, true},
		{"many values", func(int) float64 { return r.NormFloat64() * 1000 }, false},
		{"many values, then few", func(i int) float64 {
			if i > 110_000 {
				return 7
			}
			return r.NormFloat64()
		}, false},
		{"values that rise", func(i int) float64 { return float64(i) * 0.5 }, false},
	} {
		t.Run(c.about, func(t *testing.T) {
			const rows = 250_000
			v := frame.Vector{Type: frame.Number}
			different := map[float64]bool{}
			for i := range rows {
				x := c.next(i)
				v.AppendFloat(x)
				different[x] = true
			}
			p := profile(t, frame.New(frame.Origin{}, []frame.Column{{Name: "x"}}, []frame.Vector{v}))[0]
			mean, deviation, median := naive(v.Floats)
			near := func(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(1, math.Abs(b)) }
			if !near(p.Numbers.Mean, mean) || !near(p.Numbers.Deviation, deviation) || p.Numbers.Median != median || p.Numbers.Approx {
				t.Errorf("%+v, want %v, %v, %v", p.Numbers, mean, deviation, median)
			}
			if low, high := slices.Min(v.Floats), slices.Max(v.Floats); p.Ends.Floats[0] != low || p.Ends.Floats[1] != high {
				t.Errorf("from %v to %v, want %v to %v", p.Ends.Floats[0], p.Ends.Floats[1], low, high)
			}
			if off := math.Abs(float64(p.Distinct)/float64(len(different)) - 1); c.exact && off > 0 || off > 0.03 {
				t.Errorf("%d different values, want %d", p.Distinct, len(different))
			}
		})
	}
}

func TestProfile_Steps(t *testing.T) {
	day := func(y, m, d int) int64 { return frame.Days(y, m, d) * 86400 }
	from := func(start int64, steps int, next func(int64, int) int64, without ...int) (out []int64) {
		for i := range steps {
			if !slices.Contains(without, i) {
				out = append(out, start)
			}
			start = next(start, i)
		}
		return out
	}
	every := func(seconds int64) func(int64, int) int64 {
		return func(t int64, _ int) int64 { return t + seconds }
	}
	months := func(step int, last bool) (out []int64) {
		for i := range 30 {
			y, m := 2010+(i*step)/12, (i*step)%12+1
			if last {
				out = append(out, day(y+m/12, m%12+1, 1)-86400)
			} else {
				out = append(out, day(y, m, 15))
			}
		}
		return out
	}
	twice := func(times []int64) []int64 { return append(slices.Clone(times), times...) }
	for _, c := range []struct {
		times []int64
		want  string
	}{
		{from(day(2012, 1, 1), 100, every(86400)), "one row a day"},
		{from(day(2012, 1, 1), 2, every(86400)), ""},
		{from(day(2012, 1, 1), 100, every(86400), 5, 50, 51), "one row a day, 3 missing"},
		{twice(from(day(2012, 1, 1), 100, every(86400))), "2 rows a day"},
		{append(from(day(2012, 1, 1), 100, every(86400)), day(2012, 1, 1)), "rows a day"},
		{from(day(1960, 1, 1), 100, every(86400)), "one row a day"},
		{from(day(2012, 1, 1), 100, every(7*86400), 3), "one row a week, 1 missing"},
		{from(day(2012, 1, 1), 100, every(14*86400)), "one row every 2 weeks"},
		{from(day(2012, 1, 1), 100, every(3600)), "one row an hour"},
		{from(day(2012, 1, 1)+7, 100, every(900)), "one row every 15 minutes"},
		{from(day(2012, 1, 1), 100, every(1)), "one row a second"},
		{from(day(2012, 1, 2), 100, func(t int64, i int) int64 {
			if i%5 == 4 {
				return t + 3*86400
			}
			return t + 86400
		}, 7), "one row a weekday, 1 missing"},
		{months(1, false), "one row a month"},
		{months(1, true), "one row a month"},
		{months(3, true), "one row a quarter"},
		{months(12, false), "one row a year"},
		{months(24, false), "one row every 2 years"},
		{from(day(2012, 1, 1), 100, func(t int64, i int) int64 { return t + int64(i*i%17+1)*86400 }), ""},
		{[]int64{day(2012, 1, 1), day(2012, 1, 1), day(2012, 1, 1)}, ""},
	} {
		v := frame.Vector{Type: frame.Datetime}
		r := rand.New(rand.NewPCG(1, 1))
		for _, i := range r.Perm(len(c.times)) {
			v.AppendMoment(c.times[i], 0, frame.NoZone)
		}
		p := profile(t, frame.New(frame.Origin{}, []frame.Column{{Name: "m"}}, []frame.Vector{v}))[0]
		if got := p.Dates.Step.String(); got != c.want {
			t.Errorf("%d times from %d: %q, want %q", len(c.times), c.times[0], got, c.want)
		}
	}
}

func TestProfile_ManyDates(t *testing.T) {
	const rows = 200_000
	v := frame.Vector{Type: frame.Datetime}
	for i := range rows {
		if i != 777 {
			v.AppendMoment(frame.Days(2012, 1, 1)*86400+int64(i)*60, 0, frame.NoZone)
		}
	}
	p := profile(t, frame.New(frame.Origin{}, []frame.Column{{Name: "m"}}, []frame.Vector{v}))[0]
	if got := p.Dates.Step.String(); got != "one row a minute, 1 missing" || p.Dates.Gap != 120 || p.Rough || p.Distinct != rows-1 {
		t.Errorf("%q, gap %v, %d different values", got, p.Dates.Gap, p.Distinct)
	}
	if got := p.Shape.Draw(10, false); got != "██████████" {
		t.Errorf("the shape is %s", got)
	}
}

func TestShape_Draw(t *testing.T) {
	numbers := func(values ...float64) *frame.Memory {
		v := frame.Vector{Type: frame.Number}
		for _, x := range values {
			v.AppendFloat(x)
		}
		return frame.New(frame.Origin{}, []frame.Column{{Name: "x"}}, []frame.Vector{v})
	}
	var flat, far []float64
	for i := range 1000 {
		flat, far = append(flat, float64(i)), append(far, float64(i))
	}
	far[0] = 1e6
	texts := table(t, "s:text\nrain\nrain\nsun\nsun\ndrizzle\nfog\na\u202eb\tc")
	each := table(t, "s:text\na\nb\nc")
	wide := table(t, "s:text\n日本語の町\n日本語の町\n京都")
	for _, c := range []struct {
		f     frame.Frame
		width int
		ascii bool
		want  string
	}{
		{numbers(0, 1, 1, 2, 2, 2, 9, 10), 10, false, "▃▆█      ▆"},
		{numbers(0, 1, 1, 2, 2, 2, 9, 10), 10, true, "-*%      *"},
		{numbers(0, 1, 1, 2, 2, 2, 9, 10), 5, false, "██  ▆"},
		{numbers(flat...), 10, false, "██████████"},
		{numbers(far...), 12, false, "‹██████████›"},
		{numbers(5, 5, 5, 6), 10, false, "5 75% +1"},
		{numbers(5, 5, 5), 10, false, "5 100%"},
		{numbers(-1e308, 1e308), 10, false, "█        █"},
		{numbers(1e-300, 2e-300), 10, false, "█        █"},
		{texts, 30, false, "rain 29% sun 29% +3"},
		{texts, 12, false, "rain 29% +4"},
		{texts, 8, false, "rain 29%"},
		{texts, 3, true, "ra~"},
		{each, 20, false, "each its own"},
		{each, 6, false, "each …"},
		{wide, 12, false, "日本… 67% +1"},
		{numbers(), 10, false, ""},
	} {
		p := profile(t, c.f)[0]
		if got := p.Shape.Draw(c.width, c.ascii); got != c.want {
			t.Errorf("%v in %d: %q, want %q", p.Top, c.width, got, c.want)
		}
	}
}

func TestPercent(t *testing.T) {
	for want, c := range map[string][2]int{
		"0%": {0, 10}, "100%": {10, 10}, "<1%": {1, 1000}, ">99%": {999, 1000}, "50%": {1, 2}, "67%": {2, 3},
	} {
		if got := query.Percent(c[0], c[1]); got != want {
			t.Errorf("%d of %d is %s, want %s", c[0], c[1], got, want)
		}
	}
	if got := strings.Join([]string{query.Percent(0, 0), query.Percent(1, 0)}, " "); got != "0% 0%" {
		t.Errorf("of nothing: %s", got)
	}
}

func TestAShapeWithinAnother(t *testing.T) {
	f := sales(5_000)
	for _, name := range []string{"day", "amount", "price", "id"} {
		at := frame.Find(f, name)
		all, err := query.Profile(t.Context(), f, []int{at}, nil)
		if err != nil || all[0].Shape.Bins == nil {
			t.Fatalf("%s: %v, %v", name, all, err)
		}
		same, err := all[0].Shape.Within(t.Context(), f, at)
		if err != nil || !slices.Equal(same.Bins, all[0].Shape.Bins) {
			t.Errorf("%s: all rows are %v, %v, and are counted as %v", name, all[0].Shape.Bins, err, same.Bins)
		}
		some, err := query.Keep(t.Context(), f, query.Where{{Field: "region", Op: query.Eq, Values: []string{"North"}}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		part, err := all[0].Shape.Within(t.Context(), some, at)
		if err != nil {
			t.Fatal(err)
		}
		for i := range part.Bins {
			if part.Bins[i] > all[0].Shape.Bins[i] {
				t.Errorf("%s: bin %d has %d of %d rows", name, i, part.Bins[i], all[0].Shape.Bins[i])
			}
		}
	}
}
