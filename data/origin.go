package data

import (
	"fmt"
	"time"
)

// The kinds of an Origin.
const (
	Live    = "live"
	Cache   = "cache"
	Bundled = "bundled"
	File    = "file"
)

// Origin says where figures came from. The zero Origin is unknown.
type Origin struct {
	Kind    string    // Live, Cache, Bundled or File
	URL     string    // address, or path of a file
	Name    string    // what the figures are, in words
	Credit  string    // who made and published them, "" = as the name says
	Licence string    // "" = not stated
	Unit    string    // unit of the values as stored, "" = not stated
	Fetched time.Time // when they came over the network; zero for Bundled and File
	Note    string    // why they are not live, one sentence; "" when they are, or need not be
}

// Line is the origin in one line for a reader at the given time, as
// "Cached 3 hours ago: gross agricultural production (UN Data / FAO)".
func (o Origin) Line(now time.Time) string {
	switch o.Kind {
	case Live:
		return "Live, " + age(now.Sub(o.Fetched)) + ": " + o.Name
	case Cache:
		return "Cached " + age(now.Sub(o.Fetched)) + ": " + o.Name
	case Bundled:
		return "Bundled: " + o.Name
	case File:
		return "File " + o.Name
	}
	return ""
}

// age is a duration since something happened, in words that fit a footer.
func age(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "just now"
	case d < time.Hour:
		return fmt.Sprintf("%d min ago", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h ago", int(d.Hours()))
	}
	return fmt.Sprintf("%d days ago", int(d.Hours()/24))
}
