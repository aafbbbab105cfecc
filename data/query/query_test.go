package query_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
)

// table is a frame written as text: a heading of name:type, then rows, with
// cells between bars. An empty cell is null.
func table(t testing.TB, text string) *frame.Memory {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(text), "\n")
	var cols []frame.Column
	var vectors []frame.Vector
	for _, h := range strings.Split(lines[0], "|") {
		name, kind, _ := strings.Cut(strings.TrimSpace(h), ":")
		cols = append(cols, frame.Column{Name: name})
		vectors = append(vectors, frame.Vector{Type: typeOf(t, kind)})
	}
	for _, line := range lines[1:] {
		for i, cell := range strings.Split(line, "|") {
			add(t, &vectors[i], strings.TrimSpace(cell))
		}
	}
	return frame.New(frame.Origin{Name: "test"}, cols, vectors)
}

func typeOf(t testing.TB, name string) frame.Type {
	for k := frame.Text; k <= frame.JSON; k++ {
		if k.String() == name {
			return k
		}
	}
	t.Fatalf("no type %q", name)
	return 0
}

func add(t testing.TB, v *frame.Vector, cell string) {
	t.Helper()
	if cell == "" {
		v.AppendNull()
		return
	}
	var err error
	switch v.Type {
	case frame.Text, frame.JSON:
		v.AppendString(cell)
	case frame.Integer:
		var n int64
		_, err = fmt.Sscan(cell, &n)
		v.AppendInt(n)
	case frame.Number:
		var f float64
		_, err = fmt.Sscan(cell, &f)
		v.AppendFloat(f)
	case frame.Boolean:
		v.AppendBool(cell == "true")
	case frame.Time:
		var h, m, s int64
		_, err = fmt.Sscanf(cell, "%d:%d:%d", &h, &m, &s)
		v.AppendMoment(h*3600+m*60+s, 0, frame.NoZone)
	default:
		kind, days, seconds, nanos, zone, ok := frame.ParseISO([]byte(cell))
		if !ok || kind != v.Type {
			t.Fatalf("%q is no %s", cell, v.Type)
		}
		if kind == frame.Date {
			v.AppendInt(days)
		} else {
			v.AppendMoment(seconds, nanos, zone)
		}
	}
	if err != nil {
		t.Fatalf("%q: %v", cell, err)
	}
}

// column is the cells of a column, between spaces; a null is "·".
func column(t testing.TB, f frame.Frame, name string) string {
	t.Helper()
	var cells []string
	at := frame.Find(f, name)
	if at < 0 {
		t.Fatalf("no column %q in %v", name, f.Columns())
	}
	err := f.Scan(context.Background(), []int{at}, 0, f.Len(), func(b *frame.Batch) error {
		if b.First != len(cells) {
			t.Errorf("a batch begins at %d, and %d rows were given", b.First, len(cells))
		}
		for i := range b.Len {
			if b.Columns[0].IsNull(i) {
				cells = append(cells, "·")
			} else {
				cells = append(cells, b.Columns[0].String(i))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(cells, " ")
}

const sample = `
n:integer            | x:number | s:text  | b:boolean | d:date     | m:datetime                | c:time   | j:json
1                    | 0.5      | Rain    | true      | 2012-02-29 | 2012-02-29T12:30:15       | 08:00:00 | [1]
2                    |          | rain    | false     | 2012-03-01 | 2012-03-01T00:00:00       | 08:30:00 | {"a":1}
3                    | -1.5     |         |           |            |                           |          |
                     | 2        | sun     | true      | 2012-03-31 | 2012-03-31T23:59:59.5     | 09:00:00 | [2]
9007199254740993     | Inf      | drizzle | false     | 2013-01-01 | 2013-01-01T00:00:00       | 23:59:59 | [1]
9007199254740992     | -Inf     | 12      | false     | 1999-12-31 | 1999-12-31T10:00:00       | 00:00:00 | []
`

// rows are the places of the rows that a where keeps, from 1.
func rows(t testing.TB, f frame.Frame, w query.Where) string {
	t.Helper()
	kept, err := query.Select(context.Background(), f, w, nil)
	if err != nil {
		t.Fatalf("%v: %v", w, err)
	}
	words := make([]string, len(kept))
	for i, row := range kept {
		words[i] = fmt.Sprint(row + 1)
	}
	return strings.Join(words, " ")
}

func TestSelect(t *testing.T) {
	f := table(t, sample)
	for _, c := range []struct {
		field  string
		op     query.Op
		values string // between bars
		want   string
	}{
		{"n", query.Eq, "2", "2"},
		{"n", query.Eq, "2.0", "2"},
		{"n", query.Eq, "2.5", ""},
		{"n", query.Ne, "2", "1 3 4 5 6"},
		{"n", query.Ne, "2.5", "1 2 3 4 5 6"},
		{"n", query.Lt, "2.5", "1 2"},
		{"n", query.Le, "2", "1 2"},
		{"n", query.Gt, "1e15", "5 6"},
		{"n", query.Gt, "9007199254740992", "5"},
		{"n", query.Ge, "9007199254740992", "5 6"},
		{"n", query.Eq, "9007199254740993", "5"},
		{"n", query.Lt, "1e300", "1 2 3 5 6"},
		{"n", query.Gt, "-1e300", "1 2 3 5 6"},
		{"n", query.Gt, "1e300", ""},
		{"n", query.Lt, "-1e300", ""},
		{"n", query.In, "1|3|3.5", "1 3"},
		{"n", query.NotIn, "1|3|3.5", "2 4 5 6"},
		{"n", query.In, "", ""},
		{"n", query.NotIn, "", "1 2 3 4 5 6"},
		{"n", query.Between, "2|3", "2 3"},
		{"n", query.Between, "3|2", ""},
		{"n", query.Between, "|2", "1 2"},
		{"n", query.Between, "3|", "3 5 6"},
		{"n", query.Contains, "99", "5 6"},
		{"n", query.IsNull, "", "4"},
		{"n", query.IsFilled, "", "1 2 3 5 6"},
		{"x", query.Eq, ".5", "1"},
		{"x", query.Eq, "\u22121.5", "3"},
		{"x", query.Lt, "0", "3 6"},
		{"x", query.Ge, "2", "4 5"},
		{"x", query.Gt, "2", "5"},
		{"x", query.Lt, "inf", "1 3 4 6"},
		{"x", query.Lt, "-inf", ""},
		{"x", query.Between, "-1.5|0.5", "1 3"},
		{"x", query.Ne, "0.5", "2 3 4 5 6"},
		{"s", query.Eq, "rain", "2"},
		{"s", query.Contains, "RAIN", "1 2"},
		{"s", query.NotContains, "rain", "3 4 5 6"},
		{"s", query.In, "rain|sun", "2 4"},
		{"s", query.NotIn, "rain|sun", "1 3 5 6"},
		{"s", query.Ne, "sun", "1 2 3 5 6"},
		{"s", query.Ge, "rain", "2 4"},
		{"s", query.Lt, "a", "1 6"},
		{"s", query.Between, "12|Rain", "1 6"},
		{"b", query.Eq, "true", "1 4"},
		{"b", query.Eq, "No", "2 5 6"},
		{"b", query.Ne, "true", "2 3 5 6"},
		{"d", query.Eq, "2012", "1 2 4"},
		{"d", query.Eq, "2012-03", "2 4"},
		{"d", query.Eq, "2012-Q1", "1 2 4"},
		{"d", query.Eq, "2012-03-31", "4"},
		{"d", query.Eq, "2012-03-31T00", "4"},
		{"d", query.Eq, "2012-03-31T12", ""},
		{"d", query.Lt, "2012-03", "1 6"},
		{"d", query.Le, "2012-03", "1 2 4 6"},
		{"d", query.Gt, "2012-03", "5"},
		{"d", query.Ge, "2012-03", "2 4 5"},
		{"d", query.Gt, "2012-02-29T12", "2 4 5"},
		{"d", query.Between, "2012-02|2012-03", "1 2 4"},
		{"d", query.In, "2012-02|1999", "1 6"},
		{"d", query.Contains, "-03-", "2 4"},
		{"m", query.Eq, "2012-03", "2 4"},
		{"m", query.Eq, "2012-02-29 12:30", "1"},
		{"m", query.Eq, "2012-02-29T12:30:15", "1"},
		{"m", query.Eq, "2012-03-31T23:59:59.5", "4"},
		{"m", query.Eq, "2012-03-31T23:59:59.50", "4"},
		{"m", query.Eq, "2012-03-31T23:59:59.4", ""},
		{"m", query.Lt, "2012-03-31T23:59:59.5", "1 2 6"},
		{"m", query.Gt, "2012-03-31T23:59:59.4", "4 5"},
		{"m", query.Between, "|1999", "6"},
		{"m", query.Ne, "2012", "3 5 6"},
		{"c", query.Eq, "08", "1 2"},
		{"c", query.Le, "08:30", "1 2 6"},
		{"c", query.Gt, "23", ""},
		{"c", query.Ge, "23", "5"},
		{"j", query.Eq, "[1]", "1 5"},
		{"j", query.Contains, "A", "2"},
	} {
		w := query.Condition{Field: c.field, Op: c.op}
		switch {
		case c.op == query.IsNull || c.op == query.IsFilled:
		case c.values == "" && (c.op == query.In || c.op == query.NotIn):
		default:
			w.Values = strings.Split(c.values, "|")
		}
		if got := rows(t, f, query.Where{w}); got != c.want {
			t.Errorf("%s %s %s keeps %q, want %q", c.field, c.op, c.values, got, c.want)
		}
	}
}

func TestSelect_Zones(t *testing.T) {
	f := table(t, `
m:datetime
2012-03-31T23:30:00-05:00
2012-04-01T04:30:00Z
2012-04-01T00:30:00+02:00
`)
	for _, c := range []struct {
		about, value string
		op           query.Op
		want         string
	}{
		{"a month is that of the clock which is shown", "2012-03", query.Eq, "1"},
		{"a value with a zone is an instant", "2012-04-01T04:30:00Z", query.Eq, "1 2"},
		{"in whatever zone it is written", "2012-03-31T22:30:00+00:00", query.Eq, "3"},
		{"and so are less and more", "2012-03-31T22:30-01:00", query.Lt, "3"},
	} {
		if got := rows(t, f, query.Where{{Field: "m", Op: c.op, Values: []string{c.value}}}); got != c.want {
			t.Errorf("%s: %s %s keeps %q, want %q", c.about, c.op, c.value, got, c.want)
		}
	}
}

func TestKeep(t *testing.T) {
	f := table(t, sample)
	ctx := context.Background()
	inputs := map[string][]string{"kinds": {"rain", "sun"}, "one": {"rain"}, "none": nil, "blank": {""}}
	keep := func(w query.Where) frame.Frame {
		t.Helper()
		k, err := query.Keep(ctx, f, w, inputs)
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	t.Run("no condition keeps the frame as it is", func(t *testing.T) {
		if keep(nil) != frame.Frame(f) {
			t.Error("it is another")
		}
	})
	t.Run("an input gives the values", func(t *testing.T) {
		if got := column(t, keep(query.Where{{Field: "s", Op: query.In, Input: "kinds"}}), "s"); got != "rain sun" {
			t.Error(got)
		}
	})
	t.Run("equal to several values is one of them", func(t *testing.T) {
		if got := column(t, keep(query.Where{{Field: "s", Op: query.Eq, Input: "kinds"}}), "n"); got != "2 ·" {
			t.Error(got)
		}
		if got := column(t, keep(query.Where{{Field: "s", Op: query.Ne, Input: "kinds"}}), "s"); got != "Rain · drizzle 12" {
			t.Error(got)
		}
	})
	t.Run("nothing chosen filters nothing", func(t *testing.T) {
		for _, name := range []string{"none", "blank", "unknown"} {
			if got := keep(query.Where{{Field: "s", Op: query.Contains, Input: name}}); got != frame.Frame(f) {
				t.Errorf("%s: it filters", name)
			}
		}
	})
	t.Run("all conditions have to hold", func(t *testing.T) {
		w := query.Where{{Field: "n", Op: query.Lt, Values: []string{"3"}}, {Field: "s", Op: query.Eq, Input: "one"}, {Field: "n", Op: query.Gt, Values: []string{"1"}}}
		if got := column(t, keep(w), "n"); got != "2" {
			t.Error(got)
		}
	})
	t.Run("it ends with its context", func(t *testing.T) {
		ended, cancel := context.WithCancel(ctx)
		cancel()
		if _, err := query.Keep(ended, f, query.Where{{Field: "n", Op: query.IsNull}}, nil); err != context.Canceled {
			t.Error(err)
		}
	})
}

func TestCheck(t *testing.T) {
	cols := table(t, sample).Columns()
	cols[1].Unit = "$"
	for _, c := range []struct {
		c    query.Condition
		want string // "" = nothing is wrong
	}{
		{query.Condition{Field: "N", Op: query.IsNull}, `there is no column "N": did you mean "n"?`},
		{query.Condition{Field: "amount", Op: query.IsNull}, `there is no column "amount": there is "n", "x", "s", "b", "d", "m", "c", "j"`},
		{query.Condition{Field: "n", Op: query.Eq, Values: []string{"many"}}, `"n" is an integer, and "many" is none`},
		{query.Condition{Field: "x", Op: query.Eq, Values: []string{"1,000"}}, `"x" is a number, and "1,000" is none: write it without groups, with a point`},
		{query.Condition{Field: "x", Op: query.Gt, Values: []string{"$1000"}}, ""},
		{query.Condition{Field: "x", Op: query.Gt, Values: []string{"-1000 $"}}, ""},
		{query.Condition{Field: "x", Op: query.Gt, Values: []string{"1e400"}}, `"x" is a number, and "1e400" is none`},
		{query.Condition{Field: "n", Op: query.Gt, Values: []string{"0x10"}}, `"n" is an integer, and "0x10" is none`},
		{query.Condition{Field: "n", Op: query.Gt, Values: []string{"1e999999999"}}, `"n" is an integer, and "1e999999999" is none`},
		{query.Condition{Field: "b", Op: query.Eq, Values: []string{"maybe"}}, `"b" is a boolean, and "maybe" is none: write true or false`},
		{query.Condition{Field: "b", Op: query.Lt, Values: []string{"true"}}, `"b" is a boolean: there is no less or more of it`},
		{query.Condition{Field: "d", Op: query.Eq, Values: []string{"2012-13"}}, `"d" is a date, and "2012-13" is none: write 2012, 2012-03 or 2012-03-05`},
		{query.Condition{Field: "d", Op: query.Eq, Values: []string{"2012-02-30"}}, `"d" is a date, and "2012-02-30" is none: write 2012, 2012-03 or 2012-03-05`},
		{query.Condition{Field: "c", Op: query.Eq, Values: []string{"25:00"}}, `"c" is a time, and "25:00" is none: write 12:30`},
		{query.Condition{Field: "n", Op: query.Between, Values: []string{"1"}}, `between takes two values, and not 1`},
		{query.Condition{Field: "n", Op: query.Eq}, `eq takes one value, and not 0`},
		{query.Condition{Field: "n", Op: "like", Values: []string{"1"}}, `there is no operator "like"`},
		{query.Condition{Field: "n", Op: query.In, Input: "numbers"}, ""},
		{query.Condition{Field: "d", Op: query.Between, Input: "days"}, ""},
		{query.Condition{Field: "j", Op: query.Lt, Input: "i"}, `"j" is JSON: there is no less or more of it`},
		{query.Condition{Field: "q", Op: query.Contains, Input: "i"}, `there is no column "q": there is "n", "x", "s", "b", "d", "m", "c", "j"`},
	} {
		got := ""
		for _, err := range query.Check(query.Where{c.c}, cols) {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%+v: %s\nwant %s", c.c, got, c.want)
		}
	}
}
