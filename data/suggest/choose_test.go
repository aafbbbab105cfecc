package suggest_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/suggest"
	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/data/vegaframe"
)

// drawable fails where a suggestion's specification cannot be drawn.
func drawable(t *testing.T, f frame.Frame, s suggest.Suggestion) {
	t.Helper()
	v, ok := s.Panel.Spec.(*dashboard.VegaLite)
	if !ok {
		return
	}
	scene, err := vega.Compile(v.Text, vega.Options{Zone: time.UTC, Columns: func(name string, use *vega.Use) ([]vega.Column, int, error) {
		if name != "figures" {
			t.Errorf("%q reads the data %q", s.Title, name)
		}
		for _, c := range s.Columns {
			if !use.Reads(c) {
				t.Errorf("%q says that it uses %s, and does not read it", s.Title, c)
			}
		}
		return vegaframe.Columns(t.Context(), f, use, time.UTC)
	}})
	if err != nil {
		t.Errorf("%q: %v\n%s", s.Title, err, v.Text)
		return
	}
	for _, m := range scene.Cells[0].Marks {
		if len(m.Items)+len(m.Paths) == 0 {
			t.Errorf("%q draws nothing:\n%s", s.Title, v.Text)
		}
	}
}

// orders has a column of each role.
func orders() string {
	return table("day,year,branch,town,paid,sales,weight,height", 400, func(i int) string {
		return fmt.Sprintf("%s,%d,b%d,t%d,%v,%d.5,%d.5,%d.25", day(i*7%300), 2001+i%9, i%4, i%300%17, i%3 == 0, i*13%97, i*7%31, i*11%53)
	})
}

func TestChoose(t *testing.T) {
	for name, c := range map[string]struct {
		choice suggest.Choice
		want   string
	}{
		"a time":                             {suggest.Choice{X: "day"}, "rows by month"},
		"a time and a sum":                   {suggest.Choice{X: "day", Y: "sales"}, "sum of sales by month"},
		"a time and a mean":                  {suggest.Choice{X: "day", Y: "weight"}, "mean of weight by month"},
		"a figure that was asked for":        {suggest.Choice{X: "day", Y: "weight", Figure: "max"}, "greatest of weight by month"},
		"a time by colour":                   {suggest.Choice{X: "day", Y: "sales", Color: "branch"}, "sum of sales by month and branch"},
		"a time by many colours":             {suggest.Choice{X: "day", Y: "sales", Color: "town"}, "sum of sales by month and town, 10 of 17"},
		"rows over time by colour":           {suggest.Choice{X: "day", Color: "branch"}, "rows by month and branch"},
		"a year":                             {suggest.Choice{X: "year", Y: "sales"}, "sum of sales by year"},
		"a category":                         {suggest.Choice{X: "branch"}, "rows by branch"},
		"a category and a measure":           {suggest.Choice{X: "branch", Y: "weight"}, "mean of weight by branch"},
		"the same, the other way round":      {suggest.Choice{X: "weight", Y: "branch"}, "mean of weight by branch"},
		"the same with a median":             {suggest.Choice{X: "weight", Y: "branch", Figure: "median"}, "median of weight by branch"},
		"rows, whatever y is":                {suggest.Choice{X: "branch", Y: "weight", Figure: "rows"}, "rows by branch"},
		"bars by colour":                     {suggest.Choice{X: "branch", Y: "sales", Color: "paid"}, "sum of sales by branch and paid"},
		"bars of means by colour":            {suggest.Choice{X: "branch", Y: "weight", Color: "paid"}, "mean of weight by branch and paid"},
		"different values":                   {suggest.Choice{X: "branch", Y: "town", Figure: "distinct"}, "different values of town by branch"},
		"a measure":                          {suggest.Choice{X: "weight"}, "rows by weight"},
		"a measure by colour":                {suggest.Choice{X: "weight", Color: "branch"}, "rows by weight and branch"},
		"two measures":                       {suggest.Choice{X: "weight", Y: "height"}, "height against weight"},
		"two measures by colour":             {suggest.Choice{X: "weight", Y: "height", Color: "branch"}, "height against weight by branch"},
		"a figure of a measure by another":   {suggest.Choice{X: "weight", Y: "height", Figure: "mean"}, "mean of height by weight"},
		"two categories":                     {suggest.Choice{X: "branch", Y: "town"}, "rows by branch, town"},
		"a time and a category":              {suggest.Choice{X: "branch", Y: "day"}, "rows by month, branch"},
		"nothing along x, something along y": {suggest.Choice{Y: "weight"}, "rows by weight"},
	} {
		t.Run(name, func(t *testing.T) {
			f := read(t, orders())
			facts, err := suggest.Count(t.Context(), f)
			if err != nil {
				t.Fatal(err)
			}
			s, err := suggest.Choose(t.Context(), f, facts, c.choice, suggest.Options{Source: "figures"})
			if err != nil {
				t.Fatal(err)
			}
			if s.Title != c.want {
				t.Errorf("%q, want %q", s.Title, c.want)
			}
			drawable(t, f, s)
		})
	}
}

func TestChoose_SaysWhatIsWrong(t *testing.T) {
	f := read(t, orders())
	facts, err := suggest.Count(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	for want, c := range map[string]suggest.Choice{
		"choose a column for x":                                                          {},
		`y: there is no column "wieght": did you mean weight?`:                           {X: "day", Y: "wieght"},
		`colour: there is no column "zzz"`:                                               {X: "day", Color: "zzz"},
		"the mean needs a column of numbers for y":                                       {X: "branch", Y: "town", Figure: "mean"},
		"the figure is one of rows, sum, mean, median, min, max, distinct, not \"mode\"": {X: "branch", Y: "weight", Figure: "mode"},
	} {
		if _, err := suggest.Choose(t.Context(), f, facts, c, suggest.Options{}); err == nil || err.Error() != want {
			t.Errorf("%+v: %v, want %s", c, err, want)
		}
	}
}

func TestChoose_ManyLines(t *testing.T) {
	f := read(t, table("day,symbol,price", 300, func(i int) string { return fmt.Sprintf("%s,s%d,%d.5", day(i/15), i%15, i*7%31) }))
	facts, err := suggest.Count(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	for want, c := range map[string]suggest.Choice{
		"price by day and symbol, 10 of 15":         {X: "day", Y: "price", Color: "symbol"},
		"mean of price by day and symbol, 10 of 15": {X: "day", Y: "price", Color: "symbol", Figure: "mean"},
		"rows by day and symbol, 10 of 15":          {X: "day", Color: "symbol"},
		"mean of price by symbol, top 12 of 15":     {X: "symbol", Y: "price"},
	} {
		s, err := suggest.Choose(t.Context(), f, facts, c, suggest.Options{Source: "figures"})
		if err != nil || s.Title != want {
			t.Errorf("%+v: %q, %v, want %q", c, s.Title, err, want)
		}
		drawable(t, f, s)
	}
}

// Every suggestion for the files of these tests can be drawn.
func TestCharts_CanBeDrawn(t *testing.T) {
	for name, text := range map[string]string{
		"weather": weather(), "orders": orders(),
		"years": table("Region,1961,1962,1963", 49, func(i int) string { return fmt.Sprintf("r%d,%d,%d,%d", i, i*3, i*4, i*5) }),
		"years as the World Bank writes them": table("Series,2004 [YR2004],2005 [YR2005],2006 [YR2006]", 4, func(i int) string {
			return fmt.Sprintf("same,%d,%d,%d", i*3, i*4, i*5)
		}),
		"odd names": table("when,temp.max,temp[min],column,value,figure,rank", 200, func(i int) string {
			return fmt.Sprintf("%s,%d.5,%d.5,c%d,x%d,%d.25,%d.75", day(i), 10+i%20, i*7%15, i%3, i%20, i*3%70, i*5%90)
		}),
		"many rows": table("day,g,a,b", 10_001, func(i int) string { return fmt.Sprintf("%s,g%d,%d.5,%d.25", day(i*7%900), i%40, i*7%83, i*11%57) }),
	} {
		t.Run(name, func(t *testing.T) {
			f := read(t, text)
			all := chartsOf(t, f, suggest.Options{Source: "figures"})
			if len(all) == 0 || !slices.ContainsFunc(all, func(s suggest.Suggestion) bool { return s.Panel.Kind == "vega_lite" }) {
				t.Fatalf("%d charts", len(all))
			}
			for _, s := range all {
				drawable(t, f, s)
			}
		})
	}
}
