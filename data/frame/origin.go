package frame

import "time"

// Origin says where figures came from. The zero Origin is unknown.
type Origin struct {
	Kind    string    // "live", "cache", "bundled", "file" or "values"
	URL     string    // address, or path of a file
	Name    string    // what the figures are, in words
	Credit  string    // who made and published them, "" = as the name says
	Licence string    // "" = not stated
	Unit    string    // unit of the values as stored, "" = not stated
	Fetched time.Time // when they came over the network; zero for files
	Note    string    // why they are not live, one sentence; "" when they are
}
