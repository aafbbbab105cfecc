package suggest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/suggest"
	"github.com/authtabs/tabgate/data/textfile"
)

// read reads a text as somebody's csv.
func read(t *testing.T, text string) frame.Frame {
	t.Helper()
	r, err := textfile.ReadBytes(t.Context(), "figures.csv", []byte(text), textfile.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r.Frame
}

// table makes a csv of a heading and so many rows.
func table(heading string, rows int, row func(i int) string) string {
	var b strings.Builder
	b.WriteString(heading + "\n")
	for i := range rows {
		b.WriteString(row(i) + "\n")
	}
	return b.String()
}

func chartsOf(t *testing.T, f frame.Frame, o suggest.Options) []suggest.Suggestion {
	t.Helper()
	facts, err := suggest.Count(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	all, err := suggest.Charts(t.Context(), f, facts, o)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func day(i int) string { return time.Date(2012, 1, 1+i, 0, 0, 0, 0, time.UTC).Format("2006-01-02") }

func TestRoles(t *testing.T) {
	rows := func(value func(i int) string) string {
		return table("v", 40, value)
	}
	for name, c := range map[string]struct {
		name string
		csv  string
		want suggest.Role
	}{
		"numbers":                       {"wind", rows(func(i int) string { return fmt.Sprintf("%d.5", i*i%17) }), suggest.Measure},
		"dates":                         {"when", rows(day), suggest.Time},
		"one value":                     {"v", rows(func(int) string { return "7" }), suggest.Constant},
		"some names":                    {"sector", rows(func(i int) string { return []string{"a", "b", "c"}[i%3] }), suggest.Category},
		"names that all differ":         {"name", rows(func(i int) string { return fmt.Sprintf("n%d", i) }), suggest.ID},
		"numbers that count rows":       {"n", rows(func(i int) string { return fmt.Sprint(i + 1) }), suggest.ID},
		"figures that all differ":       {"entries", rows(func(i int) string { return fmt.Sprint((i*7919%40 + 1) * (i + 3) * (i + 7)) }), suggest.Measure},
		"zip codes":                     {"zip_code", rows(func(i int) string { return fmt.Sprint(94000 + i%7*13) }), suggest.ID},
		"ids of another table":          {"userId", rows(func(i int) string { return fmt.Sprint(i % 9 * 31) }), suggest.ID},
		"years":                         {"Year", rows(func(i int) string { return fmt.Sprint(1980 + i%20) }), suggest.Year},
		"years under another name":      {"Baujahr", rows(func(i int) string { return fmt.Sprint(1980 + i%20) }), suggest.Year},
		"numbers like years":            {"weight", rows(func(i int) string { return fmt.Sprint(1980 + i%20) }), suggest.Measure},
		"two years":                     {"year", rows(func(i int) string { return fmt.Sprint(2020 + i%2) }), suggest.Category},
		"true and false":                {"open", rows(func(i int) string { return fmt.Sprint(i%2 == 0) }), suggest.Category},
		"a code of few values":          {"country_code", rows(func(i int) string { return []string{"DE", "FR"}[i%2] }), suggest.Category},
		"a latitude without longitude":  {"lat", rows(func(i int) string { return fmt.Sprintf("%d.25", i*7%40) }), suggest.Measure},
		"numbers of a few, alone":       {"month", rows(func(i int) string { return fmt.Sprint(i%12 + 1) }), suggest.Category},
		"times of day":                  {"at", rows(func(i int) string { return fmt.Sprintf("%02d:30", i%24) }), suggest.None},
		"more names than can be groups": {"word", table("v", 100, func(i int) string { return fmt.Sprintf("n%d", i%60) }), suggest.None},
		"many names, often repeated":    {"word", table("v", 1000, func(i int) string { return fmt.Sprintf("n%d", i%60) }), suggest.Category},
	} {
		t.Run(name, func(t *testing.T) {
			facts, err := suggest.Count(t.Context(), read(t, c.name+strings.TrimPrefix(c.csv, "v")))
			if err != nil {
				t.Fatal(err)
			}
			if got := suggest.Roles(facts)[0]; got != c.want {
				t.Errorf("%s is %v, want %v (%+v)", c.name, got, c.want, facts[0])
			}
		})
	}
}

func TestFacts_SumOrMean(t *testing.T) {
	for name, want := range map[string]bool{
		"sales": true, "Total": true, "unit cost": true, "Population": true, "qty": true, "Cost Total $": true,
		"wind": false, "discount": false, "country": false, "share of sales": false, "sales %": false, "growth rate total": false,
	} {
		f := suggest.Facts{Column: frame.Column{Name: name, Type: frame.Number}}
		if f.Summed() != want {
			t.Errorf("%q is added up: %v, want %v", name, !want, want)
		}
	}
	euros := suggest.Facts{Column: frame.Column{Name: "price", Type: frame.Number, Unit: "EUR"}}
	shares := suggest.Facts{Column: frame.Column{Name: "volume", Type: frame.Number, Unit: "%"}}
	if !euros.Summed() || shares.Summed() {
		t.Errorf("a currency is added up: %v, a share: %v", euros.Summed(), shares.Summed())
	}
}

// weather is like the file that everybody starts with.
func weather() string {
	return table("date,precipitation,temp_max,temp_min,wind,weather", 200, func(i int) string {
		rain := 0
		if i%3 == 0 {
			rain = i % 50
		}
		return fmt.Sprintf("%s,%d,%d.5,%d.5,%d.1,%s", day(i), rain, 10+i%20, i*7%15-4, i*11%9, []string{"sun", "rain", "fog"}[i%3])
	})
}

func TestCharts_TitlesInAReadersWords(t *testing.T) {
	for name, c := range map[string]struct {
		csv  string
		want []string // those that stand beside each other
	}{
		"dates and measures": {weather(), []string{"temp_max, temp_min by date", "mean of wind by weather"}},
		"places": {table("lat,lon,kind,n", 30, func(i int) string {
			return fmt.Sprintf("37.%d,-122.%d,%s,%d", 100+i*17%61, 100+i*13%59, []string{"a", "b"}[i%2], i*i%23)
		}), []string{"places by kind", "mean of n by kind"}},
		"columns of years": {table("Region,1961,1962,1963", 49, func(i int) string {
			return fmt.Sprintf("r%d,%d,%d,%d", i, i*3, i*4, i*5)
		}), []string{"5 of 49 Region by year"}},
		"dates by category": {table("day,symbol,price", 90, func(i int) string {
			return fmt.Sprintf("%s,%s,%d.5", day(i/3), []string{"A", "B", "C"}[i%3], i*7%31)
		}), []string{"price by day and symbol"}},
		"dates by many categories": {table("day,symbol,price", 300, func(i int) string {
			return fmt.Sprintf("%s,s%d,%d.5", day(i/15), i%15, i*7%31)
		}), []string{"price by day and symbol, 10 of 15"}},
		"dates that come again": {table("day,kind", 300, func(i int) string {
			return fmt.Sprintf("%s,%s", day(i*7%90), []string{"A", "B", "C"}[i*i%3])
		}), []string{"rows by day", "rows by kind"}},
		"sums over dates": {table("day,sales", 900, func(i int) string {
			return fmt.Sprintf("%s,%d.5", day(i*7%900/2), i%77)
		}), []string{"sum of sales by month"}},
		"years": {table("year,solar,output", 20, func(i int) string {
			return fmt.Sprintf("%d,%d.5,%d.1", 1990+i, i*i%7, i*3%11)
		}), []string{"solar by year", "output against solar"}},
		"a category of many values": {table("state,weight", 400, func(i int) string {
			return fmt.Sprintf("s%d,%d.5", i%30, i*7%83)
		}), []string{"mean of weight by state, top 12 of 30"}},
		"two measures": {table("a,b", 50, func(i int) string {
			return fmt.Sprintf("%d.5,%d.25", i*7%83, i*11%57)
		}), []string{"b against a"}},
		"two measures of many rows": {table("a,b", 10_001, func(i int) string {
			return fmt.Sprintf("%d.5,%d.25", i*7%83, i*11%57)
		}), []string{"rows by a, b"}},
		"two categories": {table("size,time", 50, func(i int) string {
			return []string{"L", "M", "S"}[i%3] + "," + []string{"day", "night"}[i*i%2]
		}), []string{"rows by size, time"}},
		"one measure":  {table("a", 50, func(i int) string { return fmt.Sprintf("%d.5", i*7%83) }), []string{"rows by a"}},
		"one category": {table("size", 50, func(i int) string { return []string{"L", "M", "S"}[i%3] }), []string{"rows by size"}},
		"ids alone":    {table("id", 50, func(i int) string { return fmt.Sprint(i) }), []string{"No chart fits: id only tells rows apart."}},
		"one value":    {table("v", 3, func(int) string { return "x" }), []string{"No chart fits: v is the same in all rows."}},
		"no rows":      {"a,b\n", []string{"No chart fits: there are no rows."}},
		"dates that are yearly": {table("when,kind", 60, func(i int) string {
			return fmt.Sprintf("%d-01-01,%s", 2000+i%12, []string{"A", "B"}[i%2])
		}), []string{"rows by year", "rows by kind"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			all := chartsOf(t, read(t, c.csv), suggest.Options{Source: "figures"})
			for i, s := range all {
				if s.New || len(all) == 1 {
					got = append(got, s.Title)
				}
				if s.New && i > 0 && !all[i-1].New {
					t.Errorf("%q uses a column that none before does, and comes late", s.Title)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestCharts_IDsAndConstantsAreInNone(t *testing.T) {
	f := read(t, table("order_id,zip,version,phone,amount,branch", 60, func(i int) string {
		return fmt.Sprintf("%d,%d,3,+49 30 %d,%d.5,b%d", 1000+i, 10115+i%9, 900000+i*77, i*7%83, i%4)
	}))
	for _, s := range chartsOf(t, f, suggest.Options{}) {
		for _, c := range s.Columns {
			if c != "amount" && c != "branch" {
				t.Errorf("%q uses %s", s.Title, c)
			}
		}
	}
}

func TestCharts_LinesOfMarkedRows(t *testing.T) {
	f := read(t, table("Region,1961,1962,1963", 49, func(i int) string { return fmt.Sprintf("r%d,%d,%d,%d", i, i*3, i*4, i*5) }))
	s := chartsOf(t, f, suggest.Options{Source: "figures", Marked: []int{40, 7}})[0]
	text := string(s.Panel.Spec.(*dashboard.VegaLite).Text)
	if s.Title != "2 of 49 Region by year" || !strings.Contains(text, `"r7",`) || !strings.Contains(text, `"r40"`) {
		t.Errorf("%s:\n%s", s.Title, text)
	}
}

func TestCharts_AreSpecificationsInFull(t *testing.T) {
	s := chartsOf(t, read(t, weather()), suggest.Options{Source: "figures"})[0]
	want := `{
  "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
  "data": {
    "name": "figures"
  },
  "transform": [
    {
      "fold": [
        "temp_max",
        "temp_min"
      ],
      "as": [
        "column",
        "value"
      ]
    }
  ],
  "mark": "line",
  "encoding": {
    "x": {
      "field": "date",
      "type": "temporal",
      "title": null,
      "scale": {
        "type": "utc"
      }
    },
    "y": {
      "field": "value",
      "type": "quantitative",
      "title": null
    },
    "color": {
      "field": "column",
      "type": "nominal",
      "title": null,
      "sort": null
    }
  }
}`
	if got := string(s.Panel.Spec.(*dashboard.VegaLite).Text); got != want {
		t.Errorf("%s", got)
	}
	if s.Panel.Kind != "vega_lite" || s.Panel.Title != s.Title || !slices.Equal(s.Columns, []string{"date", "temp_max", "temp_min"}) {
		t.Errorf("%+v", s)
	}
}

func TestCharts_NamesThatAreTaken(t *testing.T) {
	f := read(t, table("when,temp.max,temp[min],column,value,figure,rank", 200, func(i int) string {
		return fmt.Sprintf("%s,%d.5,%d.5,c%d,x%d,%d.25,%d.75", day(i), 10+i%20, i*7%15, i%3, i%20, i*3%70, i*5%90)
	}))
	for _, s := range chartsOf(t, f, suggest.Options{}) {
		v, ok := s.Panel.Spec.(*dashboard.VegaLite)
		if !ok {
			continue
		}
		var spec struct {
			Transform []struct {
				As        any
				Aggregate []struct{ As string }
				Window    []struct{ As string }
			}
			Encoding map[string]struct{ Field string }
		}
		if err := json.Unmarshal(v.Text, &spec); err != nil {
			t.Fatal(err)
		}
		for _, tr := range spec.Transform {
			made := fmt.Sprint(tr.As, tr.Aggregate, tr.Window)
			for _, taken := range []string{"[column ", " value]", "{figure}", "{rank}"} {
				if strings.Contains(made, taken) {
					t.Errorf("%s makes a column that is there: %s", s.Title, made)
				}
			}
		}
		for _, ch := range spec.Encoding {
			if strings.ContainsAny(strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(ch.Field, `\.`, ""), `\[`, ""), `\]`, ""), ".[]") {
				t.Errorf("%s names %s, which is a path", s.Title, ch.Field)
			}
		}
	}
}

func TestCharts_IsCancelled(t *testing.T) {
	f := read(t, weather())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := suggest.Count(ctx, f); err != context.Canceled {
		t.Errorf("counting: %v", err)
	}
	long := read(t, table("day,symbol,price", 300, func(i int) string { return fmt.Sprintf("%s,s%d,%d.5", day(i/15), i%15, i*7%31) }))
	facts, err := suggest.Count(t.Context(), long)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := suggest.Charts(ctx, long, facts, suggest.Options{}); err != context.Canceled {
		t.Errorf("charts: %v", err)
	}
}
