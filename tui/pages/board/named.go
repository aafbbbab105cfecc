package board

import (
	"cmp"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
)

// offered are those values that can be chosen, as far as that is known. Where
// none can be, they are the first of the options if the input says how many.
func (in *input) offered(values []string) []string {
	if !in.listed() {
		return values
	}
	var out []string
	for _, v := range values {
		if in.has(v) {
			out = append(out, v)
		}
	}
	if len(out) == 0 {
		for _, o := range in.options[:min(in.First, len(in.options))] {
			out = append(out, o.value)
		}
	}
	return out
}

// listed reports whether the options are known, all of them.
func (in *input) listed() bool {
	return in.known && in.more == 0 && (in.Kind == "multiselect" || in.Kind == "selectbox")
}

func (in *input) has(value string) bool {
	return slices.ContainsFunc(in.options, func(o option) bool { return o.value == value })
}

// ValueError says that something was chosen from outside that is none of an
// input's values.
type ValueError struct{ text string }

// Error says which, and what may have been meant.
func (e *ValueError) Error() string { return e.text }

// verify finds what was chosen among the values of an input: by another name
// where the figures have that, and what was chosen from outside whatever its
// case. That is taken away where it is none of the values, and returned as an
// error.
func (b *bar) verify(in *input) error {
	c, ok := b.shared.get(in.key)
	if !ok || c.All || !in.listed() {
		return nil
	}
	if !b.shared.unchecked[in.key] {
		have := slices.Clone(c.Values)
		for i, v := range have {
			have[i] = cmp.Or(b.match(in, v), v)
		}
		b.shared.set(in.key, Choice{Values: have})
		return nil
	}
	delete(b.shared.unchecked, in.key)
	have, missing := Named(c.Values, func(name string) string { return b.match(in, name) })
	if len(have) == 0 && len(missing) > 0 {
		b.shared.reset(in.key)
	} else {
		b.shared.set(in.key, Choice{Values: have})
	}
	if len(missing) == 0 {
		return nil
	}
	var known []string
	for _, o := range in.options {
		known = append(known, o.value)
	}
	return &ValueError{"the input " + in.Name + " has no value " + session.Clean(missing[0], 60) + meant(missing[0], known)}
}

// Named finds names with match, which gives what a name means, "" for nothing:
// also where one was split at its commas.
func Named(names []string, match func(string) string) (have, missing []string) {
	for i := 0; i < len(names); i++ {
		name, taken := match(names[i]), 0
		for n := 1; name == "" && n <= 2 && i+n < len(names); n++ {
			if name = match(strings.Join(names[i:i+n+1], ", ")); name != "" {
				taken = n
			}
		}
		if name == "" {
			missing = append(missing, names[i])
			continue
		}
		i += taken
		if !slices.Contains(have, name) {
			have = append(have, name)
		}
	}
	return have, missing
}

// match is the option that a value means, "" for none.
func (b *bar) match(in *input, value string) string {
	value = strings.Join(strings.Fields(value), " ")
	names := []string{value}
	if b.same != nil {
		names = b.same(value)
	}
	for _, name := range names {
		if in.has(name) {
			return name
		}
		for _, o := range in.options {
			if strings.EqualFold(o.value, name) {
				return o.value
			}
		}
	}
	return ""
}
