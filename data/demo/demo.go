// Package demo is the demo's list of pages, and the folder that says what they
// are made of. To add a page, write what it is here and its file into the
// folder, or bind its drawing code to its ID in tui/pages.go: commands, the
// configuration, the tour, Home and help go through the list.
package demo

import "github.com/authtabs/tabgate/data/dashboard"

var both = []string{"csv", "json"}

// Pages lists the pages in the order of their tabs.
func Pages() dashboard.Pages {
	return dashboard.Pages{
		{ID: "home", Title: "Home", Personal: true, Shows: "Home"},
		{
			ID: "plotting", Title: "Plotting Demo", Groups: []string{"Underwriters"}, Sketch: "walk",
			About:   "A random walk drawn while it happens: pause it, zoom in, run it again.",
			Formats: both, Flags: []string{"seed"}, Shows: "100% Complete",
		},
		{
			ID: "mapping", Title: "Mapping Demo", Groups: []string{"CreditAnalysts"}, Sketch: "city",
			About:   "San Francisco from above: bike racks as columns, BART stops and their passengers as arcs.",
			Formats: both, Flags: []string{"data"}, Live: true, Shows: "Flow", // a narrow page leaves the rest of "Outbound Flow" out
		},
		{
			ID: "dataframe", Title: "DataFrame Demo", Sketch: "areas",
			About:   "What farms produce, by country and year, as a table and as areas.",
			Formats: both, Flags: []string{"countries", "data"}, Live: true, File: true, Shows: "Gross Agricultural Production", Figures: "production",
		},
	}
}
