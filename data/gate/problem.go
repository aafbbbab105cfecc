package gate

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/authtabs/tabgate/data/gate/wire"
)

// problem is why a request is not answered.
type problem struct {
	wire.Problem

	verdict string // for the audit
	token   string // error of WWW-Authenticate; "" = none
	retry   time.Duration
	allow   string
}

// Error implements error.
func (p *problem) Error() string { return p.Detail }

func refuse(status int, verdict, detail string) *problem {
	return &problem{Problem: wire.Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: clean(detail)}, verdict: verdict}
}

func badRequest(detail string) *problem { return refuse(http.StatusBadRequest, "malformed", detail) }

func notFound() *problem {
	return refuse(http.StatusNotFound, "not_found", "There is nothing at this address.")
}

// The originals' two sentences.
const (
	pleaseLogin = "Please login!"
	noAccess    = "You do not have access. Please contact the administrator."
)

func needSignIn() *problem {
	p := refuse(http.StatusUnauthorized, "sign_in", pleaseLogin)
	return p
}

func needGroup(needs []string) *problem {
	p := refuse(http.StatusForbidden, "no_group", noAccess)
	p.Needs, p.token = needs, "insufficient_scope"
	return p
}

func badToken(why string) *problem {
	p := refuse(http.StatusUnauthorized, "bad_token", why)
	p.token = "invalid_token"
	return p
}

func tryLater(verdict, detail string, after time.Duration) *problem {
	p := refuse(http.StatusServiceUnavailable, verdict, detail)
	p.retry = after
	return p
}

func tooMany(detail string, after time.Duration) *problem {
	p := refuse(http.StatusTooManyRequests, "limit", detail)
	p.retry = after
	return p
}

// write answers with the problem.
func (p *problem) write(w http.ResponseWriter, metadata string) int {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Type", wire.ProblemJSON)
	if p.Status == http.StatusUnauthorized || p.token != "" {
		h.Set("WWW-Authenticate", p.challenge(metadata))
	}
	if p.retry > 0 {
		h.Set("Retry-After", strconv.Itoa(max(1, int((p.retry+time.Second-1)/time.Second))))
	}
	if p.allow != "" {
		h.Set("Allow", p.allow)
	}
	body, err := json.Marshal(p.Problem)
	if err != nil {
		body = []byte(`{"type":"about:blank"}`) // texts and numbers are always JSON
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(p.Status)
	n, _ := w.Write(body) // who does not read the answer is not told
	return n
}

// challenge is the header of RFC 6750 section 3 with RFC 9728 section 5.1.
func (p *problem) challenge(metadata string) string {
	var b strings.Builder
	b.WriteString(`Bearer resource_metadata="` + metadata + `"`)
	if p.token != "" {
		b.WriteString(`, error="` + p.token + `", error_description="` + describable(p.Detail) + `"`)
	}
	return b.String()
}

// describable leaves the characters that error_description may have.
func describable(s string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' || c > '~' || c == '"' || c == '\\' {
			return '\''
		}
		return c
	}, s)
}

// clean makes one line of printable characters of a text, cut where it is long.
func clean(s string) string {
	const most = 400
	out := make([]rune, 0, min(len(s), most))
	for _, c := range s {
		if len(out) == most {
			return string(append(out[:most-1], '…'))
		}
		if c < ' ' || c == 0x7f || c >= 0x80 && c < 0xa0 || c == '\u2028' || c == '\u2029' || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069 {
			c = '\uFFFD'
		}
		out = append(out, c)
	}
	return string(out)
}
