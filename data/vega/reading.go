package vega

import (
	"math"
	"strings"
	"time"

	"github.com/authtabs/tabgate/data/vega/js"
)

// Reading is what the rows of a mark show, channel by channel: what is read out
// at a cursor, and by which rows of a source a mark was made.
type Reading struct {
	Kind     string // of the mark, as the specification names it: bar, tick, line, …
	Vertical bool   // bars and areas stand, and a line runs along x
	Stacked  string // the channel that is piled, "" if none is
	Source   string // the name of the data that the view is of, "" if the specification brings it
	Rows     int
	Channels []*Shown
}

// Shown is one channel of a mark.
type Shown struct {
	Channel string // x, y, color, …
	Title   string // what a guide calls it: "Mean of amount"
	Field   string // as written; "" for a count
	Op      string // of an aggregate, "" if the values are the rows' own
	Type    string // quantitative, temporal, ordinal or nominal
	Scale   *Scale // nil if it has none
	Binned  bool

	c    *context
	ch   *channel
	read func(int) any
}

// readingOf is what a unit's mark shows.
func readingOf(u *unit) *Reading {
	r := &Reading{Kind: u.kind, Vertical: u.vertical, Source: sourceOf(u.in), Rows: u.main.n}
	if u.stack != nil {
		r.Stacked = u.stack.channel
	}
	take := func(ch *channel) {
		if !ch.isField() && !(ch != nil && ch.hasDatum) {
			return
		}
		title, _ := u.c.titleOf(ch, node{})
		if title == "" {
			title = u.c.fieldTitle(ch)
		}
		s := &Shown{
			Channel: ch.name, Title: title, Field: ch.field, Op: ch.op, Type: ch.typ, Scale: ch.scale,
			Binned: ch.binned, c: u.c, ch: ch, read: ch.read(u.main),
		}
		r.Channels = append(r.Channels, s)
	}
	for _, name := range channelNames {
		take(u.channels[name])
	}
	for _, ch := range u.detail {
		take(ch)
	}
	return r
}

// sourceOf is the name of the data that a view has, of its own or of the views
// around it.
func sourceOf(in *instance) string {
	for ; in != nil; in = in.parent {
		if !in.n.has("data") {
			continue
		}
		if d := in.n.child("data"); d.ok() && !d.has("values") && !d.has("url") {
			return d.text("name")
		}
		return ""
	}
	return ""
}

// Find returns a channel by its name, nil if there is none.
func (r *Reading) Find(channel string) *Shown {
	for _, s := range r.Channels {
		if s.Channel == channel {
			return s
		}
	}
	return nil
}

// Value is the channel's value in a row: a number, a date (js.Date), text, a
// boolean, nil or js.Undefined.
func (s *Shown) Value(row int) any { return s.read(row) }

// Number is the channel's value in a row as a number, NaN if it is none.
func (s *Shown) Number(row int) float64 {
	v := s.read(row)
	if !js.IsValid(v) {
		return math.NaN()
	}
	return js.Number(v)
}

// Text is the channel's value in a row as people read it; "" for none.
func (s *Shown) Text(row int) string { return s.Say(s.read(row)) }

// Say is a value of the channel as people read it; "" for none.
func (s *Shown) Say(v any) string {
	if !js.IsValid(v) {
		return ""
	}
	f := js.Number(v)
	switch {
	case s.ch.binned:
		return js.String(s.ch.bins.text(v))
	case s.ch.unit != nil:
		if f != f {
			return ""
		}
		return strings.TrimSpace(s.c.dateText(s.ch, f, ""))
	case s.Type == temporal || s.Scale != nil && s.Scale.timed():
		if d, ok := v.(js.Date); ok {
			return momentText(js.Time(float64(d), s.Zone()))
		}
		if s.Type == temporal && f == f {
			return momentText(js.Time(f, s.Zone()))
		}
	case s.Type == quantitative && f == f:
		return s.numberText(f)
	}
	return js.String(v)
}

// numberText writes a number whole where it is one, else with six digits, or one
// behind the point where that is more.
func (s *Shown) numberText(f float64) string {
	format := ",.6~r"
	switch {
	case f == math.Trunc(f) && math.Abs(f) < 1e15:
		format = ",d"
	case math.Abs(f) >= 1e15 || math.Abs(f) < 1e-6:
		format = ".6~g"
	case math.Abs(f) >= 1e6:
		format = ",.1~f"
	}
	return formatNumber(format, f, "")
}

// momentText writes a date, with its time unless that is midnight.
func momentText(t time.Time) string {
	switch {
	case t.Nanosecond() != 0:
		return t.Format("2006-01-02 15:04:05.000")
	case t.Second() != 0:
		return t.Format("2006-01-02 15:04:05")
	case t.Hour() != 0 || t.Minute() != 0:
		return t.Format("2006-01-02 15:04")
	}
	return t.Format("2006-01-02")
}

// Span is what the values of a source lie between that a mark is made of.
type Span struct {
	From, To any  // equal where the mark stands for one value
	Closed   bool // To belongs to it
}

// Span returns what the channel says of the rows behind a mark. It is not ok
// where it says nothing of them: it is computed from them, or its dates have
// lost their year.
func (s *Shown) Span(row int) (Span, bool) {
	v := s.read(row)
	switch {
	case s.Op != "" || s.Field == "" || s.ch.hasDatum:
		return Span{}, false
	case s.ch.binned:
		from, ok := v.(float64)
		if !ok || from != from {
			return Span{}, false
		}
		to := from + s.ch.bins.step
		return Span{from, to, to >= s.ch.bins.stop-s.ch.bins.step/2}, true
	case s.ch.unit != nil:
		at := js.Number(v)
		if !s.ch.unit.whole() || at != at {
			return Span{}, false
		}
		return Span{js.Date(at), js.Date(s.ch.unit.next(at)), false}, true
	}
	return Span{v, v, true}, true
}

// Part returns what the channel makes of a value of its field: the unit of time
// or the bin that it lies in. It is not ok where values are shown as they are.
func (s *Shown) Part(v any) (part any, ok bool) {
	switch {
	case s.ch.binned:
		return s.ch.bins.bin(v), true
	case s.ch.unit != nil:
		return js.Date(s.ch.unit.floor(js.Number(v))), true
	}
	return v, false
}

// Placed reports whether a value of the channel is one of its field: not where
// a unit of time has lost its year.
func (s *Shown) Placed() bool { return s.ch.unit == nil || s.ch.unit.whole() }

// whole reports whether the unit cuts time into pieces that lie one behind the
// other.
func (u *timeUnit) whole() bool {
	switch name := u.name(); name {
	case "yearquarter", "yeardayofyear":
		return true
	default:
		return strings.HasPrefix("yearmonthdatehoursminutessecondsmilliseconds", name) && name != ""
	}
}

// Zone is the zone in which the dates of the channel show what is written in
// their source: UTC where the specification shows them so.
func (s *Shown) Zone() *time.Location {
	if s.Field != "" && s.c.opts.use != nil && s.c.opts.use.UTC(s.Field) {
		return time.UTC
	}
	return s.c.zone
}

// Time is a date of the channel in the zone that its rows were read in.
func (s *Shown) Time(v any) (time.Time, bool) {
	d, ok := v.(js.Date)
	if !ok || float64(d) != float64(d) {
		return time.Time{}, false
	}
	return js.Time(float64(d), s.Zone()), true
}
