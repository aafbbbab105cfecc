package board

import (
	"errors"
	"io"
	"strings"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/panels/geo"
)

// Troubles are what keeps panels of a board that was drawn from showing what
// they should, each at the panel's place. What is wrong with a source is not
// among them, nor what waits for a choice.
func Troubles(p page.Page) (out []dashboard.Problem) {
	b, ok := p.(*Board)
	if !ok {
		return nil
	}
	for _, s := range b.slots {
		if text := s.trouble(); text != "" {
			if path := specPath(s.panel.Spec); path != "" && !strings.HasPrefix(text, path) {
				text = path + ": " + text
			}
			out = append(out, dashboard.Problem{Place: s.panel.At, Text: text})
		}
	}
	return out
}

// specPath is the file of a panel's specification, "" where it has none.
func specPath(spec any) string {
	switch s := spec.(type) {
	case *dashboard.VegaLite:
		return s.Path
	case *dashboard.Pydeck:
		return s.Path
	}
	return ""
}

// trouble is why the panel cannot be drawn, "" where it can.
func (s *slot) trouble() string {
	var at placed
	switch {
	case errors.As(s.err, &at):
		return at.text
	case s.err != nil:
		return s.err.Error()
	case s.shows() != "":
		return ""
	}
	e, ok := s.impl.(page.Exporter)
	if !ok {
		return ""
	}
	format := "json"
	switch s.panel.Spec.(type) {
	case *dashboard.Chart, *dashboard.VegaLite:
		format = "ansi" // It has to be drawn for that.
	case *dashboard.Table:
		return ""
	}
	if err := e.Export(format, io.Discard); err != nil && !errors.Is(err, page.ErrFormat) && !errors.Is(err, geo.ErrNotYet) {
		return err.Error()
	}
	return ""
}

// Verdicts are what the thresholds of a board's panels say of their figures, by
// the names of the panels: good, warn or bad.
func Verdicts(p page.Page) map[string]string {
	b, ok := p.(*Board)
	if !ok {
		return nil
	}
	out := map[string]string{}
	for _, s := range b.slots {
		if v, ok := s.impl.(interface{ Verdict() string }); ok && v.Verdict() != "" {
			out[s.name()] = v.Verdict()
		}
	}
	return out
}
