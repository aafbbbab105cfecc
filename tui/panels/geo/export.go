package geo

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/data/deck"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
)

// save writes an export and says where it is.
func (p *Panel) save(format string) tea.Cmd {
	name := fileName(p.title()) + "." + map[string]string{"csv": "csv", "json": "json", "svg": "svg", "ansi": "ans"}[format]
	return page.Export(p.env.Env, "the map", name, func(w io.Writer) error { return p.Export(format, w) })
}

// title is what the map is called.
func (p *Panel) title() string { return cmp.Or(p.env.Panel.Title, p.env.Panel.Name, "map") }

// fileName is a title as the name of a file.
func fileName(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') })
	name := strings.Join(words, "-")
	if name == "" {
		name = "map"
	}
	return name[:min(len(name), 60)]
}

// ErrNotYet says that a map was not drawn yet: it waits for figures.
var ErrNotYet = errors.New("there is no map yet: wait until its figures are loaded, or press r to try again")

// Export writes the figures of the map as csv or json, or the map as svg or ansi.
func (p *Panel) Export(format string, w io.Writer) error {
	if p.figs == nil {
		if p.work.err != nil {
			return p.work.err
		}
		return ErrNotYet
	}
	switch {
	case format == "csv" && p.deck != nil:
		return p.exportRows(w)
	case format == "json" && p.deck != nil:
		return json.NewEncoder(w).Encode(documentOf(p.figs, p.camera.view))
	case format == "csv":
		return frame.WriteCSV(p.ctx(), p.figs.rows, w)
	case format == "json":
		return frame.WriteJSON(p.ctx(), p.figs.rows, w)
	case format == "svg", format == "ansi":
		g := cell.NewGrid(p.w, p.h)
		p.paint(g, termenv.TrueColor)
		p.stale = true // what was drawn before is to be clicked
		return page.Picture(w, format, cmp.Or(p.figs.scene.Deck.Title, p.title()), g, p.env.Theme)
	}
	return page.ErrFormat
}

// exportRows writes the bins of a map as csv, of one that shows none the rows of
// its only source.
func (p *Panel) exportRows(w io.Writer) error {
	var bins *deck.Bins
	for i, l := range p.figs.scene.Deck.Layers {
		if l.Bins != nil && (bins == nil || p.figs.shown(i)) {
			bins = l.Bins
			if p.figs.shown(i) {
				return writeBins(w, bins)
			}
		}
	}
	if len(p.deck.Names) == 1 {
		rows := p.all.Sources[p.deck.Names[0]].Rows
		if rows == nil {
			return errors.New("there are no rows yet")
		}
		return frame.WriteCSV(p.ctx(), rows, w)
	}
	if bins == nil {
		return errors.New("a map of several sources, or of its own data, has no one table: export it as JSON")
	}
	return writeBins(w, bins)
}

// inOrder are bins in the order of their lattice: south to north, then west to
// east.
func inOrder(b *deck.Bins) []deck.Bin {
	out := slices.Clone(b.Bins)
	slices.SortStableFunc(out, func(a, b deck.Bin) int {
		return cmp.Or(cmp.Compare(a.At.Lat, b.At.Lat), cmp.Compare(a.At.Lon, b.At.Lon))
	})
	return out
}

// writeBins writes bins, with their value where it is not their count.
func writeBins(w io.Writer, b *deck.Bins) error {
	bins := inOrder(b)
	valued := slices.ContainsFunc(bins, func(c deck.Bin) bool { return c.ColorValue != float64(c.Count) })
	out := csv.NewWriter(w)
	heading := []string{"lon", "lat", "count", "class", "elevation_m"}
	if valued {
		heading = append(heading, "value")
	}
	_ = out.Write(heading)
	for i := range bins {
		c := &bins[i]
		row := []string{
			strconv.FormatFloat(c.At.Lon, 'f', 6, 64), strconv.FormatFloat(c.At.Lat, 'f', 6, 64),
			strconv.Itoa(c.Count), strconv.Itoa(c.Class), strconv.FormatFloat(c.Elevation, 'f', 2, 64),
		}
		if valued {
			row = append(row, strconv.FormatFloat(c.ColorValue, 'g', -1, 64))
		}
		_ = out.Write(row)
	}
	out.Flush()
	return out.Error()
}
