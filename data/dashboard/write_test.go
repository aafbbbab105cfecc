package dashboard_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/query"
)

// maker makes pages by chance.
type maker struct{ *rand.Rand }

func (m maker) one(of ...string) string { return of[m.IntN(len(of))] }

func (m maker) maybe(s string) string { return m.one("", s) }

// word is text that YAML could take for something else.
func (m maker) word() string {
	return m.one("amount", "day", "a b", "2019", "1e5", "true", "null", "~", "no", "a: b", "a # b", "- x", "[x]", "{x}", "*x", "&x", "!x", "%x", "@x", "`x`",
		`"q"`, "'q'", `\n`, "ä ö", "日本", "😀", "=", "<<", "0x10", "1_000", ".5", "2024-01-01", "?", ": ", "x:", ",", "$x", "$$x", "|", ">", "...", "---", "x ", " x", "1:30", "0o7", "-")
}

// name is a word that a name may be: it does not begin or end with a space.
func (m maker) name() string { return strings.TrimSpace(m.word()) + m.one("", "1", "_b") }

func (m maker) words(least int) []string {
	out := make([]string, 0, 3)
	for range least + m.IntN(3) {
		out = append(out, m.word())
	}
	return out
}

func (m maker) some() []string {
	if m.IntN(2) == 0 {
		return nil
	}
	return m.words(1)
}

func (m maker) number() float64 { return []float64{0, 1, 0.5, -2, 1e-6, 1e21, 12345.678}[m.IntN(7)] }

func (m maker) positive() float64 { return []float64{1, 2, 0.25, 1000}[m.IntN(4)] }

func (m maker) json(data string) []byte {
	return []byte(m.one(`{"mark":"bar",`, `{"a":[1,2.50,-0,1e5,1e-7,true,null,"x\ny","  lead","\t"],"b":{"2019":"<&>","k: v":{}},"c":[],`,
		`{"x":{"values":[{"x":12345678901234567890,"y":"\u2028"}]},"line\nkey":1,`) + data + "}")
}

func (m maker) where() query.Where {
	var w query.Where
	fields := map[string]bool{}
	for range m.IntN(3) {
		c := query.Condition{Field: m.word(), Op: query.Op(m.one("eq", "ne", "in", "not_in", "lt", "contains", "not_contains", "between", "null", "filled"))}
		if fields[c.Field] {
			continue
		}
		fields[c.Field] = true
		switch c.Op {
		case query.IsNull, query.IsFilled:
		case query.In, query.NotIn:
			c.Values = m.words(0)
		case query.Between:
			c.Values = []string{m.word(), m.word()}
		default:
			if c.Values = []string{m.word()}; m.IntN(3) == 0 {
				c.Values, c.Input = nil, "in_0"
			}
		}
		w = append(w, c)
	}
	return w
}

func (m maker) rules() []dashboard.Rule {
	if m.IntN(2) == 0 {
		return nil
	}
	return []dashboard.Rule{
		{Op: query.Lt, Value: "0", Color: "bad"}, {Op: query.Ge, Field: m.word(), Color: "warn"},
		{Op: query.Eq, Value: m.word(), Color: "good"}, {Op: query.IsNull, Color: "warn"},
	}
}

func (m maker) spec(kind string) any {
	switch kind {
	case "markdown":
		return &dashboard.Markdown{Text: m.one("# A\n\ntext: *b*\n", "one line", "a\n", "a\n\n\n", " lead\nx", "trail \nx", "tab\there\nx", "- x\n- y")}
	case "metric":
		return &dashboard.Metric{Label: m.word(), Source: "s0", Field: m.word(), Aggregate: m.maybe("sum"), Over: m.word(), Delta: m.maybe("previous"), DeltaColor: m.maybe("off"), Format: m.maybe("$.3s"), Trend: m.IntN(2) == 0, Rules: m.rules()}
	case "table":
		t := &dashboard.Table{Source: "s0", Index: m.some(), Sort: m.some(), Trend: m.some(), Scale: m.number(), Unit: m.maybe("$B")}
		for range m.IntN(3) {
			t.Columns = append(t.Columns, dashboard.TableColumn{Name: m.word(), Label: m.word(), Format: m.maybe(".1%"), Width: m.IntN(20), Scale: m.number(), Rules: m.rules()}, dashboard.TableColumn{Name: m.word()})
		}
		return t
	case "vega_lite":
		return &dashboard.VegaLite{Text: m.json(`"data":{"name":"s0"}`), Source: m.maybe("s99"), Names: []string{"s0"}}
	case "map":
		return &dashboard.Map{Source: "s0", Latitude: m.maybe("lat"), Color: m.word(), Zoom: 3.5, Zoomed: true}
	case "pydeck":
		return &dashboard.Pydeck{Text: m.json(`"layers":[{"id":"a","data":"s0"},{"id":"1"}]`), Names: []string{"s0"}, Heading: m.maybe("Layers"), Keys: []map[string]string{nil, {"a": "b", "1": "2"}}[m.IntN(2)]}
	case "walk":
		return &dashboard.Walk{Seed: m.Uint64(), Seeded: true, Steps: m.IntN(50)}
	}
	c := &dashboard.Chart{Source: "s0", X: m.word(), Y: m.some(), Color: m.some(), XLabel: m.word()}
	if kind == "bar_chart" {
		c.Stack, c.Horizontal, c.Sort = m.one("", "true", "false", "normalize"), m.IntN(2) == 0, m.one("", "-amount", "false")
	}
	return c
}

func (m maker) panel(i int) dashboard.Panel {
	kind := m.one("markdown", "metric", "table", "line_chart", "bar_chart", "vega_lite", "map", "pydeck", "walk")
	p := dashboard.Panel{
		Kind: kind, Name: m.maybe(fmt.Sprint("p", i)), Title: m.word(), About: m.word(), Width: m.positive(),
		Where: m.where(), Detail: m.some(), Spec: m.spec(kind),
	}
	if m.IntN(3) == 0 {
		p.Open = &dashboard.Link{Page: "home", Set: []dashboard.Assignment{{Input: "x", Field: m.word()}}}
	}
	return p
}

func (m maker) input(i int) dashboard.Input {
	in := dashboard.Input{Kind: m.one("multiselect", "selectbox", "text", "range", "toggle"), Name: fmt.Sprint("in_", i), Label: m.word(), Source: "s0", Field: m.word(), Required: m.word()}
	switch in.Kind {
	case "multiselect":
		switch m.IntN(3) {
		case 0:
			in.All = true
		case 1:
			in.First = 3
		default:
			in.Default = m.words(0)
		}
	case "selectbox":
		in.Default = []string{m.word()}
	case "text":
		in.Default = []string{m.word()}
	case "range":
		if in.Last = m.maybe("30d"); in.Last == "" {
			in.Default = []string{m.word(), m.word()}
		}
	case "toggle":
		in.Default = [][]string{nil, {"true"}}[m.IntN(2)]
	}
	return in
}

func (m maker) source(i int) dashboard.Source {
	s := dashboard.Source{Name: fmt.Sprint("s", i), Refresh: time.Duration(m.IntN(3)) * 90 * time.Second}
	switch m.IntN(4) {
	case 0:
		s.Path = m.one("data/a.csv", "data/x y.csv", "data/#1.csv")
		for _, option := range [][2]string{{"delimiter", m.one("tab", ";", `\x01`, " ")}, {"na", m.one("", "x,y", "-")}, {"dates", "dmy"}, {"header", "no"}, {"skip", "3"}} {
			if m.IntN(2) == 0 {
				if err := s.Reading.Set(option[0], option[1]); err != nil {
					panic(err)
				}
			}
		}
		s.Lookup = []dashboard.Lookup{{From: "s99", On: m.word(), Take: m.words(1)}}
	case 1:
		s.URL, s.Identity = "https://example.com/a.csv?x=1", m.one("", "none", "token")
		s.Headers = []dashboard.Header{{Name: "X-Key", Value: "${env:KEY}"}}
		s.Fallback = &dashboard.Fallback{Path: "data/b.csv", Note: m.word(), Scale: m.number()}
	case 2:
		s.Connection, s.Query, s.Identity = "book", m.one("select 1", "select *\nfrom x\nwhere a = :in_0\n"), "service"
	default:
		s.Values = []byte(`[{"a":1,"b":"x: y"},{"a":2.50}]`)
	}
	if m.IntN(2) == 0 {
		s.Transform = []byte(`[{"filter":"datum.a > 1"}]`)
	}
	return s
}

func (m maker) page() dashboard.Page {
	p := dashboard.Page{Groups: [][]string{{}, {"*"}, {"A", "B c"}}[m.IntN(3)], Title: m.name(), About: m.word(), Content: &dashboard.Content{}}
	for i := range 1 + m.IntN(3) {
		p.Content.Sources = append(p.Content.Sources, m.source(i))
	}
	p.Content.Sources = append(p.Content.Sources, dashboard.Source{Name: "s99", Path: "z.csv"})
	for i := range 1 + m.IntN(3) {
		p.Content.Inputs = append(p.Content.Inputs, m.input(i))
	}
	for r := range 1 + m.IntN(3) {
		row := dashboard.Row{Height: m.positive()}
		for c := range 1 + m.IntN(3) {
			row.Panels = append(row.Panels, m.panel(r*3+c))
		}
		p.Content.Rows = append(p.Content.Rows, row)
	}
	return p
}

// pageOf makes the page of a seed.
func pageOf(seed uint64) dashboard.Page { return maker{rand.New(rand.NewPCG(seed, 1))}.page() }

// bare takes away what only the place in a file has: places.
func bare(p dashboard.Page) dashboard.Page {
	c := *p.Content
	c.At = dashboard.Place{}
	for i := range c.Sources {
		c.Sources[i] = unplaced(c.Sources[i])
	}
	for i := range c.Inputs {
		c.Inputs[i] = unplaced(c.Inputs[i])
	}
	for _, row := range c.Rows {
		for i := range row.Panels {
			row.Panels[i] = unplaced(row.Panels[i])
		}
	}
	p.Content = &c
	return p
}

// unplaced is a value without where it stands: only what is exported and no
// place is kept.
func unplaced[T any](v T) T {
	var out T
	from, to := reflect.ValueOf(v), reflect.ValueOf(&out).Elem()
	for i := range from.NumField() {
		if f := from.Type().Field(i); f.IsExported() && f.Name != "At" {
			to.Field(i).Set(from.Field(i))
		}
	}
	return out
}

func TestWritePage(t *testing.T) {
	t.Run("what is written reads back as the same page", func(t *testing.T) {
		for seed := range uint64(150) {
			page := pageOf(seed)
			var b bytes.Buffer
			if err := dashboard.WritePage(&b, page); err != nil {
				t.Fatal(err)
			}
			got, problems := dashboard.ReadPage("", b.Bytes())
			for _, p := range problems {
				if !p.Warning {
					t.Fatalf("seed %d: %s\n%s", seed, p, b.String())
				}
			}
			got.ID, got.Icon = "", ""
			if want, got := bare(page), bare(got); !reflect.DeepEqual(want, got) {
				t.Fatalf("seed %d: %s\n%s", seed, difference(reflect.ValueOf(want), reflect.ValueOf(got), "page"), b.String())
			}
		}
	})
}

// difference is the first place where two values differ.
func difference(a, b reflect.Value, at string) string {
	switch a.Kind() {
	case reflect.Pointer, reflect.Interface:
		if a.IsNil() || b.IsNil() || a.Elem().Type() != b.Elem().Type() {
			break
		}
		return difference(a.Elem(), b.Elem(), at)
	case reflect.Struct:
		for i := range a.NumField() {
			if name := a.Type().Field(i).Name; a.Type().Field(i).IsExported() && !reflect.DeepEqual(a.Field(i).Interface(), b.Field(i).Interface()) {
				return difference(a.Field(i), b.Field(i), at+"."+name)
			}
		}
	case reflect.Slice:
		if a.Len() != b.Len() || a.IsNil() != b.IsNil() || a.Type().Elem().Kind() == reflect.Uint8 {
			break
		}
		for i := range a.Len() {
			if !reflect.DeepEqual(a.Index(i).Interface(), b.Index(i).Interface()) {
				return difference(a.Index(i), b.Index(i), fmt.Sprintf("%s[%d]", at, i))
			}
		}
	}
	return fmt.Sprintf("%s: wrote %q, read %q", at, fmt.Sprintf("%#v", a), fmt.Sprintf("%#v", b))
}
