package source

import (
	"fmt"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/data/dashboard"
)

// usedBy are the sources that one is made of.
func usedBy(src dashboard.Source) []string {
	var names []string
	for _, l := range src.Lookup {
		names = append(names, l.From)
	}
	names = append(names, namedIn(src.Transform)...)
	slices.Sort(names)
	return slices.Compact(names)
}

// page are the sources that stand beside one on its page.
func (s *Store) page(src dashboard.Source) []dashboard.Source {
	if s.board == nil {
		return nil
	}
	for _, p := range s.board.Pages {
		if p.Content == nil {
			continue
		}
		if slices.ContainsFunc(p.Content.Sources, func(o dashboard.Source) bool { return o.Name == src.Name && o.At == src.At }) {
			return p.Content.Sources
		}
	}
	return nil
}

// sibling is the source of a name on the page of another.
func (s *Store) sibling(src dashboard.Source, name string) (dashboard.Source, error) {
	page := s.page(src)
	i := slices.IndexFunc(page, func(o dashboard.Source) bool { return o.Name == name })
	if i >= 0 {
		return page[i], nil
	}
	var names []string
	for _, o := range page {
		if o.Name != src.Name {
			names = append(names, o.Name)
		}
	}
	known := "the page has no other"
	if len(names) > 0 {
		known = "the page has " + strings.Join(names, ", ")
	}
	return dashboard.Source{}, fmt.Errorf("source %s: there is no source %q to look up in: %s", src.Name, name, known)
}

// circle returns an error if a source is looked up in itself, by way of those
// of names.
func (s *Store) circle(src dashboard.Source, names []string) error {
	if slices.Contains(names, src.Name) {
		return fmt.Errorf("source %s: it is looked up in itself, by way of %s: leave one lookup out", names[0], strings.Join(append(names[1:], src.Name), ", "))
	}
	for _, name := range usedBy(src) {
		from, err := s.sibling(src, name)
		if err == nil {
			err = s.circle(from, append(slices.Clone(names), src.Name))
		}
		if err != nil {
			return err
		}
	}
	return nil
}
