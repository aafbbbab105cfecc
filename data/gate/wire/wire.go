// Package wire is what a gate and its readers say to each other: the paths, the
// headers, the JSON documents and the rows of figures. Server and client share
// it, so that neither can drift away from the other. It knows no network, no
// folder and no sign-in.
package wire

import "net/url"

// The paths of a gate.
const (
	ResourcePath  = "/.well-known/oauth-protected-resource"
	DashboardPath = "/v1/dashboard"
	PagesPath     = "/v1/pages/"
	WhoamiPath    = "/v1/whoami"
	HealthPath    = "/healthz"
)

// Types of answers.
const (
	CSV         = "text/csv"
	JSON        = "application/json"
	ProblemJSON = "application/problem+json"
)

// The trailers that end the rows of a frame. An answer without them was cut and
// is refused.
const (
	RowsTrailer      = "Tabgate-Rows"      // how many rows there are, in digits
	TruncatedTrailer = "Tabgate-Truncated" // "false", or why rows are missing
)

// Complete is the value of TruncatedTrailer when no row is missing.
const Complete = "false"

// Limits of what is sent, which the client refuses to go beyond.
const (
	MaxResource = 64 << 10  // bytes of the protected-resource document
	MaxListing  = 4 << 20   // bytes of the dashboard
	MaxPage     = 4 << 20   // bytes of a page's definition
	MaxFrame    = 256 << 20 // bytes of a frame, unpacked
	MaxProblem  = 64 << 10  // bytes of a problem
	MaxOptions  = 10_000    // options of an input
	MaxColumns  = 10_000    // columns of a frame
	MaxRows     = 10_000_000
	MaxCells    = 64_000_000
	MaxChoices  = 10_000   // values of one input in a request
	MaxQuery    = 16 << 10 // bytes of a request's query
)

// InputPrefix begins the parameters of a frame's request that are inputs.
const InputPrefix = "input."

// PagePath is the path of a page's definition.
func PagePath(id string) string { return PagesPath + url.PathEscape(id) }

// FramePath is the path of a frame with the query of its inputs: for each its
// values. An input that is left out has its default. One without values is
// chosen to be nothing. A range is one value: see Range.
func FramePath(id, frame string, inputs map[string][]string) string {
	path := PagePath(id) + "/frames/" + url.PathEscape(frame)
	q := url.Values{}
	for name, values := range inputs {
		if len(values) == 0 {
			values = []string{""}
		}
		q[InputPrefix+name] = values
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// Range is the value of an input of ranges: its ends, of which either may be ""
// (open).
func Range(least, greatest string) string { return least + ".." + greatest }

// SplitRange splits the value of a range into its ends. It reports whether it is
// one.
func SplitRange(value string) (least, greatest string, ok bool) {
	for i := 0; i+2 <= len(value); i++ {
		if value[i:i+2] == ".." {
			return value[:i], value[i+2:], true
		}
	}
	return "", "", false
}
