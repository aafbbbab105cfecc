package board

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/tui/page"
)

// bar is the inputs of the page.
type bar struct {
	env    page.Env
	inputs []*input
	shared *Inputs
	same   func(string) []string // the names that a value may have; nil = its own
	menu   *menu                 // nil unless an input is open
	last   int                   // the input that was open last
	w, h   int                   // of the page
}

// input is an input and what can be chosen in it.
type input struct {
	dashboard.Input
	key     string
	options []option
	more    int // values beyond those in options
	known   bool
	least   string // of a range
	most    string
	asked   string // for which figures the options were asked last
	stop    context.CancelFunc
}

// option is a value that can be chosen, and how many rows have it.
type option struct {
	value string
	rows  int
}

func newBar(env page.Env, id string, inputs []dashboard.Input, shared *Inputs) *bar {
	b := &bar{env: env, shared: shared}
	for _, in := range inputs {
		i := &input{Input: in, key: keyOf(id, in)}
		if i.Label == "" {
			i.Label = i.Name
		}
		if i.Field == "" {
			i.Field = i.Name
		}
		for _, o := range in.Options {
			i.options, i.known = append(i.options, option{o, 0}), true
		}
		b.inputs = append(b.inputs, i)
	}
	return b
}

func (b *bar) open() bool { return b.menu != nil }

func (b *bar) find(name string) *input {
	for _, in := range b.inputs {
		if in.Name == name {
			return in
		}
	}
	return nil
}

// initial is what is chosen in an input at first. It is not known as long as
// that depends on values that are not.
func (in *input) initial() (c Choice, known bool) {
	switch {
	case in.All:
		return Choice{All: true}, true
	case in.First > 0 && len(in.Default) == 0:
		for _, o := range in.options[:min(in.First, len(in.options))] {
			c.Values = append(c.Values, o.value)
		}
		return c, in.known
	case in.Last != "":
		return Choice{Values: []string{"last " + in.Last}}, true
	}
	return Choice{Values: in.offered(in.Default)}, true
}

// chosen is what is chosen in an input.
func (b *bar) chosen(in *input) (c Choice, known bool) {
	if c, ok := b.shared.get(in.key); ok {
		return c, true
	}
	return in.initial()
}

// changed reports whether something else than the default is chosen.
func (b *bar) changed(in *input) bool {
	c, ok := b.shared.get(in.key)
	if !ok {
		return false
	}
	d, known := in.initial()
	return !known || c.All != d.All || !slices.Equal(c.Values, d.Values)
}

func (b *bar) anyChanged() bool { return slices.ContainsFunc(b.inputs, b.changed) }

// params is what is chosen in the inputs that a query names. It is not known as
// long as that depends on values that are not.
func (b *bar) params(query string) (out map[string][]string, known bool) {
	known = true
	for _, in := range b.inputs {
		if !names(query, in.Name) {
			continue
		}
		c, ok := b.chosen(in)
		if in.Required != "" && !c.All && len(c.Values) == 0 {
			ok = false // Its sentence is shown, and nothing is asked.
		}
		if c.All {
			ok = in.known
			for _, o := range in.options {
				c.Values = append(c.Values, o.value)
			}
		}
		if out == nil {
			out = map[string][]string{}
		}
		out[in.Name], known = c.Values, known && ok
	}
	return out, known
}

// names reports whether a query names an input.
func names(query, input string) bool {
	for rest := query; ; {
		_, after, ok := strings.Cut(rest, ":"+input)
		if !ok {
			return false
		}
		if r, _ := utf8.DecodeRuneInString(after); r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return true
		}
		rest = after
	}
}

// condition is what an input keeps, nil for everything.
func (b *bar) condition(in *input, c Choice) query.Where {
	if c.All || len(c.Values) == 0 {
		return nil
	}
	one := func(op query.Op) query.Where {
		return query.Where{{Field: in.Field, Op: op, Values: c.Values}}
	}
	switch in.Kind {
	case "multiselect":
		return one(query.In)
	case "text":
		return one(query.Contains)
	case "range":
		return between(in.Field, c.Values, b.env.Now())
	}
	return one(query.Eq) // selectbox, toggle
}

// filter is what the inputs keep of a source: conditions, and the sentence of
// an input in which nothing is chosen. It is not known as long as that depends
// on values that are not.
func (b *bar) filter(source, query string, ignore []string) (where query.Where, required string, known bool) {
	known = true
	for _, in := range b.inputs {
		asked := names(query, in.Name)
		if !asked && (in.Source != source || slices.Contains(ignore, in.Name)) {
			continue
		}
		c, ok := b.chosen(in)
		known = known && ok
		if ok && in.Required != "" && !c.All && len(c.Values) == 0 && required == "" {
			required = in.Required
		}
		if !asked {
			where = append(where, b.condition(in, c)...)
		}
	}
	return where, required, known
}

// resolve puts the values of inputs into the conditions of a panel.
func (b *bar) resolve(where query.Where) (out query.Where, required string, known bool) {
	known = true
	for _, c := range where {
		if c.Input == "" {
			out = append(out, c)
			continue
		}
		in := b.find(c.Input)
		if in == nil {
			continue // The folder's reader refuses it.
		}
		chosen, ok := b.chosen(in)
		known = known && ok
		switch {
		case chosen.All, !ok:
		case len(chosen.Values) == 0:
			if required == "" {
				required = in.Required
			}
		case in.Kind == "range":
			out = append(out, between(c.Field, chosen.Values, b.env.Now())...)
		default:
			out = append(out, query.Condition{Field: c.Field, Op: several(c.Op, len(chosen.Values)), Values: chosen.Values})
		}
	}
	return out, required, known
}

// several is an operator for n values in the place of one.
func several(op query.Op, n int) query.Op {
	switch {
	case n == 1:
	case op == query.Eq:
		return query.In
	case op == query.Ne:
		return query.NotIn
	}
	return op
}

// learn asks what can be chosen in the inputs of a source, or of all, where
// the figures that say so changed.
func (b *bar) learn(f *figures, source string) tea.Cmd {
	var cmds []tea.Cmd
	for _, in := range b.inputs {
		s := f.feeds[in.Source]
		if s == nil || source != "" && in.Source != source || in.Options != nil && in.From == "" || in.Kind == "text" || in.Kind == "toggle" {
			continue
		}
		if s.last.Frame == nil || !s.last.Complete {
			continue
		}
		where := b.above(in)
		asked := text(where) + "\x00" + in.Source + "\x00" + itoa(s.last.Seq)
		if in.asked == asked {
			continue
		}
		if in.stop != nil {
			in.stop()
		}
		ctx, stop := context.WithCancel(f.env.Ctx)
		in.asked, in.stop = asked, stop
		cmds = append(cmds, func() tea.Msg {
			l, err := distinct(ctx, s.last.Frame, where, in.Field, in.Kind == "range")
			return learned{f, in, asked, l, err}
		})
	}
	return tea.Batch(cmds...)
}

// above is what the inputs keep that an input depends on.
func (b *bar) above(in *input) (where query.Where) {
	seen := map[string]bool{in.Name: true}
	for from := b.find(in.From); from != nil && !seen[from.Name]; from = b.find(from.From) {
		seen[from.Name] = true
		if c, known := b.chosen(from); known && from.Source == in.Source {
			where = append(where, b.condition(from, c)...)
		}
	}
	return where
}

// learned says what can be chosen in an input.
type learned struct {
	figures *figures
	input   *input
	asked   string
	values  values
	err     error
}

func (m learned) of() *figures { return m.figures }

func (m learned) take(b *Board) tea.Cmd {
	in := m.input
	if in.asked != m.asked {
		return nil
	}
	in.stop()
	in.stop = nil
	if errors.Is(m.err, context.Canceled) {
		return nil
	}
	if m.err != nil {
		return page.Send(page.Failed{Err: m.err})
	}
	if in.Options == nil {
		in.options, in.more = m.values.options, m.values.more
	} else {
		in.options = among(in.Options, m.values.options)
	}
	in.least, in.most, in.known = m.values.least, m.values.most, true
	wrong := b.bar.verify(in)
	b.bar.prune(in)
	if b.bar.menu != nil {
		b.bar.menu.filter()
	}
	cmds := []tea.Cmd{b.bar.learn(b.data, ""), b.refeed()}
	if wrong != nil {
		cmds = append(cmds, page.Send(page.Failed{Err: wrong}))
	}
	return tea.Batch(cmds...)
}

// among are the named options that some rows have.
func among(names []string, have []option) (out []option) {
	for _, name := range names {
		if i := slices.IndexFunc(have, func(o option) bool { return o.value == name }); i >= 0 {
			out = append(out, have[i])
		}
	}
	return out
}

// prune takes away what was chosen in an input and is no option any more,
// where its options depend on another input.
func (b *bar) prune(in *input) {
	c, ok := b.shared.get(in.key)
	if in.From == "" || !ok || in.more > 0 || in.Kind != "multiselect" && in.Kind != "selectbox" {
		return
	}
	left := slices.DeleteFunc(slices.Clone(c.Values), func(v string) bool {
		return !slices.ContainsFunc(in.options, func(o option) bool { return o.value == v })
	})
	switch {
	case len(left) == len(c.Values):
	case len(left) == 0:
		b.shared.reset(in.key)
	default:
		b.shared.set(in.key, Choice{Values: left})
	}
}
