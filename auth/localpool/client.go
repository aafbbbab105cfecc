package localpool

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/token"
)

// client is the pool's only app client, as it is registered. Addresses are
// compared byte by byte, as Cognito does.
type client struct {
	id        string
	secret    secret.Text // empty = a public client
	redirects []string
	logouts   []string // redirects are allowed too
	returns   []string // where sign-ins for resource servers end, one for each of redirects
}

func (c client) mayReturnTo(u string) bool {
	return slices.Contains(c.redirects, u) || slices.Contains(c.returns, u)
}

// returnsOf are the addresses where sign-ins for resource servers end: another
// path than that of the app's own sign-ins, so that an answer meant for one is
// no answer to the other.
func returnsOf(redirects []string, issuer string) (returns []string) {
	for _, redirect := range redirects {
		if u, err := url.Parse(redirect); err == nil {
			u.Path, u.RawQuery = token.ReturnPath(issuer), ""
			returns = append(returns, u.String())
		}
	}
	return returns
}

func (c client) mayLogOutTo(u string) bool { return slices.Contains(c.logouts, u) || c.mayReturnTo(u) }

// form reads a form post and checks that it comes from this client. Another
// one gets the status stranger: AWS documents 400 for the token endpoint and
// 401 for the one that revokes.
//
//	pool's client | request                   | verdict
//	--------------|---------------------------|---------------
//	public        | client_id in the body     | in
//	public        | Basic header              | invalid_client
//	with a secret | Basic header, both right  | in
//	with a secret | both in the body, right   | in
//	any           | anything else             | invalid_client
func (c client) form(w http.ResponseWriter, r *http.Request, stranger int) (url.Values, bool) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		w.WriteHeader(http.StatusMethodNotAllowed)
		return nil, false
	}
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	contentType, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	if err := r.ParseForm(); err != nil || strings.TrimSpace(contentType) != "application/x-www-form-urlencoded" {
		refuse(w, http.StatusBadRequest, "invalid_request", "")
		return nil, false
	}
	form := r.PostForm
	id, clientSecret, basic := r.BasicAuth()
	if basic {
		id, clientSecret = unescape(id), unescape(clientSecret)
	} else {
		id, clientSecret = form.Get("client_id"), form.Get("client_secret")
	}
	if id != c.id || !c.secret.Equal(clientSecret) || basic && c.secret.Empty() {
		refuse(w, stranger, "invalid_client", "")
		return nil, false
	}
	return form, true
}

// unescape undoes the form encoding of RFC 6749 section 2.3.1.
func unescape(s string) string {
	if plain, err := url.QueryUnescape(s); err == nil {
		return plain
	}
	return s
}
