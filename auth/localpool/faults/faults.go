package faults

import (
	"encoding/json"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/authtabs/tabgate/auth/localpool"
)

// Fault is what an endpoint does instead of its work. The first of the fields
// that is set decides, in the order below.
type Fault struct {
	Drop  bool          // hangs up without an answer
	Hang  bool          // never answers, until the caller gives up
	Work  bool          // does the real work first, so that its effects stay
	Patch func(JSON)    // does the real work, then changes the answer's fields
	Cut   int           // does the real work, then sends only the first Cut bytes of it
	Every time.Duration // sends the body a byte at a time, this far apart

	Status int // 0 = 200
	Header http.Header
	Body   string

	Times int // how many requests it meets; 0 = all
}

// HTML answers with a page, as a proxy in the way does.
func HTML(status int) Fault {
	return Fault{Status: status, Header: head("text/html"), Body: "<html><body><h1>" + http.StatusText(status) + "</h1>\x1b]52;c;eA==\x07</body></html>"}
}

// Raw answers with a body said to be JSON, which need not be.
func Raw(status int, body string) Fault {
	return Fault{Status: status, Header: head("application/json;charset=UTF-8"), Body: body}
}

// OAuthError answers with an error of RFC 6749 section 5.2.
func OAuthError(status int, code, description string) Fault {
	fields := JSON{"error": code}
	if description != "" {
		fields["error_description"] = description
	}
	body, _ := json.Marshal(fields) // Two strings always marshal.
	return Raw(status, string(body))
}

// Redirect answers with 3xx to another address.
func Redirect(status int, to string) Fault {
	return Fault{Status: status, Header: http.Header{"Location": {to}}}
}

// Throttled answers 429; retryAfter in seconds, below 0 = not said.
func Throttled(retryAfter int) Fault {
	f := Raw(http.StatusTooManyRequests, `{"message":"TooManyRequestsException"}`)
	if retryAfter >= 0 {
		f.Header.Set("Retry-After", strconv.Itoa(retryAfter))
	}
	return f
}

// Huge answers with size bytes of JSON.
func Huge(size int) Fault {
	return Raw(http.StatusOK, `{"padding":"`+strings.Repeat("x", size)+`"}`)
}

// Slow answers a byte at a time.
func Slow(every time.Duration) Fault {
	f := Raw(http.StatusOK, `{"access_token":"slow"}`)
	f.Every = every
	return f
}

func head(contentType string) http.Header { return http.Header{"Content-Type": {contentType}} }

// Faults are the switches with which tests make a pool misbehave. The zero
// Faults are none; all methods may be called while the pool serves.
type Faults struct {
	mu    sync.Mutex
	set   map[string]Fault
	seen  map[string]int
	skew  time.Duration
	draft func(*Draft)
}

// Set gives an endpoint a fault, in the place of any that it had.
func (f *Faults) Set(endpoint string, fault Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.set == nil {
		f.set = map[string]Fault{}
	}
	f.set[endpoint] = fault
}

// Down makes every endpoint hang up.
func (f *Faults) Down() {
	for _, e := range localpool.Endpoints {
		f.Set(e, Fault{Drop: true})
	}
}

// Tokens has every token go through change before it is signed.
func (f *Faults) Tokens(change func(*Draft)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.draft = change
}

// Skew sets the pool's clock ahead (or behind, when negative).
func (f *Faults) Skew(by time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.skew = by
}

// Clear ends all faults. Counts stay.
func (f *Faults) Clear() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.set, f.draft, f.skew = nil, nil, 0
}

// Seen is how many requests an endpoint has had, those met by faults too.
// Token requests are also counted by grant: "/oauth2/token refresh_token".
func (f *Faults) Seen(endpoint string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.seen[endpoint]
}

// Counts is a copy of all counts.
func (f *Faults) Counts() map[string]int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return maps.Clone(f.seen)
}

func (f *Faults) count(what string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.seen == nil {
		f.seen = map[string]int{}
	}
	f.seen[what]++
}

// take gives the fault that meets this request, if one does.
func (f *Faults) take(endpoint string) (Fault, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	fault, ok := f.set[endpoint]
	if ok && fault.Times > 0 {
		if fault.Times--; fault.Times == 0 {
			delete(f.set, endpoint)
		} else {
			f.set[endpoint] = fault
		}
	}
	return fault, ok
}

func (f *Faults) skewed() time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.skew
}

func (f *Faults) drafts() func(*Draft) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.draft
}
