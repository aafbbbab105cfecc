package chart

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/data/vega/js"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/vegaview"
)

// save writes an export and says where it is.
func (p *Panel) save(format string) tea.Cmd {
	name := fileName(p.title()) + "." + map[string]string{"csv": "csv", "json": "json", "svg": "svg", "ansi": "ans"}[format]
	return page.Export(p.env.Env, "the chart", name, func(w io.Writer) error { return p.Export(format, w) })
}

// title is what the chart is called.
func (p *Panel) title() string {
	switch {
	case p.env.Panel.Title != "":
		return p.env.Panel.Title
	case p.env.Panel.Name != "":
		return p.env.Panel.Name
	case p.scene != nil && p.scene.Title != "":
		return p.scene.Title
	}
	return "chart"
}

// fileName is a title as the name of a file.
func fileName(title string) string {
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, strings.ToLower(title))
	name = strings.Join(strings.FieldsFunc(name, func(r rune) bool { return r == '-' }), "-")
	if name == "" {
		name = "chart"
	}
	return name[:min(len(name), 60)]
}

// Export writes the rows behind the chart as csv or json, or the picture as
// svg or ansi.
func (p *Panel) Export(format string, w io.Writer) error {
	if p.scene == nil {
		if p.work.err != nil {
			return p.work.err
		}
		return errors.New("there is no picture yet")
	}
	switch format {
	case "svg", "ansi":
		g := cell.NewGrid(p.room.w, p.room.h)
		look := vegaview.NewLook(p.env.Theme)
		look.Mono = false
		p.drawer.Draw(g, look, p.view)
		return page.Picture(w, format, p.title(), g, p.env.Theme)
	case "csv", "json":
	default:
		return page.ErrFormat
	}
	if f := p.spec.data.Sources[p.spec.single()].Rows; f != nil {
		if format == "csv" {
			return frame.WriteCSV(p.ctx(), f, w)
		}
		return frame.WriteJSON(p.ctx(), f, w)
	}
	return exportMarks(p.scene, format, w)
}

// exportMarks writes what the marks show, where the specification brings its
// own data.
func exportMarks(s *vega.Scene, format string, w io.Writer) error {
	if format == "json" {
		return marksJSON(s, w)
	}
	out := csv.NewWriter(w)
	var heading []string
	for _, c := range s.Cells {
		for _, m := range c.Marks {
			if m.Reading == nil {
				continue
			}
			titles := make([]string, len(m.Reading.Channels))
			for i, ch := range m.Reading.Channels {
				titles[i] = ch.Title
			}
			if strings.Join(titles, "\x00") != strings.Join(heading, "\x00") {
				heading = titles
				_ = out.Write(titles) // Flush has the error
			}
			for row := range m.Reading.Rows {
				cells := make([]string, len(titles))
				for i, s := range m.Reading.Channels {
					if v := s.Value(row); js.IsValid(v) {
						cells[i] = cellText(s, v)
					}
				}
				_ = out.Write(cells)
			}
		}
	}
	out.Flush()
	return out.Error()
}

func marksJSON(s *vega.Scene, w io.Writer) error {
	rows := []map[string]any{}
	for _, c := range s.Cells {
		for _, m := range c.Marks {
			if m.Reading == nil {
				continue
			}
			for row := range m.Reading.Rows {
				o := map[string]any{}
				for _, s := range m.Reading.Channels {
					switch v := s.Value(row).(type) {
					case nil, bool, string:
						o[s.Title] = v
					case float64:
						if o[s.Title] = v; v != v {
							o[s.Title] = nil
						}
					default:
						o[s.Title] = cellText(s, v)
					}
				}
				rows = append(rows, o)
			}
		}
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", " ")
	return enc.Encode(rows)
}
