package vega

import (
	"math"
	"slices"

	"github.com/authtabs/tabgate/data/vega/js"
)

// Input is a control that a specification binds to a variable, or to a field
// of a selection of points.
type Input struct {
	// Key is the name under which [Options.Values] sets it: that of the
	// variable, or that of the selection and its field.
	Key string
	// Kind is range, checkbox, select, radio or text.
	Kind string
	// Label is what it is called.
	Label string
	// Value is what it is set to, js.Undefined where nothing is.
	Value any
	// Min, Max and Step are those of a range.
	Min, Max, Step float64
	// Options are what a select or a radio chooses from, and Labels their names.
	Options []any
	Labels  []string
}

// Chosen returns the place of the value among the options, -1 if it is none of
// them.
func (in *Input) Chosen() int {
	return slices.IndexFunc(in.Options, func(o any) bool { return key(o) == key(in.Value) })
}

// Text is the value as a reader sees it.
func (in *Input) Text() string {
	if i := in.Chosen(); i >= 0 {
		return in.Labels[i]
	}
	if in.Value == js.Undefined || in.Value == nil {
		return ""
	}
	return js.String(in.Value)
}

// Takes reports whether the input can be set to a value.
func (in *Input) Takes(v any) bool {
	switch in.Kind {
	case "range":
		f, ok := v.(float64)
		return ok && f >= in.Min && f <= in.Max
	case "checkbox":
		_, ok := v.(bool)
		return ok
	case "text":
		_, ok := v.(string)
		return ok
	}
	return slices.ContainsFunc(in.Options, func(o any) bool { return key(o) == key(v) })
}

// mostOptions is how many an input chooses from at most.
const mostOptions = 10_000

// inputKinds are the kinds of inputs by what a specification calls them.
var inputKinds = map[string]string{"range": "range", "checkbox": "checkbox", "select": "select", "radio": "radio", "text": "text", "search": "text"}

// unmet refuses what a screen cannot do of what a reader may do. Facts are of
// the chart as it begins, and go without.
func (c selector) unmet(path, format string, args ...any) {
	if c.sized() {
		refuse(path, format, args...)
	}
}

// input takes up an input. It returns the value that it is set to: the one it
// begins with, unless a reader has set another.
func (c selector) input(def node, key, label string, begin any) any {
	kind, given := def.text("input"), def.text("name")
	in := Input{Key: key, Kind: inputKinds[kind], Label: label, Value: begin}
	if given != "" {
		in.Label = given
	}
	switch {
	case def.has("element"):
		c.unmet(def.at("element"), "is not supported: there is no page around the chart")
		return begin
	case in.Kind == "":
		c.unmet(def.at("input"), "%q is not supported", kind)
		return begin
	case in.Kind == "range":
		in.span(def)
	case in.Kind == "select" || in.Kind == "radio":
		in.list(def)
	}
	for _, name := range []string{"debounce", "placeholder", "autocomplete"} {
		if def.has(name) {
			c.moot = append(c.moot, def.at(name))
		}
	}
	if v, ok := c.opts.Values[key]; ok && in.Takes(v) {
		in.Value = v
	}
	if !slices.ContainsFunc(c.inputs, func(o Input) bool { return o.Key == key }) { // a repeated view has it again
		c.inputs = append(c.inputs, in)
	}
	return in.Value
}

// span reads the ends and the step of a range, as Vega completes them.
func (in *Input) span(def node) {
	now := js.Number(in.Value)
	if now != now {
		now = 0
	}
	in.Max = def.or("max", max(100, now))
	in.Min = def.or("min", min(0, in.Max, now))
	if in.Min > in.Max || math.IsInf(in.Max-in.Min, 0) {
		refuse(def.at("max"), "must be %v or more", in.Min)
	}
	if in.Step = def.or("step", 0); in.Step <= 0 {
		in.Step = (in.Max - in.Min) / 100
		if in.Step > 0 {
			in.Step = roundStep(in.Step)
		}
	}
}

// roundStep is 1, 2 or 5 times a power of ten next to a step.
func roundStep(step float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(step)))
	switch e := step / power; {
	case e >= math.Sqrt(50):
		return 10 * power
	case e >= math.Sqrt(10):
		return 5 * power
	case e >= math.Sqrt2:
		return 2 * power
	}
	return power
}

// list reads the options of a select or a radio, and what they are called.
func (in *Input) list(def node) {
	options, _ := def.get("options").([]any)
	if len(options) == 0 || len(options) > mostOptions {
		refuse(def.at("options"), "must be a list of 1 to %d values", mostOptions)
	}
	in.Options = options
	labels, _ := def.get("labels").([]any)
	for i, o := range options {
		text := js.String(o)
		if i < len(labels) && js.Bool(labels[i]) {
			text = js.String(labels[i])
		}
		in.Labels = append(in.Labels, text)
	}
}

// variableInput takes up the input of a variable, if it has one, and what it
// sets the variable to.
func (c selector) variableInput(p node, name string) {
	switch v := p.get("bind").(type) {
	case *js.Object:
		c.params[name] = c.input(node{v, p.at("bind"), c.used}, name, name, c.params[name])
	case string:
		refuse(p.at("bind"), "%q is not supported of a variable", v)
	}
}

// selectionInputs takes up the inputs of a selection of points: one for each
// field. All of them together are the point that is selected.
func (c selector) selectionInputs(p node, s *selection) {
	bind := object(p.get("bind"))
	if bind == nil || s.Bind != "input" {
		return
	}
	if s.Select != "point" || len(s.byField()) == 0 {
		c.unmet(p.at("bind"), "is not supported: it is of no field")
		return
	}
	if len(s.Points) > 1 {
		c.unmet(p.at("value"), "is more than one point, and the inputs show one")
		return
	}
	point := map[string]any{}
	for _, field := range s.byField() {
		var begin any
		if len(s.Points) == 1 {
			begin = s.Points[0][field]
		}
		def := c.inputOf(p, bind, s, field)
		if v := c.input(def, s.Name+"_"+field, field, begin); v != nil && v != js.Undefined {
			point[field] = v
		}
	}
	if s.Points = nil; len(point) == len(s.byField()) {
		s.Points = []map[string]any{point}
	}
}

// inputOf is the definition of a field's input: its own, its channel's, or the
// one for all.
func (c selector) inputOf(p node, bind *js.Object, s *selection, field string) node {
	names := []string{field}
	for _, q := range s.Channels {
		if q.Field == field {
			names = append(names, q.Channel)
		}
	}
	for _, name := range names {
		if o := object(bind.Get(name)); o != nil {
			return node{o, p.at("bind." + name), c.used}
		}
	}
	return node{bind, p.at("bind"), c.used}
}

// hovers are the events that select what the pointer is on.
var hovers = []string{"pointerover", "mouseover", "pointermove", "mousemove"}

// event takes up what selects points: a click, or the pointer.
func (c selector) event(def node, s *Param) {
	if s.Select != "point" || !def.has("on") {
		return
	}
	on := def.get("on")
	text, _ := on.(string)
	switch {
	case text == "click":
	case slices.Contains(hovers, text):
		s.Hover = true
	default:
		c.unmet(def.at("on"), "%s is not supported: click or pointerover selects", quotedEvent(on))
	}
	s.Stays = def.has("clear") && def.get("clear") == false
}

func quotedEvent(on any) string {
	if text, ok := on.(string); ok {
		return `"` + text + `"`
	}
	return "an event with conditions"
}
