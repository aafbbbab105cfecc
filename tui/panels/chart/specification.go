package chart

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/shortform"
	"github.com/authtabs/tabgate/tui/panels"
)

// maxSpec bounds a specification, and each file of data that it names.
const (
	maxSpec = 64 << 20
	maxFile = 256 << 20
)

// specification is what a panel draws, as its page wrote it.
type specification struct {
	env  panels.Env
	text []byte // JSON of a vega_lite panel
	err  error
	busy bool // its file is being read
	data panels.Data
	// greatest finds the greatest values of columns that have too many; nil where
	// all are wanted.
	greatest *gatherer
}

func newSpecification(env panels.Env) specification {
	s := specification{env: env, greatest: &gatherer{}}
	switch spec := env.Panel.Spec.(type) {
	case *dashboard.VegaLite:
		s.text, s.busy = spec.Text, spec.Path != ""
	case *dashboard.Chart:
	default:
		s.err = fmt.Errorf("a panel of the kind %q is no chart", env.Panel.Kind)
	}
	return s
}

// loaded is the text of a specification that a file has.
type loaded struct {
	to   *Panel
	text []byte
	err  error
}

// load reads the specification's file.
func (s *specification) load(p *Panel) tea.Cmd {
	spec, ok := s.env.Panel.Spec.(*dashboard.VegaLite)
	if !ok || spec.Path == "" {
		return nil
	}
	read := s.env.Load
	if read == nil {
		return panels.Send(loaded{p, nil, errors.New("no file is read here: " + spec.Path)})
	}
	ctx := p.ctx()
	return func() tea.Msg {
		text, err := read(ctx, spec.Path, maxSpec)
		if err != nil {
			err = fmt.Errorf("%s: %w", spec.Path, err)
		}
		return loaded{p, text, err}
	}
}

func (s *specification) loaded(msg loaded) { s.text, s.err, s.busy = msg.text, msg.err, false }

// sources are the sources that the specification names, those first that the
// panel's own words name.
func (s *specification) sources() (names []string) {
	switch spec := s.env.Panel.Spec.(type) {
	case *dashboard.Chart:
		if spec.Source != "" {
			return []string{spec.Source}
		}
	case *dashboard.VegaLite:
		if spec.Source != "" {
			return []string{spec.Source}
		}
		for name := range s.data.Sources {
			if quoted, err := json.Marshal(name); err == nil && bytes.Contains(s.text, quoted) {
				names = append(names, name)
			}
		}
	}
	if len(names) == 0 && len(s.data.Sources) == 1 && !hasData(s.text) {
		for name := range s.data.Sources {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// single is the source of a specification that has one, "" of others.
func (s *specification) single() string {
	if names := s.sources(); len(names) == 1 {
		return names[0]
	}
	return ""
}

// excuse is what is shown in the place of figures, where a source that the
// specification names has none to show.
func (s *specification) excuse() (text string, excused bool) {
	for _, name := range s.sources() {
		t, known := s.data.Sources[name]
		switch {
		case !known:
			return loading, true
		case t.Required != "":
			return t.Required, true
		case t.Rows != nil:
		case t.Waiting != "":
			return t.Waiting, true
		case t.Err != nil:
			return t.Err.Error(), true
		default:
			return loading, true
		}
	}
	if _, short := s.env.Panel.Spec.(*dashboard.Chart); short && len(s.data.Sources) == 0 {
		return loading, true
	}
	return "", false
}

const loading = "Loading the figures…"

// complete reports whether all rows of the sources are there.
func (s *specification) complete() bool {
	for _, name := range s.sources() {
		if !s.data.Sources[name].Complete {
			return false
		}
	}
	return true
}

// note is what is to be said of the figures that are drawn: that they are old,
// or not all.
func (s *specification) note() string {
	for _, name := range s.sources() {
		switch t := s.data.Sources[name]; {
		case t.Err != nil:
			return t.Err.Error()
		case t.Note != "":
			return t.Note
		case !t.Complete && t.Rows != nil:
			return thousands(t.Rows.Len()) + " rows so far"
		}
	}
	return ""
}

// hasData reports whether a specification says at its top what its data is.
func hasData(text []byte) bool {
	var top struct {
		Data json.RawMessage `json:"data"`
	}
	return json.Unmarshal(text, &top) == nil && len(top.Data) > 0
}

// compose returns the whole specification, with the name of its source in it.
func (s *specification) compose(ctx context.Context) ([]byte, error) {
	if s.err != nil {
		return nil, s.err
	}
	names := s.sources()
	switch s.env.Panel.Spec.(type) {
	case *dashboard.Chart:
		if len(names) != 1 {
			return nil, errors.New("the chart names no source")
		}
		t := s.data.Sources[names[0]]
		return shortform.VegaLite(ctx, s.env.Panel, t.Frame, t.Rows)
	default:
		if hasData(s.text) || len(names) == 0 {
			return s.text, nil
		}
		return withSource(s.text, names[0]), nil
	}
}

// withSource names the source of a specification that names no data.
func withSource(text []byte, name string) []byte {
	at := bytes.IndexByte(text, '{')
	if at < 0 {
		return text
	}
	out := append(bytes.Clone(text[:at+1]), `"data":{"name":`...)
	out = append(frame.AppendQuoted(out, []byte(name)), '}')
	if rest := bytes.TrimLeft(text[at+1:], " \t\r\n"); len(rest) > 0 && rest[0] != '}' {
		out = append(out, ',')
	}
	return append(out, text[at+1:]...)
}
