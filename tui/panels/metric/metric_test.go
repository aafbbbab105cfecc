package metric_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/panels"
	"github.com/authtabs/tabgate/tui/panels/metric"
)

// sales has a row a day and region, one without an amount.
func sales() frame.Frame {
	var day, region, amount, target frame.Vector
	day.Reset(frame.Date)
	region.Reset(frame.Text)
	amount.Reset(frame.Number)
	target.Reset(frame.Integer)
	add := func(d int64, r string, a float64, t int64) {
		day.AppendInt(d)
		region.AppendString(r)
		amount.AppendFloat(a)
		target.AppendInt(t)
	}
	add(2, "north", 1200.5, 1000)
	add(1, "north", 1000, 1000)
	add(2, "south", -300, 100)
	add(1, "south", 100, 100)
	day.AppendInt(2)
	region.AppendString("west")
	amount.AppendNull()
	target.AppendInt(7)
	return frame.New(frame.Origin{}, []frame.Column{{Name: "day"}, {Name: "region"}, {Name: "amount", Unit: "$"}, {Name: "target"}},
		[]frame.Vector{day, region, amount, target})
}

func open(t *testing.T, spec dashboard.Metric) (panels.Panel, func() string) {
	t.Helper()
	spec.Source = "sales"
	env := panels.Env{Env: pagetest.Env(t), Panel: dashboard.Panel{Spec: &spec}}
	p := metric.New(env)
	pagetest.Open(t, p, 30, 4)
	f := sales()
	table := panels.Table{Snapshot: source.Snapshot{Frame: f, Complete: true}, Rows: f}
	pagetest.Settle(t, p.Update, p.Update(panels.Data{Sources: map[string]panels.Table{"sales": table}}))
	return p, func() string {
		v := pagetest.View(env.Env, p, 30, 4)
		pagetest.Fits(t, v, 30, 4)
		return v
	}
}

func TestFigures(t *testing.T) {
	tests := map[string]struct {
		spec dashboard.Metric
		want []string
	}{
		"the sum of all rows":                          {dashboard.Metric{Label: "Sales", Field: "amount", Aggregate: "sum"}, []string{"Sales", "$2,000.5"}},
		"the rows counted":                             {dashboard.Metric{Aggregate: "count"}, []string{"5"}},
		"the cells of a field counted":                 {dashboard.Metric{Field: "amount", Aggregate: "count"}, []string{"4"}},
		"different values counted":                     {dashboard.Metric{Field: "region", Aggregate: "distinct"}, []string{"3"}},
		"the mean of what is filled in":                {dashboard.Metric{Field: "amount", Aggregate: "mean", Format: ".3f"}, []string{"500.125"}},
		"the median":                                   {dashboard.Metric{Field: "amount", Aggregate: "median"}, []string{"$550"}},
		"the least":                                    {dashboard.Metric{Field: "amount", Aggregate: "min"}, []string{"−$300"}},
		"the greatest date":                            {dashboard.Metric{Field: "day", Aggregate: "max"}, []string{"1970-01-03"}},
		"the greatest text":                            {dashboard.Metric{Field: "region", Aggregate: "max"}, []string{"west"}},
		"the last row where nothing is said":           {dashboard.Metric{Field: "target"}, []string{"7"}},
		"a last row without a value":                   {dashboard.Metric{Field: "amount"}, []string{"–"}},
		"the last day and how it differs":              {dashboard.Metric{Field: "amount", Aggregate: "sum", Over: "day", Delta: "previous"}, []string{"$900.5", "↓ −$199.5"}},
		"a day that rose":                              {dashboard.Metric{Field: "target", Aggregate: "max", Over: "region", Delta: "previous"}, []string{"7", "↓ −93"}},
		"a delta that is a field":                      {dashboard.Metric{Field: "amount", Aggregate: "sum", Delta: "target"}, []string{"$2,000.5", "↑ +$2,207"}},
		"how it ran":                                   {dashboard.Metric{Field: "amount", Aggregate: "sum", Over: "day", Trend: true}, []string{"█▁"}},
		"a format of d3":                               {dashboard.Metric{Field: "amount", Aggregate: "sum", Format: "$.3s"}, []string{"$2.00k"}},
		"a rule that holds":                            {dashboard.Metric{Field: "amount", Aggregate: "min", Rules: []dashboard.Rule{{Op: query.Lt, Value: "0", Color: "bad"}}}, []string{"▼ −$300"}},
		"the first rule of those that hold":            {dashboard.Metric{Field: "amount", Aggregate: "sum", Rules: []dashboard.Rule{{Op: query.Lt, Field: "target", Color: "warn"}, {Op: query.Gt, Value: "0", Color: "good"}}}, []string{"! $2,000.5"}},
		"a field that there is none of":                {dashboard.Metric{Field: "amuont", Aggregate: "sum"}, []string{"there is no column amuont"}},
		"a sum of words":                               {dashboard.Metric{Field: "region", Aggregate: "sum"}, []string{"sum needs numbers"}},
		"a format that is none":                        {dashboard.Metric{Field: "amount", Format: "%%%"}, []string{"is no number format"}},
		"a delta that has nothing to be compared with": {dashboard.Metric{Field: "amount", Delta: "previous"}, []string{"previous needs over"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, view := open(t, tt.spec)
			for _, want := range tt.want {
				if !strings.Contains(strings.Join(strings.Fields(view()), " "), want) {
					t.Errorf("%q is not in\n%s", want, view())
				}
			}
		})
	}
}

func TestTheRowsBehindAFigure(t *testing.T) {
	p, _ := open(t, dashboard.Metric{Label: "Sales", Field: "amount", Aggregate: "sum", Over: "day"})
	_, msgs := pagetest.Press(t, p, "enter")
	var got *panels.Detail
	for _, msg := range msgs {
		if d, ok := msg.(panels.Detail); ok {
			got = &d
		}
	}
	want := query.Condition{Field: "day", Op: query.Eq, Values: []string{"1970-01-03"}}
	if got == nil || got.Source != "sales" || got.Title != "Sales" || len(got.Where) != 1 || got.Where[0].Field != want.Field || got.Where[0].Values[0] != want.Values[0] {
		t.Errorf("got %+v", got)
	}
}

func TestExport(t *testing.T) {
	p, _ := open(t, dashboard.Metric{Label: "Sales", Field: "amount", Aggregate: "sum", Over: "day", Delta: "previous"})
	for format, want := range map[string]string{
		"csv":  "label,value,delta\nSales,900.5,-199.5\n",
		"json": "[\n  {\n    \"label\": \"Sales\",\n    \"value\": 900.5,\n    \"delta\": -199.5\n  }\n]\n",
	} {
		var b strings.Builder
		if err := p.(page.Exporter).Export(format, &b); err != nil || b.String() != want {
			t.Errorf("%s: %q, %v", format, b.String(), err)
		}
	}
	if err := p.(page.Exporter).Export("svg", &strings.Builder{}); !errors.Is(err, page.ErrFormat) {
		t.Errorf("svg: %v", err)
	}
}

// What is exported is the figure that is shown, before it is formatted: sums of
// integers are exact, and sums of others lose nothing on the way.
func TestWhatIsExportedIsWhatIsShown(t *testing.T) {
	for name, c := range map[string]struct {
		spec        dashboard.Metric
		json, shown string
	}{
		"integers beyond what doubles hold": {dashboard.Metric{Field: "large", Aggregate: "sum"}, `"value": 9007199254740997`, "9,007,199,254,740,997"},
		"the last of them":                  {dashboard.Metric{Field: "large", Aggregate: "first"}, `"value": 9007199254740993`, "9,007,199,254,740,993"},
		"by how much they changed":          {dashboard.Metric{Field: "large", Aggregate: "sum", Over: "day", Delta: "previous"}, `"delta": -9007199254740989`, "−9,007,199,254,740,989"},
		"tenths":                            {dashboard.Metric{Field: "part", Aggregate: "sum"}, `"value": 0.6`, "0.6"},
		"a mean in percent":                 {dashboard.Metric{Field: "part", Aggregate: "mean", Format: ".1%"}, `"value": 0.19999999999999998`, "20.0%"},
		"a count":                           {dashboard.Metric{Aggregate: "count", Format: ",d"}, `"value": 3`, "3"},
	} {
		t.Run(name, func(t *testing.T) {
			c.spec.Source = "sales"
			env := panels.Env{Env: pagetest.Env(t), Panel: dashboard.Panel{Spec: &c.spec}}
			p := metric.New(env)
			pagetest.Open(t, p, 40, 4)
			f := exact()
			pagetest.Settle(t, p.Update, p.Update(panels.Data{Sources: map[string]panels.Table{"sales": {Snapshot: source.Snapshot{Frame: f, Complete: true}, Rows: f}}}))
			var out strings.Builder
			if err := p.(page.Exporter).Export("json", &out); err != nil || !strings.Contains(out.String(), c.json) {
				t.Errorf("%s is not in %s, %v", c.json, out.String(), err)
			}
			if shown := pagetest.View(env.Env, p, 40, 4); !strings.Contains(shown, c.shown) {
				t.Errorf("%s is not shown:\n%s", c.shown, shown)
			}
		})
	}
}

// exact are figures that are lost where doubles are added one by one.
func exact() frame.Frame {
	var day, large, part frame.Vector
	day.Reset(frame.Date)
	large.Reset(frame.Integer)
	part.Reset(frame.Number)
	for i, n := range []int64{9007199254740993, 2, 2} {
		day.AppendInt(int64(min(i, 1)))
		large.AppendInt(n)
		part.AppendFloat([]float64{0.1, 0.2, 0.3}[i])
	}
	return frame.New(frame.Origin{}, []frame.Column{{Name: "day"}, {Name: "large"}, {Name: "part"}}, []frame.Vector{day, large, part})
}
