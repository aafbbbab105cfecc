// Package dashboard says as values what pages there are: what they are called,
// who may open them, and what can be had of them. Commands, the configuration,
// the tour and Home go through a list of them; none names a page. How a page
// is drawn is no value: package tui binds the code that draws it to its ID.
package dashboard

import (
	"slices"
	"strings"
)

// Page is one page.
type Page struct {
	ID    string // "plotting": for commands and the configuration
	Title string // "Plotting Demo": for the tab
	About string // one sentence, on Home's card
	Icon  string // before the title, "" = none

	// Groups open the page: any one of them does, none = anyone, "*" = anyone
	// signed in. The configuration may replace them.
	Groups []string

	Sketch   string   // the picture on Home's card, one of package home; "" = words alone
	Formats  []string // what its data can be had as, besides its frame: "csv", "json"
	Flags    []string // flags of the show command that are for this page: "seed"
	Live     bool     // its figures come from the network, and a copy of them is stored
	File     bool     // the configuration may name a file to show instead of its figures
	Personal bool     // it shows who is signed in, so that must be known although anyone may open it
	Figures  string   // the panel whose figures are the page's where several have some; "" = no one's
	Shows    string   // what a frame of the open page always says; "" = nothing in particular

	// Path is the page's own file, below the folder of its dashboard; "" = none.
	Path string

	// Content is what a page of a folder is made of; nil for a page that has
	// code of its own.
	Content *Content
}

// Pages are the pages of a dashboard, in the order of their tabs.
type Pages []Page

// IDs lists the IDs of the pages.
func (p Pages) IDs() []string {
	ids := make([]string, len(p))
	for i, page := range p {
		ids[i] = page.ID
	}
	return ids
}

// Find returns the page with an ID, and whether there is one.
func (p Pages) Find(id string) (Page, bool) {
	i := slices.IndexFunc(p, func(page Page) bool { return page.ID == id })
	if i < 0 {
		return Page{}, false
	}
	return p[i], true
}

// WithFlag lists the IDs of the pages that a flag is for, with commas between.
func (p Pages) WithFlag(name string) string {
	var ids []string
	for _, page := range p {
		if slices.Contains(page.Flags, name) {
			ids = append(ids, page.ID)
		}
	}
	return strings.Join(ids, ", ")
}
