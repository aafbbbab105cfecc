// Package vega turns a Vega-Lite specification and its data into a [Scene]:
// scales, axes, legends and marks in pixels, at the specification's own size.
// It knows no screen. What it draws is what Vega draws, to a hundredth of a
// pixel; a property that changes the picture and is not supported is refused
// by name and path ([Unsupported]), and nothing is drawn then.
//
// A specification goes through these files: json.go and spec.go read it,
// normalize.go rewrites what is short for something longer (composite marks,
// overlays, repeat, row and column), data.go, transform.go and their kin make
// the tables of its views, unit.go brings a view's table into the form that
// its encoding asks for (bins, units of time, aggregates, stacks), scale.go
// and domain.go make the scales, mark_*.go the marks, axis.go and legend.go
// the guides, compose.go puts views beside and above each other.
//
// The rules are those of Vega-Lite 6 and Vega 6; what differs is in the
// README.
package vega

import (
	"errors"
	"slices"
	"time"

	"github.com/authtabs/tabgate/data/vega/js"
)

// Options are what a specification is compiled with. The zero value reads no
// other data than the specification's own.
type Options struct {
	// Done, where it is not nil, is closed when nobody waits for the scene.
	Done <-chan struct{}
	// Hidden are series that are left out.
	Hidden []Hidden
	// Lines draws lines in the place of areas, which are not piled then.
	Lines bool
	// Load returns what an address of data holds.
	Load func(address string) ([]byte, error)
	// Zone is the zone of local times; nil is the system's.
	Zone *time.Location
	// Width and Height, where they are not 0, take the place of the size that a
	// specification with a single plot has.
	Width, Height float64
	// Columns returns the columns of named data, as far as they are used, and
	// how many rows there are; nil knows none.
	Columns func(name string, use *Use) (columns []Column, rows int, err error)
	// Selections are what is selected, by the names of the parameters, and
	// Values what variables and inputs are set to, by name or [Input.Key]. What
	// is not there, or is nothing that its input takes, is as the specification
	// begins.
	Selections map[string]Selection
	Values     map[string]any
	// Dots, where it is not 0, is how many places beside each other a pixel
	// has on the screen that the scene is for. Points of paths and symbols
	// that cannot be told apart there are left out: of those of a line in one
	// column of dots the first, the last, the least and the greatest stay.
	Dots float64
}

// context is what every part of a compilation shares: the options, the
// parameters, the configuration, and what was read of the specification.
type context struct {
	done     <-chan struct{}
	hidden   []Hidden
	lines    bool
	opts     options
	zone     *time.Location
	used     map[*js.Object]map[string]bool
	datasets map[string]any
	params   map[string]any
	config   node

	selections map[string]*selection
	declared   []string // all parameters
	inputs     []Input
	moot       []string // properties of inputs that cannot matter
}

// options are Options with nothing left out.
type options struct {
	Width, Height, Dots float64
	Load                func(address string) ([]byte, error)
	Named               func(name string) (*table, error)
	Selections          map[string]Selection
	Values              map[string]any
	use                 *Use
}

func (o Options) complete(top *js.Object) options {
	full := options{Load: o.Load, Width: o.Width, Height: o.Height, Dots: o.Dots, use: useOf(top), Selections: o.Selections, Values: o.Values}
	full.Named = func(name string) (*table, error) { return o.named(name, full.use) }
	if full.Load == nil {
		full.Load = func(string) ([]byte, error) {
			return nil, errors.New("no data but the specification's own are read here")
		}
	}
	return full
}

// Compile makes the scene of a specification. An error is an *[Unsupported]
// unless the text is no JSON.
func Compile(text []byte, o Options) (scene *Scene, err error) {
	v, err := decode(text)
	if err != nil {
		return nil, err
	}
	top, ok := v.(*js.Object)
	if !ok {
		return nil, errors.New("a specification is a JSON object")
	}
	defer func() {
		if r := recover(); r != nil {
			if r == ErrStopped {
				scene, err = nil, ErrStopped
				return
			}
			wrong, ok := r.(*Unsupported)
			if !ok {
				panic(r)
			}
			scene, err = nil, wrong
		}
	}()
	c := &context{
		done: o.Done, hidden: o.Hidden, lines: o.Lines,
		opts: o.complete(top), zone: o.Zone, used: map[*js.Object]map[string]bool{},
		datasets: map[string]any{}, params: map[string]any{},
		selections: map[string]*selection{},
	}
	if c.zone == nil {
		c.zone = time.Local
	}
	return c.compile(top), nil
}

func (c *context) compile(top *js.Object) *Scene {
	root := node{top, "", c.used}
	c.config = root.child("config")
	checker{c}.sizes(root)
	checker{c}.config()
	if sets := root.child("datasets"); sets.ok() {
		for _, name := range sets.o.Keys {
			c.datasets[name] = sets.get(name)
		}
	}
	normal := node{c.normalize(root), "", c.used}
	params := selector{c}
	params.declare(normal)
	if len(c.selections) > 0 {
		params.settle(normal.o)
	}
	b := builder{&transformer{context: c}, map[*js.Object]*table{}}
	scene := c.draw(b.build(normal, nil, nil))
	scene.Params, scene.Inputs = params.parameters(), c.inputs
	for _, n := range []node{normal, c.config} {
		if n.ok() {
			if path := c.unreadOf(n); path != "" {
				refuse(path, "is not supported")
			}
		}
	}
	scene.Ignored = append(ignoredOf(normal, c.config), c.moot...)
	slices.Sort(scene.Ignored)
	return scene
}

// unreadOf returns the first property that nobody has read. Configuration of
// marks and guides that the specification does not have is no loss.
func (c *context) unreadOf(n node) string {
	if n.o != c.config.o {
		return n.unread()
	}
	return ""
}

// declareOne takes up a parameter: a variable is its value, a selection what is
// selected.
func (c selector) declareOne(p, view node) {
	name := p.text("name")
	if !slices.Contains(c.declared, name) {
		c.declared = append(c.declared, name)
	}
	given, set := c.opts.Values[name]
	switch {
	case p.has("select"):
		c.selects(p, view)
	case set && object(p.get("bind")) == nil:
		c.params[name] = given
	case p.has("value"):
		c.params[name] = p.get("value")
	case p.has("expr"):
		c.params[name] = c.constant(p.text("expr"), p.at("expr"))
	default:
		c.params[name] = js.Undefined
	}
	if !p.has("select") {
		c.variableInput(p, name)
	}
	for _, read := range []string{"select", "bind", "views", "value", "expr"} {
		p.mark(read)
		c.whole(p.o.Get(read))
	}
}

// declare takes up the parameters of a view and those below it.
func (c selector) declare(n node) {
	if !n.ok() {
		return
	}
	if n.has("params") {
		for _, p := range n.items("params") {
			c.declareOne(p, n)
		}
	}
	for _, list := range []string{"layer", "concat", "hconcat", "vconcat"} {
		if n.has(list) {
			for _, child := range n.items(list) {
				c.declare(child)
			}
		}
	}
	if n.has("spec") {
		c.declare(n.child("spec"))
	}
}
