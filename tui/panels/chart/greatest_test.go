package chart_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/panels"
)

// shops are n shops over four days; the later ones sell more.
func shops(n int) frame.Frame {
	var day, shop, amount frame.Vector
	day.Reset(frame.Date)
	shop.Reset(frame.Text)
	amount.Reset(frame.Integer)
	for i := range int64(n) {
		for d := range int64(4) {
			day.AppendInt(frame.Days(2024, 3, 1) + d)
			shop.AppendString(fmt.Sprintf("shop %05d", i))
			amount.AppendInt(i + d)
		}
	}
	return frame.New(frame.Origin{}, []frame.Column{{Name: "day"}, {Name: "shop"}, {Name: "amount"}}, []frame.Vector{day, shop, amount})
}

const (
	byShop = `{"mark": "%s", "encoding": {"x": {"field": "day", "type": "temporal"}, "y": {"field": "amount", "type": "quantitative"}, "color": {"field": "shop"}}}`
	ofShop = `{"mark": "bar", "encoding": {"y": {"field": "shop", "sort": "-x"}, "x": {"aggregate": "sum", "field": "amount"}}}`
)

func TestTheGreatestOfTooManyValuesAreTold(t *testing.T) {
	for name, spec := range map[string]any{
		"bars in colours": inline(fmt.Sprintf(byShop, "bar")),
		"lines":           inline(fmt.Sprintf(byShop, "line")),
		"areas":           inline(fmt.Sprintf(byShop, "area")),
		"names":           inline(ofShop),
		"the short form":  &dashboard.Chart{Source: "s", X: "day", Y: []string{"amount"}, Color: []string{"shop"}},
	} {
		t.Run(name, func(t *testing.T) {
			golden.RequireEqual(t, []byte(view(t, opened(t, spec, figures("s", shops(10_000))))))
		})
	}
}

func TestWhatIsTakenTogetherIsNothingElse(t *testing.T) {
	for name, c := range map[string]struct {
		spec string
		n    int
		want string // "" = all are told apart
	}{
		"a few more colours than a palette has": {fmt.Sprintf(byShop, "line"), 20, ""},
		"more of them":                          {fmt.Sprintf(byShop, "line"), 21, "9 greatest of 21 values of shop, the others together (o: all)"},
		"names that scroll":                     {ofShop, 100, ""},
		"more names":                            {ofShop, 101, "30 greatest of 101 values of shop"},
		"where a transform may ask for any":     {strings.Replace(ofShop, `{"mark"`, `{"transform": [{"filter": "datum.amount > 0"}], "mark"`, 1), 200, ""},
		"where the page says the order":         {strings.Replace(ofShop, `"-x"`, `["shop 00003"]`, 1), 200, ""},
		"where it says the colours":             {strings.Replace(fmt.Sprintf(byShop, "line"), `"shop"`, `"shop", "scale": {"domain": ["shop 00001"]}`, 1), 200, ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := opened(t, inline(c.spec), figures("s", shops(c.n)))
			if shown := view(t, p); !strings.Contains(shown, c.want) || strings.Contains(shown, "greatest") != (c.want != "") {
				t.Errorf("%q is not what is said:\n%s", c.want, shown)
			}
		})
	}
}

// Large figures are looked at in places first: values that stand together are
// found there, too.
func TestTheValuesOfLargeSortedFiguresAreFound(t *testing.T) {
	var x, shop frame.Vector
	x.Reset(frame.Integer)
	shop.Reset(frame.Text)
	for i := range int64(90_000) {
		x.AppendInt(i % 50)
		shop.AppendString(fmt.Sprintf("shop %02d", i/3000))
	}
	f := frame.New(frame.Origin{}, []frame.Column{{Name: "x"}, {Name: "shop"}}, []frame.Vector{x, shop})
	p := opened(t, inline(`{"mark": "bar", "encoding": {"x": {"field": "x"}, "y": {"aggregate": "count"}, "color": {"field": "shop"}}}`), figures("s", f))
	wants(t, p, "9 greatest of 30 values of shop", "others (21)")
}

func TestAllValuesAreShownWhereTheyAreWanted(t *testing.T) {
	p := opened(t, inline(fmt.Sprintf(byShop, "bar")), figures("s", shops(50)))
	wants(t, p, "shop 00049", "others (41)", "9 greatest of 50")
	pagetest.Press(t, p, "o")
	wants(t, p, "[ ] all values, however many")
	pagetest.Press(t, p, " ", "esc")
	wants(t, p, "50 series share 10 colours", "shop 00000")
	pagetest.Press(t, p, "o", " ", "esc")
	wants(t, p, "others (41)")
}

func TestTheRowsOfTheOthersAreTheirs(t *testing.T) {
	p := opened(t, inline(ofShop), figures("s", shops(101)))
	for _, c := range []struct {
		key, op string
		values  int
	}{{"home", "eq", 1}, {"end", "not_in", 30}} {
		_, msgs := pagetest.Press(t, p, c.key, "enter")
		d, ok := msgs[len(msgs)-1].(panels.Detail)
		if !ok || d.Where[0].Field != "shop" || string(d.Where[0].Op) != c.op || len(d.Where[0].Values) != c.values {
			t.Fatalf("%s: %+v", c.key, msgs)
		}
		if errs := query.Check(d.Where, shops(1).Columns()); errs != nil {
			t.Errorf("%s: %v", c.key, errs)
		}
	}
}
