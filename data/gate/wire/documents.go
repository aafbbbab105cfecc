package wire

import (
	"encoding/json"
	"time"
)

// Resource is the protected-resource document (RFC 9728).
type Resource struct {
	Resource string   `json:"resource"`
	Servers  []string `json:"authorization_servers"`
	Scopes   []string `json:"scopes_supported"`
	Methods  []string `json:"bearer_methods_supported"`
	Name     string   `json:"resource_name,omitempty"`
	Tabgate  SignIn   `json:"tabgate"`
}

// SignIn is how people sign in to a gate.
type SignIn struct {
	Domain       string   `json:"domain"`
	ClientID     string   `json:"client_id"`
	RedirectURIs []string `json:"redirect_uris"`
	LogoutURI    string   `json:"logout_uri,omitempty"`
	// SendsTokenTo are the other origins that are given the reader's token.
	SendsTokenTo []string `json:"sends_token_to"`
	// AnyAudience says that the gate takes tokens whatever they were issued for.
	AnyAudience bool `json:"any_audience,omitempty"`
}

// Access is whether a page opens to the caller.
type Access string

// The kinds of access.
const (
	Open       Access = "open"
	NeedSignIn Access = "sign_in"  // nobody is signed in
	NoGroup    Access = "no_group" // somebody is, in none of the groups
)

// Dashboard is what /v1/dashboard gives.
type Dashboard struct {
	Title string  `json:"title"`
	Home  string  `json:"home"` // the text of the first tab, Markdown
	Pages []Entry `json:"pages"`
}

// Entry is a page as the tabs show it.
type Entry struct {
	ID     string   `json:"id"`
	Title  string   `json:"title"`
	Icon   string   `json:"icon,omitempty"`
	About  string   `json:"about,omitempty"` // of pages that are open to the caller
	Groups []string `json:"groups"`
	Access Access   `json:"access"`
}

// Page is what /v1/pages/{id} gives: what drawing needs and no more.
type Page struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	// Rows and Inputs are written as a page's file writes them; their sources
	// are the page's frames. Constant conditions of panels are not among them:
	// frames have only the rows that fulfil these. The options of inputs are
	// listed, also of those whose column is in a frame. Without rows the page
	// is one that is made of its frames.
	Rows   json.RawMessage `json:"rows"`
	Inputs json.RawMessage `json:"inputs"`
	Shared []string        `json:"shared,omitempty"` // inputs whose choice is one for all pages that have them
	Frames []Frame         `json:"frames"`
}

// Frame describes rows that a page shows.
type Frame struct {
	Name       string   `json:"name"`
	Columns    []Column `json:"columns"`
	Refresh    float64  `json:"refresh,omitempty"`     // seconds after which it may be another; 0 = it is not read again
	StaleAfter float64  `json:"stale_after,omitempty"` // seconds after which they are old
	Origin     Origin   `json:"origin"`
	// AsOf is when the figures were read; zero = not known.
	AsOf time.Time `json:"as_of,omitzero"`
	// Inputs are those that its rows depend on: they are to be asked for again
	// when another value is chosen. Other inputs are filters, for the reader's
	// side to apply.
	Inputs []string `json:"inputs,omitempty"`
	Note   string   `json:"note,omitempty"`  // why the figures are not those asked for, or what was cut
	Unit   string   `json:"unit,omitempty"`  // of figures that stand in for others
	Scale  float64  `json:"scale,omitempty"` // of figures that stand in for others
	Error  string   `json:"error,omitempty"` // why there is none
}

// Column is a column of a frame.
type Column struct {
	Name string `json:"name"`
	Type string `json:"type"` // text, integer, number, boolean, date, datetime, time, json
	Unit string `json:"unit,omitempty"`
}

// Origin says where figures came from, without paths and addresses.
type Origin struct {
	Kind    string    `json:"kind"`
	Name    string    `json:"name,omitempty"`
	Credit  string    `json:"credit,omitempty"`
	Licence string    `json:"licence,omitempty"`
	Unit    string    `json:"unit,omitempty"`
	Note    string    `json:"note,omitempty"`
	Fetched time.Time `json:"fetched,omitzero"`
}

// Whoami is what /v1/whoami gives: the caller as the server sees one.
type Whoami struct {
	Sub    string   `json:"sub"`
	Groups []string `json:"groups"`
	Exp    int64    `json:"exp"` // seconds since 1970
}

// Problem is an error (RFC 9457).
type Problem struct {
	Type   string   `json:"type"`
	Title  string   `json:"title"`
	Status int      `json:"status"`
	Detail string   `json:"detail,omitempty"`
	Needs  []string `json:"needs,omitempty"` // the groups of which one opens the page
}
