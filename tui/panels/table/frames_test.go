package table_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/tui/theme"
)

// weather is a file of a year and a half, with a column that is half empty.
func weather() string {
	var b strings.Builder
	b.WriteString("date,rain,temp,wind,weather,station,ok\n")
	kinds := []string{"rain", "sun", "sun", "fog", "rain", "snow", "sun"}
	for i := range 500 {
		day := fmt.Sprintf("%d-%02d-%02d", 2012+i/372, 1+i/31%12, 1+i%28)
		rain := fmt.Sprintf("%d.%d", max(i*7%23-12, 0), max(i*7%23-12, 0)%10)
		wind := ""
		if i%3 == 0 {
			wind = fmt.Sprintf("%d.5", i%9)
		}
		fmt.Fprintf(&b, "%s,%s,%d.%d,%s,%s,S%04d,%t\n", day, rain, (i*i)%31-5, i%10, wind, kinds[i%7], i, i%5 != 0)
	}
	return b.String()
}

func TestFrames(t *testing.T) {
	tests := map[string]struct {
		o    options
		keys []string
	}{
		"a file alone":             {options{own: true, w: 80, h: 18}, nil},
		"a file alone, wide":       {options{own: true, w: 160, h: 20}, []string{"right", "s"}},
		"a file alone, small":      {options{own: true, w: 40, h: 12}, nil},
		"the list in a narrow one": {options{own: true, w: 80, h: 14}, []string{"I"}},
		"a column in full":         {options{own: true, w: 80, h: 30}, []string{"right", "right", "i"}},
		"a panel":                  {options{w: 100, h: 12}, []string{"right", "right", "shift+down"}},
		"a panel, small":           {options{w: 40, h: 10}, []string{"right"}},
		"a profile in ASCII":       {options{own: true, w: 140, h: 14, ascii: true}, []string{"right", "S", "right", "S", "S"}},
		"the where line":           {options{own: true, w: 80, h: 14}, []string{"w", "w", "tab", "=", "tab"}},
		"what is wrong in it":      {options{w: 80, h: 12}, []string{"w", "t", "e", "m", "p", " ", ">", " ", "x"}},
		"values":                   {options{own: true, w: 80, h: 14}, []string{"end", "left", "left", "v", "down", " "}},
		"values across":            {options{own: true, w: 90, h: 14}, []string{"end", "left", "left", "v", "b", "o", "k", "enter", "a", "m", "t", "e", "m", "p", "enter"}},
		"values in bins, small":    {options{w: 40, h: 12}, []string{"right", "right", "v"}},
		"filtered and sorted":      {options{own: true, w: 100, h: 12}, []string{"end", "left", "left", "v", "enter", "home", "right", "s", "s"}},
		"the type menu":            {options{w: 80, h: 14}, []string{"t"}},
		"the export menu":          {options{own: true, w: 60, h: 14}, []string{"e"}},
		"with an index": {options{w: 80, h: 10, spec: dashboard.Table{
			Columns: []dashboard.TableColumn{{Name: "rain", Label: "Rain", Unit: "mm", Rules: []dashboard.Rule{{Op: "ge", Value: "5", Color: "warn"}}}, {Name: "temp", Format: "+.1f"}, {Name: "weather"}},
			Index:   []string{"station"}, Sort: []string{"-rain", "temp"},
		}}, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			d := open(t, read(t, weather()), tt.o)
			d.press(tt.keys...)
			golden.RequireEqual(t, []byte(d.frame()))
		})
	}
}

func TestEveryGlyphIsASCIIWhereNothingElseIs(t *testing.T) {
	d := open(t, read(t, weather()), options{own: true, w: 140, h: 20, ascii: true})
	for _, keys := range [][]string{{}, {"s"}, {"i"}, {"esc", "e"}, {"esc", "o"}} {
		d.press(keys...)
		if d.env.Theme.Glyphs != theme.ASCII {
			t.Fatal("the theme is no ASCII")
		}
		for _, r := range d.frame() {
			if r > '~' {
				t.Fatalf("after %q there is a %q in\n%s", keys, r, d.frame())
			}
		}
	}
}
