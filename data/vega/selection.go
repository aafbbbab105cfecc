package vega

import (
	"math"
	"slices"
	"time"

	"github.com/authtabs/tabgate/data/vega/js"
)

// Param is a parameter of a specification that a reader sets: by selecting
// marks, or by a control.
type Param struct {
	Name string
	// Select is interval, point, or "" for a variable.
	Select string
	// Channels are those that a selection goes by, with their fields; Fields are
	// what else it goes by. Without either, single marks are selected.
	Channels []Projection
	Fields   []string
	// Bind is scales (the interval is what the axes show), legend (points are
	// chosen in the legend), input (a control of its own) or "".
	Bind    string
	Nearest bool // the mark next to the pointer
	// Hover selects what the pointer is on, without a click; Stays keeps it when
	// the pointer is gone.
	Hover, Stays bool
}

// Projection is a channel and its field.
type Projection struct{ Channel, Field string }

// Selection is what is selected. The zero Selection is empty.
type Selection struct {
	// Ranges are the intervals by channel: the two ends on a scale that
	// measures, else the values that lie in it.
	Ranges map[string][]any
	// Points are the chosen values by field: a row that agrees with one of them
	// in all its fields is selected.
	Points []map[string]any
}

func (s Selection) empty() bool { return len(s.Ranges) == 0 && len(s.Points) == 0 }

// selector takes up parameters.
type selector struct{ *context }

// selection is a selection parameter with what is selected.
type selection struct {
	Param
	Selection
	units map[string]*timeUnit // of channels, by field
	lists map[string]bool      // channels whose scales count off
}

// selects takes up a selection parameter of a view.
func (c selector) selects(p node, view node) {
	s := &selection{units: map[string]*timeUnit{}, lists: map[string]bool{}}
	s.Name, s.Select = p.text("name"), "point"
	def := node{js.NewObject(), p.at("select"), c.used}
	if o := object(p.get("select")); o != nil {
		def = node{o, p.at("select"), c.used}
		s.Select = def.text("type")
	} else if text, ok := p.get("select").(string); ok {
		s.Select = text
	}
	if s.Select != "point" && s.Select != "interval" {
		refuse(p.at("select"), "%q is not supported", s.Select)
	}
	c.whole(def.o)
	s.Fields, s.Nearest = def.texts("fields"), def.flag("nearest", false)
	c.event(def, &s.Param)
	channels := def.texts("encodings")
	if channels == nil && s.Select == "interval" {
		channels = []string{"x", "y"}
	}
	if names := p.texts("views"); len(names) > 0 { // as Altair writes it
		if o := viewNamed(view.o, names[0]); o != nil {
			view.o = o
		}
	}
	for _, name := range channels {
		c.project(s, name, view)
	}
	s.Bind = c.bindOf(p)
	if given, ok := c.opts.Selections[s.Name]; ok {
		s.Selection = given
	} else if v := p.get("value"); v != js.Undefined && v != nil {
		s.begin(c.context, v)
	}
	c.selectionInputs(p, s)
	c.selections[s.Name] = s
	c.params[s.Name] = s.object()
}

// bindOf says what a selection is bound to.
func (c selector) bindOf(p node) string {
	switch v := p.get("bind").(type) {
	case string:
		if v != "scales" && v != "legend" {
			refuse(p.at("bind"), "%q is not supported", v)
		}
		return v
	case *js.Object:
		if v.Get("legend") != js.Undefined && v.Get("input") == js.Undefined {
			return "legend" // by an event of its own
		}
		return "input"
	}
	return ""
}

// project takes up a channel that a selection goes by.
func (c selector) project(s *selection, name string, view node) {
	def := channelDef(view.o, name)
	if def == nil {
		return // the view does not have it
	}
	field, _ := def.Get("field").(string)
	if field == "" {
		return
	}
	n := node{def, name, c.used}
	if _, ok := def.Values["timeUnit"]; ok {
		s.units[field] = timeUnitOf(n, "timeUnit", c.zone)
	}
	typ, _ := def.Get("type").(string)
	s.lists[name] = typ == "nominal" || typ == "ordinal"
	s.Channels = append(s.Channels, Projection{name, field})
}

// viewNamed finds a view by its name, nil if there is none.
func viewNamed(view *js.Object, name string) *js.Object {
	if view == nil || view.Get("name") == any(name) {
		return view
	}
	for _, list := range []string{"layer", "concat", "hconcat", "vconcat"} {
		children, _ := view.Get(list).([]any)
		for _, child := range children {
			if found := viewNamed(object(child), name); found != nil {
				return found
			}
		}
	}
	return viewNamed(object(view.Get("spec")), name)
}

// channelDef finds the definition of a channel in a view or one below it.
func channelDef(view *js.Object, name string) *js.Object {
	if view == nil {
		return nil
	}
	if def := object(object(view.Get("encoding")).GetOr(name)); def != nil {
		return def
	}
	for _, list := range []string{"layer", "concat", "hconcat", "vconcat"} {
		children, _ := view.Get(list).([]any)
		for _, child := range children {
			if def := channelDef(object(child), name); def != nil {
				return def
			}
		}
	}
	return channelDef(object(view.Get("spec")), name)
}

// begin selects what the specification begins with.
func (s *selection) begin(c *context, v any) {
	if s.Select == "interval" {
		s.Ranges = map[string][]any{}
		o := object(v)
		if o == nil {
			refuse(s.Name, "begins with a value that is no interval")
		}
		for _, channel := range o.Keys {
			list, _ := o.Values[channel].([]any)
			for _, e := range list {
				s.Ranges[channel] = append(s.Ranges[channel], c.literal(e, nil))
			}
		}
		return
	}
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	for _, e := range list {
		s.Points = append(s.Points, s.point(c, e))
	}
}

// point is one of the values that a selection begins with: by field or channel,
// or of its only field.
func (s *selection) point(c *context, v any) map[string]any {
	fields := s.byField()
	o := object(v)
	if o == nil || len(fields) == 1 && !s.names(o) {
		if len(fields) != 1 {
			refuse(s.Name, "begins with a value of no field")
		}
		return map[string]any{fields[0]: c.literal(v, nil)}
	}
	point := map[string]any{}
	for _, k := range o.Keys {
		field := k
		for _, p := range s.Channels {
			if p.Channel == k {
				field = p.Field
			}
		}
		point[field] = c.literal(o.Values[k], nil)
	}
	return point
}

// names reports whether an object has values by fields or channels.
func (s *selection) names(o *js.Object) bool {
	for _, k := range o.Keys {
		if slices.Contains(s.Fields, k) || slices.ContainsFunc(s.Channels, func(p Projection) bool { return p.Channel == k || p.Field == k }) {
			return true
		}
	}
	return false
}

// byField are all fields that the selection goes by.
func (s *selection) byField() []string {
	fields := slices.Clone(s.Fields)
	for _, p := range s.Channels {
		if !slices.Contains(fields, p.Field) {
			fields = append(fields, p.Field)
		}
	}
	return fields
}

// object is the selection as an expression sees it: the values of each field.
func (s *selection) object() *js.Object {
	o := js.NewObject()
	for _, p := range s.Channels {
		if list, ok := s.Ranges[p.Channel]; ok {
			o.Set(flatName(p.Field), list)
		}
	}
	for _, field := range s.byField() {
		var list []any
		for _, point := range s.Points {
			if v, ok := point[field]; ok {
				list = append(list, v)
			}
		}
		if list != nil {
			o.Set(flatName(field), list)
		}
	}
	return o
}

// within returns the interval of a selection by a channel or a field, or its
// only one; nil if there is none.
func (s *selection) within(channel, field string) []any {
	for _, p := range s.Channels {
		if channel != "" && p.Channel != channel || field != "" && p.Field != field {
			continue
		}
		if list, ok := s.Ranges[p.Channel]; ok {
			return list
		}
	}
	return nil
}

// picks returns the test of a row being selected. Of a variable it is whether it
// is true; nothing selected is all or none, as empty says.
func (c selector) picks(name string, empty bool) func(t *table) func(i int) bool {
	s := c.selections[name]
	if s == nil {
		if v, ok := c.params[name]; ok {
			empty = js.Bool(v)
		}
	}
	if s == nil || s.empty() {
		return func(*table) func(int) bool { return func(int) bool { return empty } }
	}
	return func(t *table) func(int) bool {
		if s.Select == "interval" {
			return s.inRanges(c.context, t)
		}
		return s.onPoint(c.context, t)
	}
}

// inRanges reports whether rows lie in all intervals.
func (s *selection) inRanges(c *context, t *table) func(int) bool {
	var tests []func(int) bool
	for _, p := range s.Channels {
		list, ok := s.Ranges[p.Channel]
		if !ok {
			continue
		}
		read := t.reader(p.Field)
		if s.lists[p.Channel] {
			in := map[string]bool{}
			for _, v := range list {
				in[key(v)] = true
			}
			tests = append(tests, func(i int) bool { return in[key(read(i))] })
			continue
		}
		if len(list) != 2 {
			refuse(s.Name, "has an interval of %d ends", len(list))
		}
		low, high := momentOf(list[0], c.zone), momentOf(list[1], c.zone)
		low, high = min(low, high), max(low, high)
		tests = append(tests, func(i int) bool {
			v := read(i)
			if !js.IsValid(v) {
				return false
			}
			f := momentOf(v, c.zone)
			return f >= low && f <= high
		})
	}
	return func(i int) bool {
		for _, test := range tests {
			if !test(i) {
				return false
			}
		}
		return true
	}
}

// moment is a value as a number; text that is none may be a date.
func momentOf(v any, zone *time.Location) float64 {
	f := js.Number(v)
	if _, text := v.(string); text && f != f {
		f = float64(js.ToDate(v, zone))
	}
	return f
}

// onPoint reports whether rows agree with one of the points.
func (s *selection) onPoint(c *context, t *table) func(int) bool {
	reads := map[string]func(int) any{}
	wanted := make([]map[string]string, len(s.Points))
	for k, point := range s.Points {
		wanted[k] = map[string]string{}
		for field, v := range point {
			if reads[field] == nil {
				reads[field] = s.reader(c, t, field)
			}
			wanted[k][field] = key(s.cut(c, field, v))
		}
	}
	return func(i int) bool {
		for _, point := range wanted {
			agrees := true
			for field, want := range point {
				agrees = agrees && key(reads[field](i)) == want
			}
			if agrees {
				return true
			}
		}
		return false
	}
}

// reader reads a field, cut to the unit of its channel.
func (s *selection) reader(c *context, t *table, field string) func(int) any {
	read := t.reader(field)
	if s.units[field] == nil {
		return read
	}
	return func(i int) any { return s.cut(c, field, read(i)) }
}

func (s *selection) cut(c *context, field string, v any) any {
	u := s.units[field]
	if u == nil {
		return v
	}
	f := u.floor(momentOf(v, c.zone))
	if f != f {
		return math.NaN()
	}
	return f
}

// settle writes intervals into the specification where domains and bins follow
// a selection.
func (c selector) settle(v any) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			c.settle(e)
		}
	case *js.Object:
		for _, k := range []string{"domain", "extent"} {
			o := object(v.Get(k))
			name, _ := o.GetOr("param").(string)
			if s := c.selections[name]; name != "" && s != nil {
				channel, _ := o.Get("encoding").(string)
				field, _ := o.Get("field").(string)
				if list := s.within(channel, field); len(list) == 2 {
					v.Values[k] = list
				}
			}
		}
		for _, k := range v.Keys {
			if k != "datasets" && k != "values" {
				c.settle(v.Values[k])
			}
		}
	}
}

// parameters are the parameters of the scene, in the order of the specification.
func (c selector) parameters() (all []Param) {
	for _, name := range c.declared {
		if s := c.selections[name]; s != nil {
			all = append(all, s.Param)
		} else {
			bound := ""
			if slices.ContainsFunc(c.inputs, func(in Input) bool { return in.Key == name }) {
				bound = "input"
			}
			all = append(all, Param{Name: name, Bind: bound})
		}
	}
	return all
}
