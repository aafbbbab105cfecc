package dashboard

import (
	"slices"

	"github.com/authtabs/tabgate/data/frame"
)

// draft is the page as far as it could be read: without the sources and inputs
// that have errors.
func (p *pageFile) draft() Page {
	page := p.Page
	if page.Content == nil {
		page.Content = &Content{}
	}
	c := *page.Content
	c.Sources = slices.DeleteFunc(slices.Clone(c.Sources), func(s Source) bool { return s.broken })
	c.Inputs = slices.DeleteFunc(slices.Clone(c.Inputs), func(in Input) bool { return in.Kind == "" || in.Name == "" })
	page.Content = &c
	return page
}

// Sound is what of a page can be drawn: its panels without errors, of sources
// that were read. It is nil where an input has an error, since that filters any
// panel. The columns are those of [Content.CheckFields].
func (c *Content) Sound(columns map[string][]frame.Column) *Content {
	sound := &Content{At: c.At, Sources: c.Sources, Inputs: c.Inputs}
	if anyError((&Content{Inputs: c.Inputs}).CheckFields(columns)) {
		return nil
	}
	for _, row := range c.Rows {
		kept := Row{Height: row.Height}
		for _, p := range row.Panels {
			if c.sound(p, columns) {
				kept.Panels = append(kept.Panels, p)
			}
		}
		if len(kept.Panels) > 0 {
			sound.Rows = append(sound.Rows, kept)
		}
	}
	if sound.Rows == nil && c.Rows != nil {
		return nil
	}
	return sound
}

// sound reports whether a panel has no errors and its sources can be read.
func (c *Content) sound(p Panel, columns map[string][]frame.Column) bool {
	if p.broken || p.Spec == nil {
		return false
	}
	for _, name := range p.Sources() {
		if !slices.ContainsFunc(c.Sources, func(s Source) bool { return s.Name == name }) {
			return false
		}
	}
	alone := &Content{Rows: []Row{{Panels: []Panel{p}}}}
	return !anyError(alone.CheckFields(columns))
}
