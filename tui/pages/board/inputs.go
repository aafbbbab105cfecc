package board

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
)

// Inputs keeps what was chosen in the inputs of all pages, over tabs, reloads
// and refreshes, for as long as the same person is there. It is used by one
// goroutine.
type Inputs struct {
	who    string // who was signed in last, "" = nobody yet
	chosen map[string]Choice
	back   map[string]string // page → the page whose link led there
	// unchecked are those chosen from outside, whose values may be none of the
	// column's.
	unchecked map[string]bool
}

// Choice is what is chosen in an input: values, or All of them. A range has
// two values, "" for an open end, or one: "last 30d".
type Choice struct {
	Values []string
	All    bool
}

// NewInputs returns a store in which nothing is chosen.
func NewInputs() *Inputs {
	return &Inputs{chosen: map[string]Choice{}, back: map[string]string{}, unchecked: map[string]bool{}}
}

// belong forgets everything when another person is there than the one who was
// signed in last.
func (s *Inputs) belong(who string) {
	if who == "" || who == s.who {
		return
	}
	if s.who != "" {
		clear(s.chosen)
		clear(s.back)
		clear(s.unchecked)
	}
	s.who = who
}

func (s *Inputs) get(key string) (Choice, bool) {
	c, ok := s.chosen[key]
	return c, ok
}

func (s *Inputs) set(key string, c Choice) {
	s.chosen[key] = c
}

// reset goes back to the default.
func (s *Inputs) reset(key string) {
	delete(s.chosen, key)
}

// Set chooses values in an input of a page, as --set and links do. None of
// them chooses nothing; "all" alone, where it is no option, chooses all. Values
// of a column are checked once they are known.
func (s *Inputs) Set(p dashboard.Page, name string, values []string) error {
	var names []string
	if p.Content != nil {
		for _, in := range p.Content.Inputs {
			if in.Name == name {
				c, err := choice(in, values)
				if err == nil {
					s.set(keyOf(p.ID, in), c)
					s.unchecked[keyOf(p.ID, in)] = true
				}
				return err
			}
			names = append(names, in.Name)
		}
	}
	return fmt.Errorf("the page %s has no input %s%s", p.ID, session.Clean(name, 60), meant(name, names))
}

// meant is the near miss of a name, or what there is.
func meant(name string, known []string) string {
	if near := dashboard.Near(name, known); near != "" {
		return ": did you mean " + session.Clean(near, 60) + "?"
	}
	if len(known) == 0 {
		return ""
	}
	return ": " + list(known)
}

// ParseSet reads what --set says: the name of an input, and values with commas
// between. A value with a comma or a quote in it stands in double quotes.
func ParseSet(text string) (name string, values []string, ok bool) {
	name, rest, ok := strings.Cut(text, "=")
	if !ok || name == "" {
		return "", nil, false
	}
	if rest == "" {
		return name, nil, true
	}
	r := csv.NewReader(strings.NewReader(rest))
	r.FieldsPerRecord = -1
	values, err := r.Read()
	if err != nil || r.InputOffset() != int64(len(rest)) {
		return "", nil, false
	}
	return name, values, true
}

// text is a choice as --set has it.
func (c Choice) text(kind string) string {
	switch {
	case c.All:
		return "all"
	case kind == "range":
		return rangeText(c.Values)
	case kind == "toggle" && len(c.Values) == 0:
		return "false"
	}
	words := make([]string, len(c.Values))
	for i, v := range c.Values {
		if words[i] = v; v == "" || strings.ContainsAny(v, "\",\r\n") || v[0] == ' ' {
			words[i] = `"` + strings.ReplaceAll(v, `"`, `""`) + `"`
		}
	}
	return strings.Join(words, ",")
}

// choice checks values for an input.
func choice(in dashboard.Input, values []string) (Choice, error) {
	values = slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == "" })
	what := "the input " + in.Name
	switch in.Kind {
	case "multiselect":
		if len(values) == 1 && values[0] == "all" && !slices.Contains(in.Options, "all") {
			return Choice{All: true}, nil
		}
	case "toggle":
		switch {
		case len(values) == 0 || values[0] == "false":
			return Choice{}, nil
		case len(values) == 1 && values[0] == "true":
			return Choice{Values: []string{"true"}}, nil
		}
		return Choice{}, fmt.Errorf("%s is on or off: true or false", what)
	case "range":
		if len(values) == 0 {
			return Choice{}, nil
		}
		r, err := parseRange(values)
		if err != nil {
			return Choice{}, fmt.Errorf("%s: %w", what, err)
		}
		return r, nil
	default:
		if len(values) > 1 {
			return Choice{}, fmt.Errorf("%s takes one value", what)
		}
	}
	for _, v := range values {
		if in.Options != nil && !slices.Contains(in.Options, v) {
			return Choice{}, fmt.Errorf("%s has no option %s%s", what, session.Clean(v, 60), meant(v, in.Options))
		}
	}
	return Choice{Values: values}, nil
}

// keyOf is under which name the choice of an input is kept: inputs that are
// shared are one for all pages.
func keyOf(id string, in dashboard.Input) string {
	if in.Shared {
		return "\x00" + in.Name
	}
	return id + "\x00" + in.Name
}

// list writes up to eight names with commas between.
func list(names []string) string {
	const most = 8
	out := ""
	for i, name := range names {
		if i == most {
			return out + " and " + counted(len(names)-most) + " more"
		}
		if i > 0 {
			out += ", "
		}
		out += session.Clean(name, 60)
	}
	return out
}
