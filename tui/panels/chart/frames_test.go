package chart_test

import (
	"fmt"
	"math"
	"os"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/panels/chart"
)

// Dates without a zone are those of where one is: here of one place.
func TestMain(m *testing.M) {
	time.Local = time.UTC
	os.Exit(m.Run())
}

// weather is 120 days of three cities.
func weather() frame.Frame {
	var day, city, sky, temp, rain frame.Vector
	day.Reset(frame.Date)
	city.Reset(frame.Text)
	sky.Reset(frame.Text)
	temp.Reset(frame.Number)
	rain.Reset(frame.Number)
	for d := range int64(120) {
		for i, name := range []string{"Bergen", "Lyon", "Porto"} {
			day.AppendInt(frame.Days(2024, 1, 1) + d)
			city.AppendString(name)
			sky.AppendString([]string{"sun", "rain", "fog", "snow"}[(int(d)*7+i*3)%11%4])
			temp.AppendFloat(math.Round(10*(5*float64(i)+float64(d)/8+4*math.Sin(float64(d)/6+float64(i)))) / 10)
			if d%17 == 3 {
				rain.AppendNull()
			} else {
				rain.AppendFloat(math.Round(10*math.Abs(math.Sin(float64(d*int64(i+2)))*9)) / 10)
			}
		}
	}
	names := []string{"day", "city", "sky", "temp", "rain"}
	cols := make([]frame.Column, len(names))
	for i, n := range names {
		cols[i].Name = n
	}
	return frame.New(frame.Origin{}, cols, []frame.Vector{day, city, sky, temp, rain})
}

// forms are the kinds of charts that people make most.
func forms() map[string]any {
	return map[string]any{
		"lines":          inline(`{"mark": "line", "encoding": {"x": {"field": "day", "type": "temporal"}, "y": {"field": "temp", "type": "quantitative"}, "color": {"field": "city"}}}`),
		"areas stacked":  inline(`{"mark": "area", "encoding": {"x": {"field": "day", "type": "temporal"}, "y": {"field": "rain", "type": "quantitative", "aggregate": "sum"}, "color": {"field": "city"}}}`),
		"areas overlaid": inline(`{"mark": {"type": "area", "opacity": 0.3}, "encoding": {"x": {"field": "day", "type": "temporal"}, "y": {"field": "temp", "type": "quantitative", "stack": null}, "color": {"field": "city"}}}`),
		"bars upright":   inline(`{"mark": "bar", "encoding": {"x": {"field": "sky"}, "y": {"aggregate": "count"}, "color": {"field": "city"}}}`),
		"bars lying":     inline(`{"mark": "bar", "encoding": {"y": {"field": "sky", "sort": "-x"}, "x": {"aggregate": "mean", "field": "rain"}}}`),
		"bars beside":    inline(`{"mark": "bar", "encoding": {"x": {"field": "sky"}, "xOffset": {"field": "city"}, "y": {"aggregate": "mean", "field": "temp"}, "color": {"field": "city"}}}`),
		"points":         inline(`{"mark": "point", "encoding": {"x": {"field": "temp", "type": "quantitative"}, "y": {"field": "rain", "type": "quantitative"}, "color": {"field": "city"}}}`),
		"heat map":       inline(`{"mark": "rect", "encoding": {"x": {"field": "sky"}, "y": {"field": "city"}, "color": {"aggregate": "mean", "field": "temp", "type": "quantitative"}}}`),
		"histogram":      inline(`{"mark": "bar", "encoding": {"x": {"field": "temp", "bin": {"maxbins": 20}}, "y": {"aggregate": "count"}}}`),
		"facets":         inline(`{"mark": "line", "encoding": {"x": {"field": "day", "type": "temporal"}, "y": {"field": "temp", "type": "quantitative"}, "column": {"field": "city"}}}`),
		"pie":            inline(`{"mark": "arc", "encoding": {"theta": {"aggregate": "count"}, "color": {"field": "sky"}}}`),
		"months":         inline(`{"mark": "bar", "encoding": {"x": {"timeUnit": "yearmonth", "field": "day"}, "y": {"aggregate": "sum", "field": "rain"}}}`),
		"box plot":       inline(`{"mark": "boxplot", "encoding": {"y": {"field": "city"}, "x": {"field": "temp", "type": "quantitative"}}}`),
		"gaps":           inline(`{"transform": [{"filter": "datum.city == 'Lyon'"}], "mark": {"type": "line", "interpolate": "monotone"}, "encoding": {"x": {"field": "day", "type": "temporal"}, "y": {"field": "rain", "type": "quantitative"}}}`),
		"short form":     &dashboard.Chart{Source: "w", X: "day", Y: []string{"temp"}, Color: []string{"city"}},
	}
}

func TestFrames(t *testing.T) {
	for name, spec := range forms() {
		for _, s := range [][2]int{{80, 22}, {40, 12}} {
			t.Run(fmt.Sprintf("%s %dx%d", name, s[0], s[1]), func(t *testing.T) {
				p := chart.New(env(t, spec))
				pagetest.Open(t, p, s[0], s[1])
				pagetest.Settle(t, p.Update, p.Update(figures("w", weather())))
				pagetest.Press(t, p, "home", "right", "right")
				shown := pagetest.View(pagetest.Env(t), p, s[0], s[1])
				pagetest.Fits(t, shown, s[0], s[1])
				golden.RequireEqual(t, shown)
			})
		}
	}
}
