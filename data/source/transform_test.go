package source_test

import (
	"strings"
	"testing"
	"testing/synctest"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/source"
)

const loans = "id,day,sector,amount\n9007199254740993,2024-01-31,Energy,1.5\n2,2024-02-01,Retail,2.5\n3,,Energy,4\n"

// transformed is a source after transforms.
func transformed(t *testing.T, list string) source.Snapshot {
	t.Helper()
	s := store(t, source.Options{Root: folder(t, map[string]string{
		"loans.csv": loans, "wide.csv": "name,1990,1991,2000,a.b\nx,1,2,3,4\ny,5,,7,8\n", "sectors.csv": "sector,boss\nEnergy,Ann\n",
		"nested.jsonl": "{\"n\": 1, \"list\": [1, 2]}\n{\"n\": 2, \"list\": [3]}\n",
	})})
	name := "loans"
	for _, other := range []string{"wide", "nested"} {
		if strings.Contains(list, "/*"+other+"*/") {
			name, list = other, strings.ReplaceAll(list, "/*"+other+"*/", "")
		}
	}
	sources := []dashboard.Source{{Name: name, Path: name + ".csv", Transform: []byte(list)}, {Name: "sectors", Path: "sectors.csv"}}
	if name == "nested" {
		sources[0].Path = "nested.jsonl"
	}
	s.Use(page(sources...))
	return complete(t, s.Open(sources[0], nil), 0)
}

func TestTransform(t *testing.T) {
	for name, c := range map[string]struct{ list, want string }{
		"keeps rows, and their values as they are":        {`[{"filter": "datum.amount < 2"}]`, "id day sector amount\n9007199254740993 2024-01-31 Energy 1.5"},
		"filters by a field":                              {`[{"filter": {"field": "sector", "oneOf": ["Retail"]}}]`, "id day sector amount\n2 2024-02-01 Retail 2.5"},
		"adds columns":                                    {`[{"calculate": "datum.amount * 2", "as": "twice"}]`, "id day sector amount twice\n9007199254740993 2024-01-31 Energy 1.5 3\n2 2024-02-01 Retail 2.5 5\n3 - Energy 4 8"},
		"replaces columns":                                {`[{"calculate": "upper(datum.sector)", "as": "sector"}]`, "id day sector amount\n9007199254740993 2024-01-31 ENERGY 1.5\n2 2024-02-01 RETAIL 2.5\n3 - ENERGY 4"},
		"adds columns to rows that are left":              {`[{"filter": "datum.amount > 2"}, {"calculate": "datum.amount > 3", "as": "large"}]`, "id day sector amount large\n2 2024-02-01 Retail 2.5 false\n3 - Energy 4 true"},
		"puts rows together":                              {`[{"aggregate": [{"op": "sum", "field": "amount", "as": "total"}, {"op": "count", "as": "n"}], "groupby": ["sector"]}]`, "sector total n\nEnergy 5.5 2\nRetail 2.5 1"},
		"keeps the day of a date, wherever it is read":    {`[{"timeUnit": "yearmonth", "field": "day", "as": "month"}]`, "id day sector amount month\n9007199254740993 2024-01-31 Energy 1.5 2024-01-01\n2 2024-02-01 Retail 2.5 2024-02-01\n3 - Energy 4 -"},
		"makes times of parts of a day":                   {`[{"calculate": "datum.day + 90000", "as": "t"}, {"calculate": "datetime(datum.t)", "as": "t"}, {"filter": "datum.id == 2"}]`, "id day sector amount t\n2 2024-02-01 Retail 2.5 2024-02-01T00:01:30"},
		"folds columns of a pattern":                      {`/*wide*/[{"fold": ["19*"], "as": ["year", "value"]}]`, "name 1990 1991 2000 a.b year value\nx 1 2 3 4 1990 1\nx 1 2 3 4 1991 2\ny 5 - 7 8 1990 5\ny 5 - 7 8 1991 -"},
		"folds what fits one of several patterns":         {`/*wide*/[{"fold": ["199*", "18*"], "as": ["year", "value"]}, {"filter": "datum.name == 'x'"}]`, "name 1990 1991 2000 a.b year value\nx 1 2 3 4 1990 1\nx 1 2 3 4 1991 2"},
		"folds columns with points in their names":        {`/*wide*/[{"fold": ["*.b", "2000"]}, {"filter": "datum.name == 'x'"}]`, "name 1990 1991 2000 a.b key value\nx 1 2 3 4 a.b 4\nx 1 2 3 4 2000 3"},
		"looks up in other sources of the page":           {`[{"lookup": "sector", "from": {"data": {"name": "sectors"}, "key": "sector", "fields": ["boss"]}}]`, "id day sector amount boss\n9007199254740993 2024-01-31 Energy 1.5 Ann\n2 2024-02-01 Retail 2.5 -\n3 - Energy 4 Ann"},
		"numbers rows":                                    {`[{"window": [{"op": "row_number", "as": "rank"}], "sort": [{"field": "amount", "order": "descending"}]}]`, "id day sector amount rank\n9007199254740993 2024-01-31 Energy 1.5 3\n2 2024-02-01 Retail 2.5 2\n3 - Energy 4 1"},
		"adds rows that were missing":                     {`[{"impute": "amount", "key": "sector", "groupby": ["day"], "value": 0}, {"filter": "datum.sector == 'Retail'"}]`, "id day sector amount\n2 2024-02-01 Retail 2.5\n- 2024-01-31 Retail 0\n- - Retail 0"},
		"has the kind of a column that holds several":     {`[{"calculate": "datum.amount > 2 ? 'many' : datum.amount", "as": "how"}, {"filter": "datum.id < 9"}]`, "id day sector amount how\n2 2024-02-01 Retail 2.5 many\n3 - Energy 4 many"},
		"keeps lists that it makes as JSON":               {`[{"calculate": "[datum.id, datum.sector]", "as": "both"}, {"filter": "datum.id == 2"}]`, "id day sector amount both\n2 2024-02-01 Retail 2.5 [2,\"Retail\"]"},
		"does nothing where there is nothing to do":       {`[]`, "id day sector amount\n9007199254740993 2024-01-31 Energy 1.5\n2 2024-02-01 Retail 2.5\n3 - Energy 4"},
		"leaves a table of no rows where nothing is left": {`[{"filter": "false"}]`, "id day sector amount"},
	} {
		t.Run(name, func(t *testing.T) {
			got := transformed(t, c.list)
			if got.Err != nil {
				t.Fatal(got.Err)
			}
			equal(t, text(t, got.Frame), c.want)
		})
	}
	t.Run("keeps types", func(t *testing.T) {
		got := transformed(t, `[{"filter": "datum.id > 1"}, {"calculate": "datum.amount * 2", "as": "twice"}]`)
		for i, want := range []frame.Type{frame.Integer, frame.Date, frame.Text, frame.Number, frame.Integer} {
			equal(t, got.Frame.Columns()[i].Type, want)
		}
		b, err := frame.Rows(t.Context(), got.Frame, []int{4, 0}, 1, 1)
		equal(t, err, nil)
		equal(t, b.Columns[0].Ints[0], 5)
		equal(t, b.Columns[1].Ints[0], 2)
	})
	t.Run("tells of columns that hold several kinds", func(t *testing.T) {
		got := transformed(t, `[{"calculate": "datum.amount > 2 ? 'many' : datum.amount", "as": "how"}]`)
		equal(t, strings.Join(got.Report.Notes, "\n"), "column how: text, for the transforms make numbers and text of it")
	})
	t.Run("is refused by name", func(t *testing.T) {
		for name, c := range map[string]struct{ list, want string }{
			"where it is not known":          {`[{"filtre": "true"}]`, "source loans: transform[0].filtre is not supported"},
			"where it is no list":            {`{"filter": "true"}`, "source loans: transform is a list of objects"},
			"where a pattern finds nothing":  {`[{"fold": ["20*"]}]`, `source loans: transform[0].fold: no column is named as "20*" says`},
			"where an expression is broken":  {`[{"filter": "datum."}]`, "source loans: transform[0].filter is no expression that is supported: a name is missing at its end"},
			"where a source is none":         {`[{"lookup": "sector", "from": {"data": {"name": "x"}, "key": "a", "fields": ["b"]}}]`, `source loans: there is no source "x" to look up in: the page has sectors`},
			"where something is not read":    {`[{"filter": "true", "more": 1}]`, "source loans: transform[0].more is not supported"},
			"where it looks into an address": {`[{"lookup": "sector", "from": {"data": {"url": "x.csv"}, "key": "a", "fields": ["b"]}}]`, "source loans: transform[0].from.data.url cannot be read: no data but the specification's own are read here"},
		} {
			t.Run(name, func(t *testing.T) {
				got := transformed(t, c.list)
				if got.Err == nil {
					t.Fatalf("it gives %s", text(t, got.Frame))
				}
				equal(t, got.Err.Error(), c.want)
			})
		}
	})
}

func TestATransformThatIsWatched(t *testing.T) {
	for name, c := range map[string]struct {
		list  string
		grown bool
		want  string
	}{
		"grows where it looks at each row alone": {`[{"filter": "datum.amount != 2.5"}, {"calculate": "-datum.amount", "as": "amount"}]`, true, "id day sector amount\n9007199254740993 2024-01-31 Energy -1.5\n3 - Energy -4\n4 2024-03-01 New -9"},
		"is made anew where it does not":         {`[{"aggregate": [{"op": "count", "as": "n"}], "groupby": []}]`, false, "n\n4"},
	} {
		t.Run(name, func(t *testing.T) {
			root := folder(t, map[string]string{"loans.csv": loans})
			synctest.Test(t, func(t *testing.T) {
				w := watch(t, root, dashboard.Source{Path: "loans.csv", Transform: []byte(c.list)}, source.NewSystem())
				appendTo(t, root, "loans.csv", "4,2024-03-01,New,9\n")
				w.tell("loans.csv")
				got := w.next()
				equal(t, got.Grown, c.grown)
				equal(t, text(t, got.Frame), c.want)
			})
		})
	}
}
