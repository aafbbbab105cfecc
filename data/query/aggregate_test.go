package query_test

import (
	"context"
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
)

// written is a figure as text: "·" for none, "≈" before what is approximate.
func written(f query.Figure) string {
	out := "·"
	if !f.Cell.IsNull(0) {
		out = f.Cell.String(0)
	}
	if f.Approx {
		out = "≈" + out
	}
	return fmt.Sprintf("%s of %d/%d", out, f.Filled, f.Rows)
}

func TestAggregate(t *testing.T) {
	f := table(t, `
n:integer           | x:number | s:text | b:boolean | d:date     | e:number | m:datetime
9223372036854775807 | 0.1      | pear   | true      | 2012-02-29 |          | 2012-01-01T00:00:00.5+02:00
9223372036854775807 | 0.2      | apple  | false     | 2012-03-01 |          | 2011-12-31T22:00:00.25Z
                    | Inf      |        | true      |            |          |
3                   | 0.3      | apple  |           | 2011-01-01 |          | 2012-01-01T00:00:00-01:00
`)
	for _, c := range []struct {
		fn    query.Fn
		field string
		want  string
	}{
		{query.Count, "", "4 of 4/4"},
		{query.Count, "n", "3 of 3/4"},
		{query.Sum, "n", "18446744073709552000 of 3/4"}, // beyond 64 bits: the nearest double of …617
		{query.Mean, "n", "6148914691236517000 of 3/4"},
		{query.Median, "n", "9223372036854776000 of 3/4"},
		{query.Max, "n", "9223372036854775807 of 3/4"},
		{query.Min, "n", "3 of 3/4"},
		{query.Distinct, "n", "2 of 3/4"},
		{query.First, "n", "9223372036854775807 of 3/4"},
		{query.Last, "n", "3 of 3/4"},
		{query.Sum, "x", "0.6 of 4/4"}, // 0.6000000000000001 without compensation
		{query.Mean, "x", "0.19999999999999998 of 4/4"},
		{query.Max, "x", "Infinity of 4/4"},
		{query.Median, "x", "0.25 of 4/4"},
		{query.Min, "s", "apple of 3/4"},
		{query.Max, "s", "pear of 3/4"},
		{query.Distinct, "s", "2 of 3/4"},
		{query.Last, "s", "apple of 3/4"},
		{query.Last, "b", "· of 3/4"},
		{query.Sum, "b", "2 of 3/4"},
		{query.Mean, "b", "0.6666666666666666 of 3/4"},
		{query.Min, "d", "2011-01-01 of 3/4"},
		{query.Max, "d", "2012-03-01 of 3/4"},
		{query.Sum, "e", "· of 0/4"},
		{query.Mean, "e", "· of 0/4"},
		{query.Median, "e", "· of 0/4"},
		{query.Min, "e", "· of 0/4"},
		{query.Count, "e", "0 of 0/4"},
		{query.Distinct, "e", "0 of 0/4"},
		{query.Min, "m", "2011-12-31T22:00:00.25Z of 3/4"},
		{query.Max, "m", "2012-01-01T00:00:00-01:00 of 3/4"},
		{query.Distinct, "m", "3 of 3/4"},
	} {
		got, err := query.Aggregate(context.Background(), f, c.fn, c.field, nil)
		if err != nil || written(got) != c.want {
			t.Errorf("%s of %q: %s, %v, want %s", c.fn, c.field, written(got), err, c.want)
		}
	}
	if got, _ := query.Aggregate(context.Background(), f, query.Sum, "x", nil); got.Infinite != 1 {
		t.Errorf("%d values are infinite", got.Infinite)
	}
	for want, c := range map[string][2]string{
		`"s" is text: there is no sum of it`:                                  {"sum", "s"},
		`"d" is a date: there is no mean of it`:                               {"mean", "d"},
		`there is no function "total"`:                                        {"total", "n"},
		`median needs a column`:                                               {"median", ""},
		`there is no column "nn": there is "n", "x", "s", "b", "d", "e", "m"`: {"sum", "nn"},
	} {
		if _, err := query.Aggregate(context.Background(), f, query.Fn(c[0]), c[1], nil); err == nil || err.Error() != want {
			t.Errorf("%s of %s: %v, want %s", c[0], c[1], err, want)
		}
	}
}

func TestAggregate_SumsOfIntegersAreExact(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		v, want := frame.Vector{Type: frame.Integer}, new(big.Int)
		for range 1 + r.IntN(20) {
			n := int64(r.Uint64()) >> r.IntN(64)
			v.AppendInt(n)
			want.Add(want, big.NewInt(n))
		}
		n := int64(v.Len())
		f := frame.New(frame.Origin{}, []frame.Column{{Name: "n"}}, []frame.Vector{v})
		sum, err := query.Aggregate(context.Background(), f, query.Sum, "n", nil)
		if err != nil {
			t.Fatal(err)
		}
		if near, _ := new(big.Float).SetInt(want).Float64(); want.IsInt64() && sum.Cell.String(0) != want.String() ||
			!want.IsInt64() && sum.Cell.Floats[0] != near {
			t.Fatalf("the sum is %s, want %s", sum.Cell.String(0), want)
		}
		mean, _ := query.Aggregate(context.Background(), f, query.Mean, "n", nil)
		if near, _ := new(big.Rat).SetFrac(want, big.NewInt(n)).Float64(); mean.Cell.Floats[0] != near {
			t.Fatalf("the mean is %v, want %v", mean.Cell.Floats[0], near)
		}
	}
}

func TestAggregateOver(t *testing.T) {
	f := table(t, `
day:date   | amount:integer | s:text
2012-01-03 | 5              | a
2012-01-01 | 1              | b
2012-01-03 | 6              | c
           | 9              | d
2012-01-02 |                | e
2012-01-01 | 2              | f
`)
	over := func(f frame.Frame, fn query.Fn, field string) query.Over {
		t.Helper()
		o, err := query.AggregateOver(context.Background(), f, fn, field, "day", nil)
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	for _, c := range []struct {
		fn                     query.Fn
		field                  string
		value, previous, trend string
	}{
		{query.Sum, "amount", "11 of 2/2", "· of 0/1", "3 · 11"},
		{query.Mean, "amount", "5.5 of 2/2", "· of 0/1", "1.5 · 5.5"},
		{query.Median, "amount", "5.5 of 2/2", "· of 0/1", "1.5 · 5.5"},
		{query.Count, "", "2 of 2/2", "1 of 1/1", "2 1 2"},
		{query.Last, "s", "c of 2/2", "e of 1/1", "f e c"},
		{query.First, "amount", "5 of 2/2", "· of 0/1", "1 · 5"},
		{query.Max, "amount", "6 of 2/2", "· of 0/1", "2 · 6"},
		{query.Distinct, "s", "2 of 2/2", "1 of 1/1", "2 1 2"},
	} {
		o := over(f, c.fn, c.field)
		if written(o.Value) != c.value || written(o.Previous) != c.previous || o.Without != 1 {
			t.Errorf("%s of %s is %s, before %s, without %d; want %s, %s", c.fn, c.field, written(o.Value), written(o.Previous), o.Without, c.value, c.previous)
		}
		if days, got := column(t, o.Trend, "day"), column(t, o.Trend, o.Trend.Columns()[1].Name); days != "2012-01-01 2012-01-02 2012-01-03" || got != c.trend {
			t.Errorf("%s of %s: the trend is %s at %s, want %s", c.fn, c.field, got, days, c.trend)
		}
	}
	t.Run("one value has none before, and no rows have none at all", func(t *testing.T) {
		if o := over(query.View(f, []uint32{0, 2}), query.Sum, "amount"); written(o.Value) != "11 of 2/2" || written(o.Previous) != "· of 0/0" {
			t.Errorf("%s, %s", written(o.Value), written(o.Previous))
		}
		if o := over(query.View(f, nil), query.Sum, "amount"); written(o.Value) != "· of 0/0" || o.Trend.Len() != 0 {
			t.Errorf("%s, %d", written(o.Value), o.Trend.Len())
		}
	})
}
