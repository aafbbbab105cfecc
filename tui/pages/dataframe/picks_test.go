package dataframe

import (
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/sheet"
)

func TestTheDemoStartsWithItsTwoCountries(t *testing.T) {
	f := openWorld(t)
	if got := rowNames(f); got != "China|United States of America" {
		t.Error(got)
	}
	wantText(t, f, "58.34", "94.32", "Gross Agricultural Production ($B)")
}

func TestFuzzySearchFindsCountries(t *testing.T) {
	names := []string{"Austria", "Russian Federation", "South Africa", "United Kingdom", "United States", "United States of America", "Iran, Islamic Republic of", "Korea, Republic of"}
	cases := map[string]struct {
		query, first string
		none         bool
	}{
		"initials":          {query: "usa", first: "United States of America"},
		"two words begun":   {query: "uni st", first: "United States"},
		"in any case":       {query: "AUS", first: "Austria"},
		"letters apart":     {query: "sthafr", first: "South Africa"},
		"initials of a few": {query: "uk", first: "United Kingdom"},
		"nothing fits":      {query: "zzz", none: true},
		"blanks around":     {query: " iran ", first: "Iran, Islamic Republic of"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p := picks{}
			p.setOptions(names)
			p.typed(typing(c.query))
			switch {
			case c.none && len(p.found) > 0:
				t.Errorf("found %v", p.found)
			case !c.none && (len(p.found) == 0 || p.found[0].name != c.first):
				t.Errorf("found %v, want %q first", p.found, c.first)
			}
		})
	}
}

func TestTheDropdownStaysOpenAndShowsWhatIsLeft(t *testing.T) {
	f := openWorld(t)
	press(t, f, "c")
	if !f.Capturing() {
		t.Fatal("the dropdown does not take the keys")
	}
	press(t, f, "b", "r", "a", "enter")
	if got := rowNames(f); got != "Brazil|China|United States of America" || !f.choosing || !f.regions.field.Empty() {
		t.Errorf("%s, choosing %v, query %q", got, f.choosing, &f.regions.field)
	}
	if slices.ContainsFunc(f.regions.picks.found, func(c choice) bool { return c.name == "Brazil" }) {
		t.Error("a chosen country is still offered")
	}
	press(t, f, "z", "z", "z")
	wantText(t, f, "No results")
	press(t, f, "enter", "backspace", "backspace", "backspace", "down", "enter", "esc")
	if got := rowNames(f); got != "Brazil|China|France|United States of America" || f.Capturing() {
		t.Error(got)
	}
}

func TestBackspaceRemovesTheLastChosen(t *testing.T) {
	f := openWorld(t, "France", "China", "Brazil")
	press(t, f, "backspace")
	if !slices.Equal(f.regions.picked, []string{"France", "China"}) {
		t.Error(f.regions.picked)
	}
	press(t, f, "c", "backspace")
	if !slices.Equal(f.regions.picked, []string{"France"}) || !f.choosing {
		t.Error(f.regions.picked)
	}
	press(t, f, "x", "backspace", "backspace", "backspace")
	wantText(t, f, "Please select at least one country.")
	wantNoText(t, f, "Gross Agricultural")
}

func TestClearAllAsksForACountry(t *testing.T) {
	f := openWorld(t)
	press(t, f, "x")
	wantText(t, f, "Please select at least one country.")
	press(t, f, "right", "s", "y", "e", "n", "G", "/", "f")
	wantText(t, f, "Please select at least one country.")
	press(t, f, "c", "enter")
	wantNoText(t, f, "Please select")
}

func TestTheMouseChoosesAndRemoves(t *testing.T) {
	f := openWorld(t)
	clickOn(t, f, "China ×")
	if got := rowNames(f); got != "United States of America" {
		t.Fatal(got)
	}
	clickOn(t, f, "c choose")
	clickOn(t, f, "Brazil")
	if got := rowNames(f); got != "Brazil|United States of America" || !f.choosing {
		t.Errorf("%s, choosing %v", got, f.choosing)
	}
	clickOn(t, f, "clear all")
	if len(f.regions.picked) != 0 || !f.choosing {
		t.Error("clear all did not clear, or it closed the dropdown")
	}
	clickAt(t, f, 95, 25)
	if f.choosing {
		t.Error("a click outside does not close the dropdown")
	}
}

func TestCountriesOfTheOptions(t *testing.T) {
	cases := map[string]struct {
		names []string
		want  string
		fails string
	}{
		"as they are named":          {[]string{"France", "Brazil"}, "Brazil|France", ""},
		"in any case":                {[]string{"france"}, "France", ""},
		"by the other file's name":   {[]string{"United States"}, "United States of America", ""},
		"split at their comma":       {[]string{"France", "Iran", " Islamic Republic of"}, "France|Iran, Islamic Republic of", ""},
		"twice":                      {[]string{"France", "FRANCE"}, "France", ""},
		"one that does not exist":    {[]string{"France", "Brasil"}, "France", "Brasil"},
		"one that is nearly spelled": {[]string{"Brzil"}, "", "did you mean Brazil?"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			f := openWorld(t, c.names...)
			if got := rowNames(f); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
			_, missing := resolve(f.regions.table, c.names)
			if (c.fails != "") != (len(missing) > 0) {
				t.Errorf("missing %v", missing)
			}
			if c.fails != "" && !strings.Contains(noSuchRegion(f.regions.table.Regions, missing[0]).Error(), c.fails) {
				t.Error(noSuchRegion(f.regions.table.Regions, missing[0]))
			}
		})
	}
}

func TestAWrongCountryIsToldInTheFooter(t *testing.T) {
	f := newPage(openWorld(t).env, fake{now: table(t, "live", world)}, Options{Countries: []string{"Brzil"}})
	f.SetSize(80, 24)
	cmd := f.Update(f.Init()())
	if failed, ok := cmd().(page.Failed); !ok || !strings.Contains(failed.Err.Error(), "Brazil") {
		t.Errorf("%v", failed)
	}
}

func TestTheQueryTakesWhatIsPasted(t *testing.T) {
	f := openWorld(t)
	press(t, f, "c")
	f.Update(typing("a\nb\x1b[31m\t" + strings.Repeat("x", 100)))
	if got := f.regions.field.String(); strings.ContainsAny(got, "\x1b\n\t") || len(got) != sheet.MaxQuery {
		t.Errorf("%q", got)
	}
}

// typing is text that is typed or pasted at once.
func typing(text string) tea.KeyMsg { return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text)} }
