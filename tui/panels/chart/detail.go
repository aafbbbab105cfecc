package chart

import (
	"errors"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/data/vega/js"
	"github.com/authtabs/tabgate/tui/panels"
)

// detail asks for the rows behind the mark that is read.
func (s *specification) detail(r reading, g *gathered, ok bool) tea.Cmd {
	if !ok || len(r.parts) == 0 {
		return nil
	}
	q := r.parts[min(r.pick, len(r.parts)-1)]
	name := q.mark.Reading.Source
	f := s.data.Sources[name].Rows
	if f == nil {
		return complain(errors.New("the rows behind this mark are in the specification, not in a source of the page"))
	}
	where, words := behind(f, q, g)
	if where == nil {
		return complain(errors.New("the rows behind this mark cannot be told from the others"))
	}
	rows := panels.Detail{Source: name, Where: where, Title: strings.Join(words, ", ")}
	if s.env.Panel.Open == nil {
		return panels.Send(rows)
	}
	return panels.Send(panels.Follow{Values: valuesOf(q), Else: "its rows", Then: rowsAsked{rows}})
}

// rowsAsked is the message that the rows behind a mark are to be shown, where a
// link may be followed instead.
type rowsAsked struct{ rows panels.Detail }

// valuesOf are the values of a mark by their fields.
func valuesOf(q part) map[string]string {
	out := map[string]string{}
	for _, s := range q.mark.Reading.Channels {
		if v := s.Value(q.row); s.Field != "" && s.Op == "" && !s.Binned && js.IsValid(v) {
			out[s.Field] = cellText(s, v)
		}
	}
	return out
}

// behind returns the conditions that keep the rows that a mark is made of, and
// says them.
func behind(f frame.Frame, q part, g *gathered) (where query.Where, words []string) {
	aggregated := false
	for _, s := range q.mark.Reading.Channels {
		aggregated = aggregated || s.Op != ""
	}
	seen := map[string]bool{}
	for _, s := range q.mark.Reading.Channels {
		if c := g.find(s.Field); c != nil && !seen[s.Field] {
			if v := s.Value(q.row); js.IsValid(v) {
				where = append(where, c.where(js.String(v))...)
				words = append(words, c.field+" "+js.String(v))
			}
			seen[s.Field] = true
			continue
		}
		i := frame.Find(f, s.Field)
		if i < 0 || seen[s.Field] || s.Channel == "tooltip" && aggregated {
			continue
		}
		span, ok := s.Span(q.row)
		if !ok {
			continue
		}
		seen[s.Field] = true
		where = append(where, conditions(s, span, f.Columns()[i].Type)...)
		words = append(words, s.Title+" "+s.Text(q.row))
	}
	return where, words
}

// conditions say a span of a field.
func conditions(s *vega.Shown, span vega.Span, t frame.Type) query.Where {
	if !js.IsValid(span.From) {
		return query.Where{{Field: s.Field, Op: query.IsNull}}
	}
	from, to := valueText(s, span.From, t), valueText(s, span.To, t)
	if from == to && span.Closed {
		return query.Where{{Field: s.Field, Op: query.Eq, Values: []string{from}}}
	}
	end := query.Lt
	if span.Closed {
		end = query.Le
	}
	return query.Where{{Field: s.Field, Op: query.Ge, Values: []string{from}}, {Field: s.Field, Op: end, Values: []string{to}}}
}

// valueText is a value as a column of a type is asked for it.
func valueText(s *vega.Shown, v any, t frame.Type) string {
	moment, ok := s.Time(v)
	switch {
	case ok && t == frame.Date:
		return moment.Format("2006-01-02")
	case ok:
		return moment.Format("2006-01-02T15:04:05.999999999")
	}
	return js.String(v)
}
