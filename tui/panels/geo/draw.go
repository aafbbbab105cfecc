package geo

import (
	"context"
	"fmt"
	"strings"

	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/mapview"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/theme"
)

// Draw draws the panel into g.
func (p *Panel) Draw(g *cell.Grid) bool {
	if !g.Redraw(p, !p.drawn) {
		return false
	}
	p.drawn = true
	g.Fill(p.env.Theme.Background)
	if text, color := p.excuse(); text != "" {
		for i, line := range page.Wrap(text, g.W-2) {
			g.Text(1, i, line, color, 0)
		}
		return true
	}
	p.draw(g, p.frame())
	if p.env.Theme.Renderer.ColorProfile() == termenv.ANSI256 {
		pin(&p.pins, p.env.Theme)
		p.pins.Reduce(g)
	}
	return true
}

// pinned are the 256-colour indices of water and land, which on the dark theme
// are both nearest to greys.
var pinned = map[bool][2]uint8{true: {17, 235}, false: {152, 254}}

// pin chooses the indices of the map's colours for a theme.
func pin(p *cell.Target, t *theme.Theme) {
	p.Profile = termenv.ANSI256
	p.Unpin()
	p.Pin(t.Map.Water, pinned[t.Dark][0])
	p.Pin(t.Map.Land, pinned[t.Dark][1])
}

// excuse says why there is no map; "" = there is one.
func (p *Panel) excuse() (string, cell.RGB) {
	t := p.env.Theme
	switch {
	case p.figs != nil && p.figs.none() && !p.box.open && p.figs.switches.required != "":
		return p.figs.switches.required, t.Muted
	case p.data.Required != "":
		return p.data.Required, t.Muted
	case p.work.err != nil:
		return session.Clean(p.work.err.Error(), 400), t.Bad
	case p.data.Err != nil && p.figs == nil:
		return session.Clean(p.data.Err.Error(), 400), t.Bad
	case p.data.Waiting != "":
		return p.data.Waiting, t.Muted
	case p.figs == nil:
		return "reading…", t.Muted
	}
	return "", t.Muted
}

// draw draws the map, its legend and what is read out.
func (p *Panel) draw(g *cell.Grid, f *mapview.Frame) {
	t := p.env.Theme
	p.painter.Paint(g, p.area, f)
	p.legend(g, p.area.W, g.W-p.area.W)
	p.bar(g)
	if p.box.open {
		p.boxed = p.box.draw(g, p.figs, p.area, t)
	}
	if p.area.H < g.H {
		p.line(g, g.H-1)
	} else if p.pick().OK || p.menu {
		g.Rect(0, g.H-1, g.W, 1, t.Background)
		p.line(g, g.H-1)
	}
}

// place decides where the map is: its legend stands at the right, and a line of
// words below.
func (p *Panel) place() {
	if p.figs == nil {
		return
	}
	words := 0
	if p.h >= 6 {
		words = 1
	}
	p.area = cell.Rect{W: p.w - p.legendWidth(p.w, p.h-words), H: p.h - words}
}

// summary says what the map holds.
func (f *figures) summary() string {
	layers := f.scene.Deck.Layers
	if f.lat >= 0 {
		return mapview.Count(len(layers[0].Circles)) + " places"
	}
	shown, refused := 0, 0
	for i, l := range layers {
		if l.Refused != "" {
			refused++
		} else if !f.hidden[i] {
			shown++
		}
	}
	text := fmt.Sprintf("%d of %d layers", shown, len(layers))
	if refused > 0 {
		text += fmt.Sprintf(" · %d cannot be drawn: the notes say why", refused)
	}
	return text
}

// legendOf are the colours that the legend explains.
func (f *figures) legendOf() (string, []class) {
	if f.lat >= 0 {
		return f.title, f.classes
	}
	return f.binClasses()
}

// legendWidth is how many cells the legend takes at the right.
func (p *Panel) legendWidth(w, h int) int {
	title, classes := p.figs.legendOf()
	if len(classes) == 0 || w < 48 || h < 4 {
		return 0
	}
	widest := cell.Width(title)
	for _, c := range classes {
		widest = max(widest, cell.Width(session.Clean(c.name, 40))+4+len(mapview.Count(c.count)))
	}
	return min(widest+2, w/3)
}

// legend tells which colour is which value, and how many rows have it.
func (p *Panel) legend(g *cell.Grid, x, w int) {
	if w <= 0 {
		return
	}
	t := p.env.Theme
	g.Rect(x, 0, w, g.H, t.Background)
	title, classes := p.figs.legendOf()
	g.Text(x+1, 0, cell.Cut(session.Clean(title, 60), w-2), t.Muted, 0)
	for i, c := range classes {
		if i+1 >= p.area.H {
			break
		}
		g.Text(x+1, i+1, mark(t), cell.Readable(c.color, t.Background, 3), 0)
		count := mapview.Count(c.count)
		g.Text(x+3, i+1, cell.Cut(session.Clean(c.name, 60), w-5-len(count)), t.Text, 0)
		g.Text(x+w-1-len(count), i+1, count, t.Muted, 0)
	}
}

func mark(t *theme.Theme) string {
	if t.Glyphs == theme.ASCII {
		return "o"
	}
	return "●"
}

// bar draws the scale, and where north is when the map is turned.
func (p *Panel) bar(g *cell.Grid) {
	t := p.env.Theme
	name, cells := mapview.ScaleBar(p.view, p.area)
	if p.area.W < 30 || p.area.H < 5 || cells <= 0 || cells > p.area.W/2 {
		return
	}
	line, north := "└"+strings.Repeat("─", max(cells-2, 0))+"┘", "N "+arrow(p.view.Bearing)
	if t.Glyphs == theme.ASCII {
		line, north = "|"+strings.Repeat("_", max(cells-2, 0))+"|", fmt.Sprintf("N %.0f deg", p.view.Bearing)
	}
	y := p.area.Y + p.area.H - 1
	over(g, t, 1, y, line+" "+name)
	if p.view.Bearing != 0 {
		over(g, t, 1, y-1, north)
	}
	if credit := "coast: Natural Earth"; p.area.W > cells+len(name)+len(credit)+8 {
		over(g, t, p.area.W-len(credit)-1, y, credit)
	}
}

// over writes over the map, on what it covers.
func over(g *cell.Grid, t *theme.Theme, x, y int, text string) {
	for i := range cell.Width(text) {
		if c := g.At(x+i, y); c != nil {
			c.BG = cell.FromRGB(cell.Mix(c.BG.RGB(), t.Background, 0.6))
		}
	}
	g.Text(x, y, text, t.Text, 0)
}

// arrow points to the north of a map that is turned.
func arrow(bearing float64) string {
	arrows := []rune("↑↖←↙↓↘→↗")
	return string(arrows[int(bearing/45+8.5)%8])
}

// line says what is read out, or what the map shows.
func (p *Panel) line(g *cell.Grid, y int) {
	t := p.env.Theme
	switch pick := p.pick(); {
	case p.menu:
		text := "export as: c CSV · j JSON · v SVG · a ANSI"
		if p.env.Linked {
			text += " · l command line"
		}
		g.Text(0, y, cell.Cut(text+" · esc back", g.W), t.Text, 0)
	case pick.OK:
		g.Text(0, y, cell.Cut(p.figs.words(p.ctx(), pick, p.view.Zoom), g.W), t.Text, cell.Bold)
	default:
		text := p.figs.summary()
		if told := p.figs.told(); told != "" {
			text += " · " + told
		}
		g.Text(0, y, cell.Cut(text, g.W), t.Muted, 0)
	}
}

// maxFields is how many fields of a row are read out.
const maxFields = 8

// words are the fields of the row of a place.
func (f *figures) words(ctx context.Context, pick mapview.Pick, zoom float64) string {
	item, at := f.scene.Item(pick)
	if f.lat < 0 {
		text := item.Hover
		if text == "" {
			text = describe(f.scene.Deck.Layers[pick.Layer], pick, item)
		}
		return session.Clean(strings.ReplaceAll(text, "\n", " · "), 400) + " · " + mapview.Coordinates(at.Lat, at.Lon, zoom)
	}
	columns := f.fields()
	b, err := frame.Rows(ctx, f.rows, columns, item.Row, 1)
	text := mapview.Coordinates(at.Lat, at.Lon, zoom)
	if err != nil || b.Len == 0 {
		return text
	}
	var parts []string
	for i, c := range columns {
		if b.Columns[i].IsNull(0) {
			continue
		}
		value := session.Clean(b.Columns[i].String(0), 60)
		if b.Columns[i].Type == frame.Text && len(parts) == 0 {
			parts = append(parts, value)
		} else {
			parts = append(parts, session.Clean(f.rows.Columns()[c].Name, 30)+" "+value)
		}
	}
	return strings.Join(append(parts, text), " · ")
}

// fields are the columns that are read out: text first, without the places.
func (f *figures) fields() (out []int) {
	for _, text := range []bool{true, false} {
		for i, c := range f.rows.Columns() {
			if i != f.lat && i != f.lon && (c.Type == frame.Text) == text && len(out) < maxFields {
				out = append(out, i)
			}
		}
	}
	return out
}

// trueColors is the profile of pictures that are saved.
const trueColors = termenv.TrueColor
