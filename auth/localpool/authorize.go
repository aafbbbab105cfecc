package localpool

import (
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// allScopes are those of the pool's client.
var allScopes = []string{"openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"}

// request is what an app asks /oauth2/authorize or /login for.
type request struct {
	redirect, state, nonce, challenge, prompt, resource string
	scopes                                              []string
}

// refusal is an authorization error: shown on a page when the address to go
// back to is not to be trusted, else taken there.
type refusal struct {
	code, description string
	onPage            bool
}

// request reads the parameters of an authorization request.
//
//	what                                     | refusal
//	-----------------------------------------|------------------------------
//	another client or unregistered redirect  | page: redirect_mismatch
//	no response_type, or an unknown one      | invalid_request
//	response_type=token                      | unauthorized_client
//	challenge without S256 or out of shape   | invalid_request
//	state that is a JSON text                | invalid_request
//	a scope that does not exist, or one that | invalid_scope
//	needs openid without it                  |
//	an identity provider but COGNITO         | invalid_request
//	several resources, or one that is none   | invalid_target
func (c client) request(q url.Values) (request, *refusal) {
	a := request{
		redirect: q.Get("redirect_uri"), state: q.Get("state"), nonce: q.Get("nonce"),
		challenge: q.Get("code_challenge"), prompt: q.Get("prompt"), resource: q.Get("resource"),
	}
	if q.Get("client_id") != c.id || !c.mayReturnTo(a.redirect) {
		return a, &refusal{code: "redirect_mismatch", onPage: true}
	}
	invalid := func(why string) *refusal { return &refusal{code: "invalid_request", description: why} }
	switch q.Get("response_type") {
	case "code":
	case "":
		return a, invalid("response_type is missing")
	case "token":
		return a, &refusal{code: "unauthorized_client", description: "response type not enabled for the client"}
	default:
		return a, invalid("response_type is not supported")
	}
	method := q.Get("code_challenge_method")
	switch {
	case a.challenge == "" && method != "":
		return a, invalid("code_challenge is missing")
	case a.challenge != "" && method != "S256":
		return a, invalid("code_challenge_method must be S256")
	case a.challenge != "" && !isChallenge(a.challenge):
		return a, invalid("code_challenge is not the S256 of a verifier")
	case strings.HasPrefix(strings.TrimSpace(a.state), "{"):
		return a, invalid("state may not be a JSON text")
	}
	if name := q.Get("identity_provider"); name != "" && name != "COGNITO" {
		return a, invalid("the client has no such identity provider")
	}
	if !isResource(q["resource"]) {
		return a, &refusal{code: "invalid_target", description: "resource is no address of one server"}
	}
	var ok bool
	if a.scopes, ok = scopes(q.Get("scope")); !ok {
		return a, &refusal{code: "invalid_scope"}
	}
	return a, nil
}

// isResource reports whether the values of resource (RFC 8707) name no server or
// one that a token may be made for: Cognito takes https, http on localhost and
// schemes of one's own, this pool http on every loopback address.
func isResource(values []string) bool {
	if len(values) == 0 || len(values) == 1 && values[0] == "" {
		return true
	}
	u, err := url.Parse(values[0])
	if err != nil || len(values) > 1 || u.Fragment != "" || u.Scheme == "" || len(values[0]) > 1024 {
		return false
	}
	if u.Scheme == "http" {
		ip := net.ParseIP(u.Hostname())
		return u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
	}
	return u.Host != ""
}

// scopes gives the granted scopes in the client's order; none asked = all.
func scopes(asked string) ([]string, bool) {
	want := strings.Fields(asked)
	if len(want) == 0 {
		return allScopes, true
	}
	needsOpenID := false
	for _, s := range want {
		if !slices.Contains(allScopes, s) {
			return nil, false
		}
		needsOpenID = needsOpenID || s == "email" || s == "phone" || s == "profile"
	}
	if needsOpenID && !slices.Contains(want, "openid") {
		return nil, false
	}
	return slices.DeleteFunc(slices.Clone(allScopes), func(s string) bool { return !slices.Contains(want, s) }), true
}

// authorization answers an app that sends a browser, and gives it a code for
// whoever has signed in.
type authorization struct {
	client   client
	codes    *codes
	sessions *browserSessions
	now      func() time.Time
}

// serve is GET /oauth2/authorize:
//
//	request  | browser signed in | prompt | answer
//	---------|-------------------|--------|---------------------------
//	refused  | any               | any    | error page or redirect
//	good     | yes               | not login | redirect with a code
//	good     | no                | none   | redirect with login_required
//	good     | otherwise         |        | /login with the same query
func (z authorization) serve(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodPost {
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	q := r.URL.Query()
	a, no := z.client.request(q)
	_, browser := z.sessions.of(w, r)
	switch {
	case no != nil:
		z.refuse(w, r, a, no)
	case browser.sub != "" && a.prompt != "login":
		z.sendCode(w, r, a, browser.sub, browser.authTime)
	case a.prompt == "none":
		a.sendBack(w, r, url.Values{"error": {"login_required"}})
	default:
		http.Redirect(w, r, "/login?"+q.Encode(), http.StatusFound)
	}
}

func (z authorization) refuse(w http.ResponseWriter, r *http.Request, a request, no *refusal) {
	if no.onPage {
		toError(w, r, no.code)
		return
	}
	back := url.Values{"error": {no.code}}
	if no.description != "" {
		back.Set("error_description", no.description)
	}
	a.sendBack(w, r, back)
}

// sendCode ends the browser's part: a fresh code goes to the app.
func (z authorization) sendCode(w http.ResponseWriter, r *http.Request, a request, sub string, authTime time.Time) {
	key := z.codes.issue(z.now(), code{
		redirect: a.redirect, challenge: a.challenge, scopes: a.scopes, nonce: a.nonce, sub: sub, authTime: authTime, resource: a.resource,
	})
	a.sendBack(w, r, url.Values{"code": {key}})
}

func (a request) sendBack(w http.ResponseWriter, r *http.Request, params url.Values) {
	if a.state != "" {
		params.Set("state", a.state)
	}
	join := "?"
	if strings.Contains(a.redirect, "?") {
		join = "&"
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
	http.Redirect(w, r, a.redirect+join+params.Encode(), http.StatusFound)
}
