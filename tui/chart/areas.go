package chart

import (
	"math"
	"sort"
	"strings"

	"github.com/authtabs/tabgate/tui/cell"
)

// Area is one named series of an area chart: a value for each x, NaN for
// none.
type Area struct {
	Name   string
	Values []float64
}

// Areas is an area chart that is not stacked: every area goes down to zero,
// and each is laid over those before it with the same opacity.
type Areas struct {
	Title    string // above the plot, with the unit: "Gross … ($B)"
	XTitle   string // below, "" for none
	X        []float64
	Series   []Area
	Opacity  float64 // 0 is Streamlit's 0.3
	Cursor   int     // index into X that the cursor is at, -1 for none
	Emphasis int     // series to be brighter and outlined, -1 for none
	Decimals int     // of the values that are written out
}

const (
	defaultOpacity  = 0.3
	emphasisOpacity = 0.55
)

// Draw draws into a part of a grid whose background is painted already, and
// says where the data went. Where colours do not suffice, lines of letters
// take the place of areas.
func (a Areas) Draw(g *cell.Grid, r Rect, l Look) Plot {
	p, y, direct, bottom := a.layout(r)
	if p.W < 1 || p.H < 1 {
		return Plot{}
	}
	if p.Y > r.Y {
		g.Text(p.X, r.Y, cell.Cut(a.Title, r.X+r.W-p.X), l.Text, cell.Bold)
	}
	below := Rect{X: r.X, Y: r.Y, W: p.X + p.W - r.X + min(2, r.X+r.W-p.X-p.W), H: bottom - r.Y}
	p.draw(g, xAxis(p, below, placeLabels), y, below, l)
	if w := cell.Width(a.XTitle); a.XTitle != "" && p.Y+p.H+1 < bottom && w <= p.W {
		g.Text(p.X+(p.W-w)/2, p.Y+p.H+1, a.XTitle, l.Muted, 0)
	}
	if l.fills() {
		a.fill(g, p, l)
	} else {
		a.letters(g, p, l)
	}
	if direct {
		a.direct(g, p, r, l)
	} else {
		a.legend(g, Rect{X: r.X, Y: bottom, W: r.W, H: r.Y + r.H - bottom}, l)
	}
	if a.Cursor >= 0 && a.Cursor < len(a.X) {
		a.cursor(g, p, l)
	}
	return p
}

// layout divides r: title, plot, labels and title of x, legend. Direct is
// whether the names stand at the right end in place of a legend; bottom is
// the first row of the legend.
func (a Areas) layout(r Rect) (p Plot, y axis, direct bool, bottom int) {
	p = Plot{Rect: r}
	if n := len(a.X); n > 0 {
		p.XLo, p.XHi = a.X[0], a.X[n-1]
	}
	direct = a.fitsDirect(r)
	if !direct {
		p.H -= min(a.legendRows(r.W), max(0, r.H/3))
	}
	bottom = r.Y + p.H
	if p.H >= 6 {
		p.Y, p.H = p.Y+1, p.H-1
	}
	if p.H >= heightForAxis {
		p.H--
	}
	if a.XTitle != "" && p.H >= 10 {
		p.H--
	}
	lo, hi := a.bounds()
	scale := yAxis(lo, hi, p.H)
	p.YLo, p.YHi = scale.lo, scale.hi
	if left := scale.width() + 1; left < r.W/2 {
		p.X, p.W = p.X+left, p.W-left
	}
	if direct {
		p.W -= a.directWidth() + 1
	} else if p.W > 20 {
		p.W-- // room for half of the last label
	}
	return p, scale.axis, direct, bottom
}

// bounds returns the domain of y over all series.
func (a Areas) bounds() (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, s := range a.Series {
		for _, v := range s.Values {
			if finite(v) {
				lo, hi = min(lo, v), max(hi, v)
			}
		}
	}
	return Domain(lo, hi)
}

// placeLabels are for years and for the places of rows: years are whole
// numbers without separators, what is beyond any year has them.
func placeLabels(ticks []float64) []string {
	const beyondYears = 10_000
	out := Labels(ticks)
	for i, v := range ticks {
		if math.Abs(v) < beyondYears && math.Abs(ticks[len(ticks)-1]) < beyondYears {
			out[i] = strings.ReplaceAll(out[i], ",", "")
		}
	}
	return out
}

// at returns the value of series i at x, between two points on the straight
// line from one to the other; NaN where a neighbour is missing.
func (a Areas) at(i int, x float64) float64 {
	values := a.Series[i].Values
	n := min(len(a.X), len(values))
	if n == 0 {
		return math.NaN()
	}
	switch k := sort.SearchFloat64s(a.X[:n], x); {
	case k == n:
		return values[n-1]
	case k == 0 || a.X[k] == x:
		return values[k]
	default:
		t := (x - a.X[k-1]) / (a.X[k] - a.X[k-1])
		return values[k-1]*(1-t) + values[k]*t
	}
}

// letters draws each series as a row of its letter: the first over the
// others, and the emphasised one over all.
func (a Areas) letters(g *cell.Grid, p Plot, l Look) {
	for i := len(a.Series) - 1; i >= 0; i-- {
		if i != a.Emphasis {
			a.lettered(g, p, i, 0, l)
		}
	}
	if a.Emphasis >= 0 && a.Emphasis < len(a.Series) {
		a.lettered(g, p, a.Emphasis, cell.Bold, l)
	}
}

func (a Areas) lettered(g *cell.Grid, p Plot, i int, attr cell.Attr, l Look) {
	for col := p.X; col < p.X+p.W; col++ {
		v := a.at(i, p.Value(col))
		if !finite(v) || !p.Contains(col, p.Row(v)) {
			continue
		}
		if c := g.At(col, p.Row(v)); c != nil {
			c.Put(Letter(i), l.Color(i), attr)
		}
	}
}
