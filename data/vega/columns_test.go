package vega_test

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/data/vega"
)

// columnsOf types the records of a specification's data as a frame would; it
// is not ok where they are not alike.
func columnsOf(rows []map[string]any) (columns []vega.Column, ok bool) {
	var names []string
	for name := range rows[0] {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		c := vega.Column{Name: name, Null: make([]bool, len(rows))}
		at := map[string]int32{}
		for i, row := range rows {
			if len(row) != len(names) {
				return nil, false
			}
			switch v := row[name].(type) {
			case nil:
				c.Null[i] = true
				c.Numbers, c.Codes = append(c.Numbers, 0), append(c.Codes, -1)
			case float64:
				c.Numbers = append(c.Numbers, v)
			case string:
				if _, known := at[v]; !known {
					at[v] = int32(len(c.Texts))
					c.Texts = append(c.Texts, v)
				}
				c.Codes = append(c.Codes, at[v])
			default:
				return nil, false
			}
		}
		switch len(rows) {
		case len(c.Numbers):
			c.Codes, c.Texts = nil, nil
		case len(c.Codes):
			c.Numbers, c.Null = nil, nil
		default:
			return nil, false
		}
		columns = append(columns, c)
	}
	return columns, true
}

func TestCompile_TypedColumnsAreAsRecords(t *testing.T) {
	tried := 0
	for name, text := range readMap(t, "testdata/specs.json") {
		var spec map[string]json.RawMessage
		var data struct {
			Values []map[string]any
			Format any
		}
		if json.Unmarshal(text, &spec) != nil || json.Unmarshal(spec["data"], &data) != nil || len(data.Values) == 0 || data.Format != nil {
			continue
		}
		columns, ok := columnsOf(data.Values)
		if !ok {
			continue
		}
		tried++
		spec["data"] = []byte(`{"name": "rows"}`)
		named, err := json.Marshal(spec)
		if err != nil {
			t.Fatal(err)
		}
		ours := factsOf(t, named, func(_ string, use *vega.Use) ([]vega.Column, int, error) {
			var used []vega.Column
			for _, c := range columns {
				if use.Reads(c.Name) {
					used = append(used, c)
				}
			}
			return used, len(data.Values), nil
		})
		if theirs := factsOf(t, text, nil); ours != theirs {
			t.Errorf("%s: typed columns draw\n%.600s\nrecords\n%.600s", name, ours, theirs)
		}
	}
	if tried < 40 {
		t.Errorf("only %d specifications were tried", tried)
	}
}

func factsOf(t *testing.T, spec []byte, columns func(string, *vega.Use) ([]vega.Column, int, error)) string {
	t.Helper()
	s, err := vega.Compile(spec, vega.Options{Zone: time.UTC, Columns: columns})
	if err != nil {
		return err.Error()
	}
	facts, err := s.Facts("")
	if err != nil {
		t.Fatal(err)
	}
	return string(facts)
}

// walk is many numbers, one of which is far away.
func walk(n int) (xs, ys []float64) {
	for i := range n {
		xs, ys = append(xs, float64(i)), append(ys, float64(i*7919%60))
	}
	ys[n*65/100] = 1000
	return xs, ys
}

func drawn(t *testing.T, spec string, o vega.Options, columns ...vega.Column) *vega.Cell {
	t.Helper()
	o.Columns = func(string, *vega.Use) ([]vega.Column, int, error) { return columns, len(columns[0].Numbers), nil }
	o.Zone = time.UTC
	s, err := vega.Compile([]byte(spec), o)
	if err != nil {
		t.Fatal(err)
	}
	return s.Cells[0]
}

func TestCompile_NoPeakVanishes(t *testing.T) {
	const n = 200_000
	xs, ys := walk(n)
	columns := []vega.Column{{Name: "x", Numbers: xs}, {Name: "y", Numbers: ys}}
	for name, spec := range map[string]string{
		"of a line":            `{"data":{"name":"d"},"mark":"line","encoding":{"x":{"field":"x","type":"quantitative"},"y":{"field":"y","type":"quantitative"}}}`,
		"of an area":           `{"data":{"name":"d"},"mark":"area","encoding":{"x":{"field":"x","type":"quantitative"},"y":{"field":"y","type":"quantitative"}}}`,
		"of a line that lies":  `{"data":{"name":"d"},"mark":{"type":"line","orient":"horizontal"},"encoding":{"y":{"field":"x","type":"quantitative"},"x":{"field":"y","type":"quantitative"}}}`,
		"of a line over dates": `{"data":{"name":"d"},"mark":"line","encoding":{"x":{"field":"x","type":"temporal"},"y":{"field":"y","type":"quantitative"}}}`,
	} {
		t.Run(name, func(t *testing.T) {
			c := drawn(t, spec, vega.Options{Width: 400, Height: 200, Dots: 1}, columns...)
			p := c.Marks[0].Paths[0]
			if len(p.Points) > 401*6 || len(p.Points) != len(p.Rows) {
				t.Errorf("%d points of %d rows stay", len(p.Points), len(p.Rows))
			}
			if at := slices.Index(p.Rows, n*65/100); at < 0 {
				t.Error("the row of 1000 is not drawn")
			}
			for _, row := range []int{0, n - 1} {
				if !slices.Contains(p.Rows, row) {
					t.Errorf("row %d, an end of the line, is not drawn", row)
				}
			}
			if slices.Reverse(p.Rows); !slices.IsSorted(p.Rows) { // y grows downward
				if slices.Reverse(p.Rows); !slices.IsSorted(p.Rows) {
					t.Error("points changed places")
				}
			}
		})
	}
}

// span is what a line covers of a column of dots.
func span(p vega.Path, from, to float64) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, pt := range p.Points {
		if pt.X >= from && pt.X < to {
			low, high = min(low, pt.Y), max(high, pt.Y)
		}
	}
	return low, high
}

func TestCompile_EveryColumnOfDotsCoversWhatItDid(t *testing.T) {
	const spec = `{"data":{"name":"d"},"mark":"line","encoding":{"x":{"field":"x","type":"quantitative"},"y":{"field":"y","type":"quantitative"}}}`
	xs, ys := walk(50_000)
	columns := []vega.Column{{Name: "x", Numbers: xs}, {Name: "y", Numbers: ys}}
	all := drawn(t, spec, vega.Options{Width: 400, Height: 200}, columns...).Marks[0].Paths[0]
	few := drawn(t, spec, vega.Options{Width: 400, Height: 200, Dots: 1}, columns...).Marks[0].Paths[0]
	if len(all.Points) != 50_000 {
		t.Fatalf("without dots %d points are drawn", len(all.Points))
	}
	for x := range 400 {
		low, high := span(all, float64(x), float64(x+1))
		if a, b := span(few, float64(x), float64(x+1)); a != low || b != high {
			t.Errorf("dots at %d go from %v to %v, not from %v to %v", x, a, b, low, high)
		}
	}
}

func TestCompile_GapsStay(t *testing.T) {
	xs, ys := walk(50_000)
	null := make([]bool, len(xs))
	for i := 20_000; i < 30_000; i++ {
		null[i] = true
	}
	const spec = `{"data":{"name":"d"},"mark":"line","encoding":{"x":{"field":"x","type":"quantitative"},"y":{"field":"y","type":"quantitative"}}}`
	p := drawn(t, spec, vega.Options{Width: 400, Height: 200, Dots: 1}, vega.Column{Name: "x", Numbers: xs}, vega.Column{Name: "y", Numbers: ys, Null: null}).Marks[0].Paths[0]
	gaps := 0
	for _, pt := range p.Points {
		if pt.X > 161 && pt.X < 239 && pt.Y == pt.Y {
			t.Fatalf("a point at %v, where there is no value", pt.X)
		}
		if pt.Y != pt.Y {
			gaps++
		}
	}
	if gaps == 0 {
		t.Error("the line goes on over the gap")
	}
}

func TestCompile_SymbolsThatOthersHide(t *testing.T) {
	xs, ys := walk(20_000)
	groups := vega.Column{Name: "g", Texts: []string{"a", "b"}}
	for i := range xs {
		groups.Codes = append(groups.Codes, int32(i%2))
	}
	columns := []vega.Column{{Name: "x", Numbers: xs}, {Name: "y", Numbers: ys}, groups}
	for name, spec := range map[string]string{
		"of one kind":   `{"data":{"name":"d"},"mark":"point","encoding":{"x":{"field":"x","type":"quantitative"},"y":{"field":"y","type":"quantitative"}}}`,
		"of two colors": `{"data":{"name":"d"},"mark":"point","encoding":{"x":{"field":"x","type":"quantitative"},"y":{"field":"y","type":"quantitative"},"color":{"field":"g","type":"nominal"}}}`,
	} {
		t.Run(name, func(t *testing.T) {
			dots := func(o vega.Options) map[string]bool {
				seen := map[string]bool{}
				for _, it := range drawn(t, spec, o, columns...).Marks[0].Items {
					seen[fmt.Sprint(math.Floor(it.X), math.Floor(it.Y), it.Style.Stroke)] = true
				}
				return seen
			}
			all, few := dots(vega.Options{Width: 100, Height: 50}), dots(vega.Options{Width: 100, Height: 50, Dots: 1})
			if len(all) != len(few) {
				t.Errorf("%d dots, not %d", len(few), len(all))
			}
			items := drawn(t, spec, vega.Options{Width: 100, Height: 50, Dots: 1}, columns...).Marks[0].Items
			if len(items) != len(few) {
				t.Errorf("%d symbols for %d dots", len(items), len(few))
			}
		})
	}
}

func TestUse(t *testing.T) {
	const spec = `{"data":{"name":"d"},"transform":[{"calculate":"datum['a b'] * 2","as":"c"},{"timeUnit":"utcyear","field":"made","as":"y"}],
		"mark":"line","encoding":{"x":{"field":"when","type":"temporal","scale":{"type":"utc"}},"y":{"field":"odd\\.name","type":"quantitative"},"color":{"field":"local","type":"temporal"}}}`
	reads, utc := map[string]bool{}, map[string]bool{}
	_, err := vega.Compile([]byte(spec), vega.Options{Columns: func(name string, use *vega.Use) ([]vega.Column, int, error) {
		for _, c := range []string{"a b", "when", "made", "odd.name", "local", "unused", "other"} {
			reads[c], utc[c] = use.Reads(c), use.UTC(c)
		}
		return nil, 0, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []string{"a b", "when", "made", "odd.name", "local"} {
		if !reads[c] {
			t.Errorf("%s is read, and not told", c)
		}
	}
	if reads["unused"] || reads["other"] {
		t.Error("columns that are not named are told to be read")
	}
	if !utc["when"] || !utc["made"] || utc["local"] {
		t.Errorf("in UTC: %v", utc)
	}
}

func TestUse_NamesThatAreComputed(t *testing.T) {
	const spec = `{"data":{"name":"d"},"transform":[{"calculate":"%s","as":"c"}],"mark":"point","encoding":{}}`
	for _, expr := range []string{"datum['a' + 'b']", "datum[datum.which]", "datum['x'] + datum[ 'a'+'b' ]"} {
		_, err := vega.Compile(fmt.Appendf(nil, spec, expr), vega.Options{Columns: func(_ string, use *vega.Use) ([]vega.Column, int, error) {
			if !use.Reads("anything") {
				t.Error("a column whose name is computed is told not to be read")
			}
			return nil, 0, nil
		}})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// A text with a quote is read in another way than one without.
func TestCompile_TextsWithAndWithoutQuotes(t *testing.T) {
	rows := "a,2024-01-02,1\nb,2024-02-29T10:00:00,\n,2024-01-31,x\na,soon,2.5\n\nc,,1e3\n"
	for name, change := range map[string]func(string) string{
		"plain":                   func(s string) string { return s },
		"with ends as on Windows": func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
		"without an end":          func(s string) string { return strings.TrimSuffix(s, "\n") },
		"with a row too short":    func(s string) string { return s + "d,2024-01-05\n" },
		"with a row too long":     func(s string) string { return s + "d,2024-01-05,4,5\n" },
		"with a mark before it":   func(s string) string { return "\ufeff" + s },
		"many rows":               func(s string) string { return s + strings.Repeat("e,2024-03-04,7\n", 500) },
	} {
		for _, encoding := range []string{
			`{"mark":"bar","encoding":{"x":{"field":"g","type":"nominal"},"y":{"aggregate":"sum","field":"n","type":"quantitative"}}}`,
			`{"mark":"line","encoding":{"x":{"field":"t","type":"temporal"},"y":{"field":"n","type":"quantitative"}}}`,
			`{"mark":"point","encoding":{"x":{"field":"n","type":"quantitative"},"y":{"field":"g","type":"nominal"},"color":{"field":"t","type":"nominal"}}}`,
		} {
			facts := func(text string) string {
				spec := `{"data":{"url":"f.csv"},` + encoding[1:]
				s, err := vega.Compile([]byte(spec), vega.Options{Zone: time.UTC, Load: func(string) ([]byte, error) { return []byte(text), nil }})
				if err != nil {
					return err.Error()
				}
				f, err := s.Facts("")
				if err != nil {
					t.Fatal(err)
				}
				return string(f)
			}
			plain := change("g,t,n\n" + rows)
			quoted := strings.Replace(plain, "g,t,n", `"g",t,n`, 1)
			if a, b := facts(plain), facts(quoted); a != b {
				t.Errorf("%s: without quotes\n%.500s\nwith one\n%.500s", name, a, b)
			}
		}
	}
}
