package board

import (
	"fmt"
	"slices"

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
}

// Choice is what is chosen in an input: values, or All of them. A range has
// two values, "" for an open end, or one: "last 30d".
type Choice struct {
	Values []string
	All    bool
}

// NewInputs returns a store in which nothing is chosen.
func NewInputs() *Inputs {
	return &Inputs{chosen: map[string]Choice{}, back: map[string]string{}}
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
// them chooses nothing; "all" alone, where it is no option, chooses all.
func (s *Inputs) Set(p dashboard.Page, name string, values []string) error {
	var names []string
	if p.Content != nil {
		for _, in := range p.Content.Inputs {
			if in.Name == name {
				c, err := choice(in, values)
				if err == nil {
					s.set(keyOf(p.ID, in), c)
				}
				return err
			}
			names = append(names, in.Name)
		}
	}
	text := fmt.Sprintf("the page %s has no input %s", p.ID, session.Clean(name, 60))
	if len(names) > 0 {
		text += ": " + list(names)
	}
	return fmt.Errorf("%s", text)
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
			return Choice{}, fmt.Errorf("%s has no option %s: %s", what, session.Clean(v, 60), list(in.Options))
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
			return out + fmt.Sprintf(" and %d more", len(names)-most)
		}
		if i > 0 {
			out += ", "
		}
		out += session.Clean(name, 60)
	}
	return out
}
