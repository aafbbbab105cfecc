package gate

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/gate/wire"
)

// maxValue bounds one value of an input.
const maxValue = 1000

// chosen reads the inputs of a request: each parameter is an input of the page
// with values that it takes. Inputs are no lock: what they leave out is left out
// for convenience.
func chosen(q url.Values, inputs []dashboard.Input) (map[string][]string, *problem) {
	out := map[string][]string{}
	for key, values := range q {
		name, ok := strings.CutPrefix(key, wire.InputPrefix)
		i := slices.IndexFunc(inputs, func(in dashboard.Input) bool { return in.Name == name })
		if !ok || i < 0 {
			return nil, badRequest("There is no input of the name " + strconv.QuoteToASCII(shorten(key, 60)) + ".")
		}
		if len(values) > wire.MaxChoices {
			return nil, refuse(413, "malformed", "The input "+name+" has too many values.")
		}
		got, why := valuesOf(inputs[i], values)
		if why != "" {
			return nil, badRequest("The input " + name + " " + why + ".")
		}
		out[name] = got
	}
	return out, nil
}

func shorten(s string, most int) string {
	if len(s) > most {
		return s[:most]
	}
	return s
}

// valuesOf checks the values of an input by its kind. One empty value is a choice
// of nothing. What the options are is checked by who knows them.
func valuesOf(in dashboard.Input, values []string) (out []string, why string) {
	for _, v := range values {
		if len(v) > maxValue || strings.ContainsFunc(v, func(c rune) bool { return c < ' ' && c != '\t' || c == 0x7f }) {
			return nil, "has a value that is too long, or no line of text"
		}
	}
	if len(values) == 1 && values[0] == "" {
		return []string{}, ""
	}
	if in.Kind != "multiselect" && len(values) != 1 {
		return nil, "takes one value"
	}
	switch in.Kind {
	case "toggle":
		if values[0] != "true" && values[0] != "false" {
			return nil, "is true or false"
		}
		if values[0] == "false" {
			return []string{}, ""
		}
	case "range":
		return rangeOf(values[0])
	case "selectbox", "multiselect":
		if slices.Contains(values, "") {
			return nil, "has an empty value beside others"
		}
	}
	return values, ""
}

// lastSpan is a range back from now: "last 30d".
var lastSpan = regexp.MustCompile(`^last [0-9]{1,5}[hdwmy]$`)

// end is an end of a range: a number, or a date with or without a time.
var end = regexp.MustCompile(`^[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?$|^[0-9]{4}(-[0-9]{2}(-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[-+][0-9]{2}:[0-9]{2})?)?)?)?$`)

func rangeOf(text string) ([]string, string) {
	if lastSpan.MatchString(text) {
		return []string{text}, ""
	}
	from, to, ok := wire.SplitRange(text)
	if !ok || from != "" && !end.MatchString(from) || to != "" && !end.MatchString(to) {
		return nil, "is a range, from..to, of numbers or dates"
	}
	if from == "" && to == "" {
		return []string{}, ""
	}
	return []string{from, to}, ""
}

// params are what a query's inputs hold: what was chosen, else their defaults.
// Required is the sentence of an input in which nothing is chosen and something
// must be.
func (g *Gate) params(ctx context.Context, p *servedPage, names []string, got map[string][]string, c *Caller) (out map[string][]string, required string, err error) {
	if len(names) == 0 {
		return nil, "", nil
	}
	out = map[string][]string{}
	for _, name := range names {
		i := slices.IndexFunc(p.inputs, func(in dashboard.Input) bool { return in.Name == name })
		if i < 0 {
			continue // the folder's reader refuses it
		}
		in := p.inputs[i]
		values, ok := got[name]
		if !ok {
			if values, err = g.initial(ctx, p, in, c); err != nil {
				return nil, "", err
			}
		}
		if len(values) == 0 && in.Required != "" {
			return nil, in.Required, nil
		}
		out[name] = values
	}
	return out, "", nil
}

// initial is what is chosen in an input at first.
func (g *Gate) initial(ctx context.Context, p *servedPage, in dashboard.Input, c *Caller) ([]string, error) {
	switch {
	case in.Last != "":
		return []string{"last " + in.Last}, nil
	case !in.All && in.First == 0:
		return in.Default, nil
	}
	options, err := g.options(ctx, p, in, c)
	if in.First > 0 {
		options = options[:min(in.First, len(options))]
	}
	return options, err
}

// offered checks that what was chosen is among the options, where these are known.
func (g *Gate) offered(ctx context.Context, p *servedPage, got map[string][]string, c *Caller) (*problem, error) {
	for _, in := range p.inputs {
		values := got[in.Name]
		if len(values) == 0 || !isChoice(in) {
			continue
		}
		options, err := g.options(ctx, p, in, c)
		if err != nil {
			return nil, err
		}
		if options == nil {
			continue
		}
		known := make(map[string]bool, len(options))
		for _, o := range options {
			known[o] = true
		}
		for _, v := range values {
			if !known[v] {
				return badRequest("The input " + in.Name + " does not offer one of the values."), nil
			}
		}
	}
	return nil, nil
}

func isChoice(in dashboard.Input) bool { return in.Kind == "multiselect" || in.Kind == "selectbox" }

// options are what an input offers: those that it lists or, of the rows that the
// page's frames have, the values of its column. It is nil where they depend on
// other inputs: on those of a query.
func (g *Gate) options(ctx context.Context, p *servedPage, in dashboard.Input, c *Caller) ([]string, error) {
	if in.Options != nil || in.Source == "" {
		return in.Options, nil
	}
	counts, kind, found := map[string]int{}, frame.Text, false
	for _, f := range slices.Concat(p.plans, p.asides) {
		if f.source.Name != in.Source || len(f.inputs) > 0 {
			continue
		}
		o, snap, err := g.figures(ctx, f, nil, c)
		if err != nil {
			return nil, err
		}
		k := o.counts(ctx, snap, f.where, fieldOf(in))
		if k.err != nil {
			return nil, k.err
		}
		kind, found = k.kind, true
		for v, n := range k.counts {
			counts[v] += n
		}
	}
	if !found {
		return nil, nil
	}
	return ranked(counts, kind), nil
}

// count adds how often each value of a column comes.
func count(ctx context.Context, f frame.Frame, field string, counts map[string]int) (frame.Type, error) {
	at := frame.Find(f, field)
	if at < 0 {
		return frame.Text, nil
	}
	var cell []byte
	return f.Columns()[at].Type, f.Scan(ctx, []int{at}, 0, f.Len(), func(b *frame.Batch) error {
		v := &b.Columns[0]
		for i := range b.Len {
			if v.IsNull(i) {
				continue
			}
			cell = v.AppendCell(cell[:0], i)
			if _, ok := counts[string(cell)]; ok || len(counts) < 10*wire.MaxOptions {
				counts[string(cell)]++
			}
		}
		return nil
	})
}

// ranked are the most frequent values, in their order.
func ranked(counts map[string]int, kind frame.Type) []string {
	out := make([]string, 0, len(counts))
	for v := range counts {
		out = append(out, v)
	}
	if len(out) > wire.MaxOptions {
		slices.SortFunc(out, func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(a, b)) })
		out = out[:wire.MaxOptions]
	}
	slices.SortFunc(out, func(a, b string) int { return inOrder(kind, a, b) })
	return out
}

// inOrder compares cells of a type by their text.
func inOrder(t frame.Type, a, b string) int {
	if t.Temporal() {
		return strings.Compare(a, b)
	}
	if !t.Numeric() {
		return cmp.Or(strings.Compare(strings.ToLower(a), strings.ToLower(b)), strings.Compare(a, b))
	}
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	if errX != nil || errY != nil {
		return strings.Compare(a, b)
	}
	return cmp.Or(cmp.Compare(x, y), strings.Compare(a, b))
}

// told are the inputs of a page as they are told: with their options, and without
// a source of which the page has no frame.
func (g *Gate) told(ctx context.Context, p *servedPage, c *Caller) ([]byte, error) {
	out := make([]dashboard.Input, len(p.inputs))
	for i, in := range p.inputs {
		shown := slices.ContainsFunc(p.plans, func(f *plan) bool { return f.name == in.Source })
		if isChoice(in) {
			options, err := g.options(ctx, p, in, c)
			if err != nil && !shown {
				return nil, err
			}
			in.Options = withDefaults(options, in.Default, shown)
		}
		if !shown {
			in.Source, in.Field = "", ""
		}
		out[i] = in
	}
	text, ok := dashboard.InputsJSON(out)
	if !ok {
		return nil, errors.New("the inputs of the page cannot be written as JSON")
	}
	return text, nil
}

// withDefaults are options as they are told: what is chosen at first is among
// them, though no row has it, and there is one where there must be.
func withDefaults(options, chosen []string, mayBeNone bool) []string {
	out := slices.Clone(options[:min(len(options), wire.MaxOptions)])
	for _, v := range chosen {
		if !slices.Contains(out, v) && v != "" {
			out = append(out, v)
		}
	}
	out = slices.DeleteFunc(out, func(v string) bool { return v == "" })
	switch {
	case len(out) > 0:
		return out
	case mayBeNone:
		return nil
	}
	return []string{"–"}
}
