package dataframe

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
)

var all = []string{"China", "United States of America", "Iran, Islamic Republic of", "Brazil", "France"}

func TestSortGoesUpDownAndBack(t *testing.T) {
	const byName = "Brazil|China|France|Iran, Islamic Republic of|United States of America"
	f := openWorld(t, all...)
	if got := rowNames(f); got != byName {
		t.Fatal(got)
	}
	press(t, f, "right", "s")
	if got := rowNames(f); got != "Iran, Islamic Republic of|Brazil|France|China|United States of America" {
		t.Errorf("ascending: %s", got)
	}
	wantText(t, f, "▲1961")
	press(t, f, "s")
	if got := rowNames(f); got != "United States of America|China|Brazil|France|Iran, Islamic Republic of" {
		t.Errorf("descending, equal rows by name: %s", got)
	}
	wantText(t, f, "▼1961")
	press(t, f, "s")
	if got := rowNames(f); got != byName {
		t.Errorf("unsorted: %s", got)
	}
	clickOn(t, f, "1964")
	clickOn(t, f, "▲1964")
	if got := rowNames(f); got != "United States of America|China|France|Brazil|Iran, Islamic Republic of" {
		t.Errorf("rows without a value come last: %s", got)
	}
	press(t, f, "backspace")
	if got := rowNames(f); got != "United States of America|China|Brazil|Iran, Islamic Republic of" {
		t.Errorf("the sort was lost: %s", got)
	}
}

func TestTheCursorLinksTableAndChart(t *testing.T) {
	f := openWorld(t)
	f.layOut()
	p := f.plot
	clickAt(t, f, p.Column(1963), p.Y+2)
	if f.table.Col != 3 {
		t.Errorf("a click on 1963 in the chart puts the cursor into column %d", f.table.Col)
	}
	press(t, f, "left")
	f.layOut()
	if i := f.nearest(f.areas().X); i != 1 {
		t.Errorf("the chart's cursor is at %d", i)
	}
	wantText(t, f, "1962:")
	for _, x := range []int{p.Column(1964), p.Column(1961)} {
		f.Update(tea.MouseMsg{X: p.Column(1962), Y: p.Y + 1, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft})
		f.Update(tea.MouseMsg{X: x, Y: p.Y + 1, Action: tea.MouseActionMotion, Button: tea.MouseButtonLeft})
		f.Update(tea.MouseMsg{X: x, Y: p.Y + 1, Action: tea.MouseActionRelease, Button: tea.MouseButtonLeft})
	}
	if f.table.Col != 1 {
		t.Errorf("dragging ended in column %d", f.table.Col)
	}
}

func TestTheRegionStaysWhileYearsScroll(t *testing.T) {
	f := newPage(pagetest.Env(t), offline(), Options{})
	pagetest.Open(t, f, 60, 20)
	press(t, f, "end")
	wantText(t, f, "China", "2019", "◂")
	wantNoText(t, f, " 1961 ")
	press(t, f, "home")
	wantText(t, f, "1961", "▸")
	f.Update(tea.MouseMsg{X: 30, Y: 3, Action: tea.MouseActionPress, Button: tea.MouseButtonWheelRight})
	wantText(t, f, "China", "1962")
}

func TestSearchGoesThroughItsMatches(t *testing.T) {
	f := openWorld(t, all...)
	press(t, f, "/", "1", "6", ".", "5")
	wantText(t, f, "1 of 3")
	press(t, f, "enter", "n")
	if f.table.Row != 0 || f.table.Col != 4 {
		t.Errorf("at %d,%d, want Brazil in 1964", f.table.Row, f.table.Col)
	}
	press(t, f, "n", "n")
	wantText(t, f, "1 of 3")
	press(t, f, "N")
	if f.table.Row != 2 || f.table.Col != 1 {
		t.Errorf("at %d,%d, want France in 1961", f.table.Row, f.table.Col)
	}
	press(t, f, "esc")
	wantText(t, f, "Gross Agricultural Production")
	press(t, f, "/", "x", "y", "z")
	wantText(t, f, "no match")
	press(t, f, "esc")
	if f.Capturing() {
		t.Error("esc does not end the search")
	}
}

func TestColumnSummary(t *testing.T) {
	f := openWorld(t, all...)
	press(t, f, "end")
	s, err := f.regions.Sum(t.Context(), 4)
	if got := strings.Join(s, " · "); err != nil || got != "min 16.56 Brazil · max 94.32 United States of America · mean 51.14 · sum 204.55 · 4 values" {
		t.Error(got, err)
	}
	wantText(t, f, "1964: min 16.56 Brazil")
}

func TestCopyTakesTheSelection(t *testing.T) {
	f := openWorld(t, "China", "Brazil")
	copied := func(keys ...string) page.Copy {
		t.Helper()
		msgs := press(t, f, keys...)
		return msgs[len(msgs)-1].(page.Copy)
	}
	if c := copied("right", "y"); c.Text != "16.5646" || c.What != "1 cell" {
		t.Errorf("%+v", c)
	}
	if c := copied("shift+down", "shift+right", "y"); c.Text != "16.5646\t17.34494\n58.34074\t60.69086" || c.What != "4 cells" {
		t.Errorf("%+v", c)
	}
	if c := copied("Y"); !strings.HasPrefix(c.Text, "Region\t1961\t1962\t1963\t1964\nBrazil\t16.5646\t") || c.What != "2 rows" {
		t.Errorf("%+v", c)
	}
}

func TestExportedCSVReadsBack(t *testing.T) {
	f := openWorld(t, "Iran, Islamic Republic of", "China")
	press(t, f, "right", "s")
	var out bytes.Buffer
	if err := f.Export("csv", &out); err != nil {
		t.Fatal(err)
	}
	got, err := csv.NewReader(&out).ReadAll()
	want := [][]string{
		{"Region", "1961", "1962", "1963", "1964"},
		{"China", "58.34074", "60.69086", "63.9427", "68.4626"},
		{"Iran, Islamic Republic of", "2.99764", "3.098577", "3.06763", ""},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%q %v", got, err)
	}
	out.Reset()
	if err := f.Export("csv", &out); err != nil {
		t.Fatal(err)
	}
	back, err := data.ReadTable(t.Context(), "back.csv", out.Bytes())
	if err != nil || back.Value(1, 1) != 3.098577 || back.Regions[1] != "Iran, Islamic Republic of" {
		t.Errorf("%+v %v", back, err)
	}
}

func TestExportedJSON(t *testing.T) {
	f := openWorld(t, "Iran, Islamic Republic of")
	var out bytes.Buffer
	if err := f.Export("json", &out); err != nil {
		t.Fatal(err)
	}
	var got []struct {
		Region string
		Values map[string]*float64
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil || len(got) != 1 || got[0].Region != "Iran, Islamic Republic of" || *got[0].Values["1961"] != 2.99764 || got[0].Values["1964"] != nil {
		t.Errorf("%s %v", out.String(), err)
	}
	if err := f.Export("png", &out); !errors.Is(err, page.ErrFormat) {
		t.Errorf("%v", err)
	}
}

func TestSaveTellsWhere(t *testing.T) {
	f := openWorld(t)
	msgs := press(t, f, "e")
	if n, ok := msgs[len(msgs)-1].(page.Notice); !ok || n.Text != "Saved /exports/agriculture.csv" {
		t.Errorf("%v", msgs)
	}
	f.env.Save = func(string, []byte) (string, error) { return "", errors.New("the disk is full") }
	msgs = press(t, f, "e")
	if n, ok := msgs[len(msgs)-1].(page.Failed); !ok || !strings.Contains(n.Err.Error(), "disk is full") {
		t.Errorf("%v", msgs)
	}
}

func TestTrendShowsTheShape(t *testing.T) {
	nan := math.NaN()
	cases := map[string]struct {
		values []float64
		want   string
	}{
		"rising":     {[]float64{0, 1, 2, 3, 4, 5, 6, 7, 8}, "▁▃▅▇"},
		"flat":       {[]float64{5, 5, 5, 5}, "▄▄▄▄"},
		"gap":        {[]float64{1, nan, nan, 8}, "▁  █"},
		"few values": {[]float64{1, 2}, "▁▁██"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := trend(c.values, 4); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestNumbersAsPeopleReadThem(t *testing.T) {
	billions := measureOf(data.AgricultureUnit, data.Origin{})
	own := measureOf(data.Unit{}, data.Origin{Name: "x"})
	for want, got := range map[string]string{
		"58.3407": billions.text(58.34074), "1,026.8823": billions.text(1026.8823), "–": billions.text(math.NaN()),
		"0.0000": billions.text(0), "-1,234,567.5": own.text(-1234567.5), "7": own.text(7),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// One table has the same decimals everywhere, as many as its smallest region
// needs; columns of different kinds have their own.
func TestDecimalsOfATable(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"large":     {"Region,1961\nA,58340740\nB,1026882300\n", "58.34 1,026.88"},
		"with less": {"Region,1961\nA,58340740\nB,512345\n", "58.341 0.512"},
		"tiny":      {"Region,1961\nA,58340740\nB,12\n", "58.3407 0.0000"},
		"nothing":   {"Region,1961\nA,0\nB,\n", "0.00 –"},
		"own":       {"name,a\nA,1.5\nB,1234.25\n", "1.50 1,234.25"},
		"whole":     {"name,a\nA,15\nB,7\n", "15 7"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			f := openWith(t, fake{now: table(t, data.Live, tt.text)}, "A", "B")
			if got := f.regions.rows[0].texts[1] + " " + f.regions.rows[1].texts[1]; got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
			if f.regions.years != nil && !strings.Contains(view(f), " "+strings.Fields(tt.want)[0]) {
				t.Errorf("%s is not shown", tt.want)
			}
		})
	}
}
