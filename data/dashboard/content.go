package dashboard

import (
	"time"

	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/data/textfile"
)

// Place is where something stands in the files of a dashboard.
type Place struct {
	File      string // below the folder, with slashes; "" = written by the program
	Line, Col int    // from 1
}

// Content is what a page is made of, as its file says it.
type Content struct {
	Sources []Source
	Inputs  []Input
	Rows    []Row
	At      Place
}

// Row is panels beside each other.
type Row struct {
	Height float64 // weight among the rows of the page, 1 if nothing was said
	Panels []Panel
}

// Panel is one part of a page. Its Spec is one of *Markdown, *Metric, *Table,
// *Chart, *VegaLite, *Map, *Pydeck and *Walk.
type Panel struct {
	Kind               string // its key in the file: "bar_chart"
	Name, Title, About string // Name: for show --panel
	Width              float64
	Where              query.Where
	Ignore             []string // inputs that do not filter it
	Detail             []string // columns of the rows behind a mark; nil = all
	Open               *Link
	Spec               any
	At                 Place

	named  map[string]Place // where its file names fields first
	broken bool             // its file has errors in it
}

// Link goes from a row or mark to another page, with inputs of it set.
type Link struct {
	Page string
	Set  []Assignment
}

// Assignment gives an input of the other page the value of a field.
type Assignment struct{ Input, Field string }

// Markdown is text.
type Markdown struct {
	Text string // the text itself, if Path is ""
	Path string
}

// Metric is one figure.
type Metric struct {
	Label, Source, Field string
	Aggregate            string // last, first, sum, mean, median, min, max, count, distinct; "" = last
	Over                 string // the field that orders the rows; "" = none
	Delta                string // "previous", a field, or ""
	DeltaColor           string // normal, inverse, off
	Format               string // of d3-format
	Trend                bool
	Rules                []Rule
}

// Rule colours what fulfils a comparison.
type Rule struct {
	Op    query.Op
	Value string
	Field string // the field whose value is compared with, in the place of Value; "" = none
	Color string // good, warn, bad
}

// Table shows rows.
type Table struct {
	Source  string
	Columns []TableColumn // nil = all
	Index   []string      // frozen at the left
	Sort    []string      // "-amount" is descending
	Trend   []string      // columns that make a sparkline, or a pattern: "19*"
	Scale   float64       // of the numbers that are not in Index; 0 = none
	Unit    string        // as it is written: "$B"
}

// TableColumn is one column of a table, as its page wants it.
type TableColumn struct {
	Name, Label, Format, Help string
	Width                     int     // in cells, 0 = fit
	Scale                     float64 // 0 = the table's
	Unit                      string
	Rules                     []Rule
}

// Chart is a chart in Streamlit's short form.
type Chart struct {
	Source         string
	X              string
	Y              []string // nil = all other columns that are numbers
	Color          []string // a field or a colour; several colours, one for each Y
	Size           string   // a field or a number
	Stack          string   // "" = the default; "true", "false", "normalize", "center", "layered"
	Horizontal     bool
	Sort           string // "", "false", a field, "-field"
	XLabel, YLabel string
}

// VegaLite is a specification of Vega-Lite: at a path, or written in the page.
type VegaLite struct {
	Path string
	Text []byte // JSON, if Path is ""
	// Source is the source of a specification that names no data.
	Source string
	// Names are the sources of the page that the specification names as its
	// data. They are found when a folder is read.
	Names []string
}

// Map is places on a map, as st.map draws them.
type Map struct {
	Source, Latitude, Longitude string // Latitude and Longitude: "" = found by their names
	Color, Size                 string // a field, or a colour and metres
	Zoom                        float64
	Zoomed                      bool   // Zoom was said
	Ground                      string // see Dashboard.Ground; "" = the folder's
}

// Pydeck is a map in deck.gl's JSON.
type Pydeck struct {
	Path     string
	Text     []byte            // JSON, if Path is ""
	Heading  string            // of the box of layers; "" = no box
	Required string            // what is said when no layer is on
	Keys     map[string]string // layer id → key
	Ground   string            // see Dashboard.Ground; "" = the folder's
	// Names are the sources of the page that layers name as their data. They
	// are found when a folder is read.
	Names []string
}

// Walk is the demo's random walk.
type Walk struct {
	Seed   uint64
	Seeded bool // Seed was said
	Steps  int  // 0 = the demo's
}

// Input is a choice above the rows of a page.
type Input struct {
	Kind   string // multiselect, selectbox, text, range, toggle
	Name   string
	Label  string // "" = Name
	Source string
	Field  string
	// Default is what is chosen at first: values, or, for All and First, the
	// field's own.
	Default  []string
	All      bool
	First    int
	Last     string // of a range of dates: "30d" back from today
	Required string // the sentence where nothing is chosen; "" = nothing chosen filters nothing
	Options  []string
	From     string // the input that this one's options depend on
	Shared   bool   // the choice is one for all pages that use it
	At       Place

	named map[string]Place
}

// Source is where figures come from. One of Path, URL, Connection and Values
// says where.
type Source struct {
	Name string

	Path  string   // below the folder, with slashes; may be a pattern where Stack is set
	Paths []string // files that the person named one by one to be stacked, in the place of Path
	Table string   // of an SQLite file
	Stack string   // the column that says which file a row is of; "" = one file

	URL     string
	Headers []Header

	Connection string
	Query      string

	Values []byte // JSON, a list of records

	Reading    textfile.Options
	Refresh    time.Duration // 0 = never
	StaleAfter time.Duration // 0 = never
	Identity   string        // none, service, claims, token
	Transform  []byte        // Vega-Lite's list, JSON; nil = none
	Lookup     []Lookup
	Fallback   *Fallback
	// AnonymousRows says that a query may give rows to somebody signed out.
	AnonymousRows bool
	At            Place

	named  map[string]Place
	broken bool
}

// Header is a header of a request. Its value may hold ${env:NAME} and
// ${file:PATH}.
type Header struct{ Name, Value string }

// Lookup takes columns of another source, by a column that both have. No match
// is null, and rows never multiply.
type Lookup struct {
	From, On string
	Take     []string
}

// Fallback is the file that stands in for an address that fails.
type Fallback struct {
	Path, Note, Unit string
	Scale            float64
}

// Connection is a database.
type Connection struct {
	Name, Driver         string
	Path                 string // of sqlite
	DSN                  string // of postgres, may hold ${env:NAME}
	Role                 string // of postgres
	URL, Catalog, Schema string // of trino
	Timeout              time.Duration
	MaxRows              int
	MaxBytes             int64
	At                   Place
}
